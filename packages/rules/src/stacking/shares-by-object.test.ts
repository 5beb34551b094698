import { expect, test } from "vitest";
import { aPolicy, profile } from "../testing.ts";
import { sharesOf } from "./shares-by-object.ts";

const objects = {
  kind: "person",
  of: "ledger.paid[amount > 0]",
  as: "one",
  id: "one.family",
  amount: "one.amount * 2",
};
const policy = aPolicy({ objects });
const paid = (amount: number) =>
  profile({
    "ledger.paid": [
      { family: "p1", amount, paidOn: null },
      { family: "p2", amount: 1, paidOn: null },
    ],
  });
const exact = (fen: string) => ({ kind: "exact", fen }) as const;

test("an amount is told by person, loan or project, in whole fen", () => {
  expect(sharesOf(policy, paid(3), "2025-11-03", exact("800"))).toEqual([
    { objects: [{ kind: "person", id: "p1" }], fen: 600n },
    { objects: [{ kind: "person", id: "p2" }], fen: 200n },
  ]);
});

test("parts that do not sum to the amount are no parts of it", () => {
  expect(sharesOf(policy, paid(3), "2025-11-03", exact("801"))).toBeUndefined();
});

test("what is not known has no parts", () => {
  expect(sharesOf(policy, profile({}), "2025-11-03", exact("800"))).toBeUndefined();
  expect(sharesOf(aPolicy(), paid(3), "2025-11-03", exact("800"))).toBeUndefined();
});

test("the facts that it names are needed by the policy", () => {
  expect(policy.facts).toContain("ledger.paid");
});
