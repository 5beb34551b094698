import type { Profile } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import type { Entitlement } from "./entitlement.ts";
import { firmLedger } from "./firm-ledger.ts";
import type { PolicyRelations } from "./policy-relations.ts";
import type { StackingTerms } from "./stacking-terms.ts";

const asOf = "2025-11-03" as Day;
const relations = {
  rules: [],
  contradictory: new Set(),
  familyOf: new Map([["a", "family-a"]]),
} as unknown as PolicyRelations;
const owed = { id: "e1", policyId: "a", period: "2025", amountFen: 60n } as const;
const confirmed = { ...owed, status: "confirmed" } as unknown as Entitlement;
const paid = { ...owed, status: "paid", paidAt: new Date("2025-10-01T09:00:00+08:00") } as unknown as Entitlement;
const terms = { askedFen: 100n, shares: [] } as unknown as StackingTerms;
const known: Profile = {
  "ledger.paid": {
    state: "known",
    value: [{ family: "family-a", amount: "0.60", paidOn: "2025-10-01" }],
    asOf: "2025-10-31",
  },
};
const ledgerOf = (facts: Profile, own: Entitlement, more: Partial<Parameters<typeof firmLedger>[1]> = {}) =>
  firmLedger(
    facts,
    { own: [own], ofGroup: [], terms: new Map([["e1", terms]]), elsewhere: [], ...more },
    relations,
    asOf,
  );
const sum = (lines: readonly { fen: bigint; of: string }[]) =>
  lines.filter(({ of }) => of === "firm").reduce((total, { fen }) => total + fen, 0n);

describe("what a firm was promised", () => {
  test("counts from its consent, under both names of the policy, for its year", () => {
    const [line] = ledgerOf({}, confirmed).lines;
    expect(line).toMatchObject({ names: ["a", "family-a"], fen: 60n, year: 2025, award: "a|2025", of: "firm" });
  });
  test("counts as what its policy alone would give, where 就高 compares", () => {
    expect(ledgerOf({}, confirmed).lines[0]).toMatchObject({ standardFen: 100n });
  });
});

describe("what a firm was paid", () => {
  test("in a family that the finance bureau delivers counts once", () => {
    expect(sum(ledgerOf(known, paid).lines)).toBe(60n);
  });
  test("counts by itself while nothing is delivered", () => {
    expect(sum(ledgerOf({}, paid).lines)).toBe(60n);
    expect(ledgerOf({}, paid).isWhole.firm).toBe(false);
  });
  test("for a person counts once, and at other firms too", () => {
    const objects = [{ kind: "person" as const, id: "p1" }];
    const share = { objects, fen: 60n, askedFen: 60n };
    const own = new Map([["e1", { ...terms, shares: [share] }]]);
    const told: Profile = { "grants.received": { state: "known", value: [], asOf: "2025-10-31" } };
    const persons = (facts: Profile) =>
      ledgerOf(facts, paid, { terms: own }).lines.filter((line) => line.objects?.length);
    expect(persons({})).toHaveLength(1);
    // The record by person reaches beyond the payment, so it stands there.
    expect(persons(told)).toHaveLength(0);
    const elsewhere = [
      { firmCode: "other", policyId: "a", period: "2025", shares: [share], agreedOn: new Date("2025-11-01T00:00:00Z") },
    ];
    expect(ledgerOf({}, confirmed, { elsewhere }).lines.at(-1)).toMatchObject({ of: "other", objects, fen: 60n });
  });
});
