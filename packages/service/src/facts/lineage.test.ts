import type { FactState, Json, Profile } from "@apply-free/rules";
import { expect, test } from "vitest";
import { inherit, predecessorsIn } from "./lineage.ts";

const known = (value: Json, asOf = "2025-10-31"): FactState => ({ state: "known", value, source: "finance", asOf });
const unknown: FactState = { state: "unknown", reason: "stale", detail: "finance 2020-01-01" };
const shop = "92410105MA00000001";

const inherited = (own: Profile, theirs: Profile) => inherit(own, new Map([[shop, theirs]]), ["ledger.paid"]);

test("a successor's ledger goes on from its predecessor's, known up to the earlier of the two days", () => {
  const whole = inherited(
    { "ledger.paid": known([{ amount: "2" }], "2025-11-01"), "ent.name": known("A") },
    { "ledger.paid": known([{ amount: "1" }], "2025-10-01"), "ent.name": known("B") },
  );
  expect(whole["ledger.paid"]).toMatchObject({ value: [{ amount: "2" }, { amount: "1" }], asOf: "2025-10-01" });
  expect(whole["ent.name"]).toMatchObject({ value: "A" });
});

test("a predecessor whose ledger is not known leaves it unknown, and is named", () => {
  const own = { "ledger.paid": known([]) };
  const detail = `predecessor ${shop}`;
  expect(inherited(own, { "ledger.paid": unknown })["ledger.paid"]).toEqual({
    ...{ state: "unknown", reason: "stale", detail },
  });
  expect(inherited(own, {})["ledger.paid"]).toEqual({ state: "unknown", reason: "not-obtained", detail });
});

test("what is unknown of the subject itself stays so, for its own reason", () => {
  expect(inherited({ "ledger.paid": unknown }, { "ledger.paid": known([]) })["ledger.paid"]).toEqual(unknown);
  expect(inherited({}, { "ledger.paid": known([]) })).toEqual({});
});

test("predecessors are named by code, however it was typed; where that is unknown there are none to follow", () => {
  expect(predecessorsIn({ "ent.predecessors": known([{ code: ` ${shop.toLowerCase()} `, way: "个转企" }]) })).toEqual([
    shop,
  ]);
  expect(predecessorsIn({ "ent.predecessors": known([{ way: "个转企" }]) })).toEqual([]);
  expect(predecessorsIn({ "ent.predecessors": unknown })).toEqual([]);
  expect(predecessorsIn({})).toEqual([]);
});
