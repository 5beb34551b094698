import type { FactState, Json } from "@apply-free/rules";
import { expect, test } from "vitest";
import { withGroupLedger } from "./group-ledger.ts";

const known = (value: Json, asOf: string): FactState => ({ state: "known", value, source: "finance", asOf });
const own = { "ent.controller": known("X", "2025-11-02"), "ledger.paid": known([{ amount: "9" }], "2025-10-31") };
const ledger = (value: Json, asOf = "2025-10-31") => ({ "ledger.paid": known(value, asOf) });
const with_ = (...others: readonly (readonly [string, object])[]) =>
  withGroupLedger(own, new Map(others) as Parameters<typeof withGroupLedger>[1])["group.paid"];

test("what each other member was paid is one list, known up to the earliest of their days", () => {
  expect(with_(["B", ledger([{ amount: "1" }])], ["C", ledger([{ amount: "2" }], "2025-10-01")])).toMatchObject({
    ...{ state: "known", value: [{ amount: "1" }, { amount: "2" }], asOf: "2025-10-01" },
  });
});

test("of a firm that stands alone it is empty, not unknown", () => {
  expect(with_()).toMatchObject({ state: "known", value: [] });
});

test("a member whose ledger is not known leaves it unknown, and is named", () => {
  expect(with_(["B", ledger([])], ["C", {}])).toEqual({
    ...{ state: "unknown", reason: "not-obtained", detail: "member C" },
  });
});

test("who is not known to belong to it leaves it out", () => {
  expect(withGroupLedger(own, undefined)["group.paid"]).toBeUndefined();
});
