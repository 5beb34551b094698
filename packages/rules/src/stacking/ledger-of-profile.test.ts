import { expect, test } from "vitest";
import type { Json } from "../json.ts";
import { historyIn } from "./ledger-of-profile.ts";

const known = (value: Json) => ({ state: "known", value }) as const;
const unknown = { state: "unknown", reason: "stale" } as const;

test("what the finance bureau paid counts for the firm, exact to the fen", () => {
  const { lines, isWhole } = historyIn({
    "ledger.paid": known([{ family: "a", amount: "10.05", paidOn: "2025-01-02" }]),
  });
  expect(lines).toMatchObject([{ names: ["a"], fen: 1005n, paidOn: "2025-01-02", of: "firm", isSum: true }]);
  expect(isWhole).toEqual({ firm: true, group: false, objects: false });
});

test("grants for persons, loans and projects count for those, whichever firm had them", () => {
  const row = { family: "a", amount: 10, paidOn: null, person: "p1", loan: null, project: null };
  const { lines, isWhole } = historyIn({ "grants.received": known([row]) });
  expect(lines).toMatchObject([{ fen: 1000n, of: "other", objects: [{ kind: "person", id: "p1" }] }]);
  expect(isWhole.objects).toBe(true);
});

test("none looked up is none; nothing delivered, or a row that cannot be read, is not known to be whole", () => {
  expect(historyIn({ "ledger.paid": known(null) }).isWhole.firm).toBe(true);
  expect(historyIn({ "ledger.paid": known([]) }).isWhole.firm).toBe(true);
  expect(historyIn({ "ledger.paid": unknown }).isWhole.firm).toBe(false);
  expect(historyIn({}).isWhole.firm).toBe(false);
  for (const broken of [{ family: "a", amount: "5 万" }, { amount: 5 }, { family: "a", amount: "0.001" }, 5, null]) {
    const history = historyIn({ "ledger.paid": known([{ family: "b", amount: 1 }, broken]) });
    expect(history.isWhole.firm).toBe(false);
    expect(history.lines).toHaveLength(1);
  }
  expect(historyIn({ "grants.received": known([{ family: "a", amount: 1 }]) }).isWhole.objects).toBe(false);
});

test("what the other members of its group were paid counts for the group alone, and is whole once it is known who they are", () => {
  const { lines, isWhole } = historyIn({
    "ledger.paid": known([]),
    "group.paid": known([{ family: "a", amount: 10, paidOn: "2025-01-02" }]),
  });
  expect(lines).toMatchObject([{ names: ["a"], fen: 1000n, of: "group", isSum: true }]);
  expect(isWhole).toMatchObject({ firm: true, group: true });
  expect(historyIn({ "ledger.paid": known([]), "group.paid": unknown }).isWhole.group).toBe(false);
});
