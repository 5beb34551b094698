import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileOf } from "../profile.ts";
import { aFirm, aPolicy, vocabulary } from "../testing.ts";
import { destinationsOf } from "./destinations.ts";

const supplier = { code: "900000000001", name: { zh: "供电公司", en: "Power company" } };
const payout = { budgetLine: "test-line", period: "once", confirmWithinDays: 15 };
const byLoan = {
  kind: "loan-interest",
  ...{ of: "ledger.paid", as: "loan", loan: "loan.family", bank: '"102491000019"', amount: "loan.amount" },
};
const policyBy = (channel: object, benefit: object = { clause: "二", amount: 100 }) =>
  aPolicy({ benefit, payout: { ...payout, channel } });
const known = (facts: Readonly<Record<string, unknown>>) =>
  profileOf({ ...aFirm, ...facts } as Parameters<typeof profileOf>[0], vocabulary);
const loans = (...amounts: string[]) =>
  amounts.map((amount, nth) => ({ family: `L${nth + 1}`, amount, paidOn: "2025-01-01" }));

describe("where a benefit arrives", () => {
  test("at the firm's own account, unless its policy says otherwise", () => {
    expect(destinationsOf(aPolicy(), known({}), "2025-11-03", 100n)).toEqual([]);
  });

  test("on a bill under the firm's number there, once that is known", () => {
    const policy = policyBy({ kind: "bill-deduction", institution: supplier, customer: "ent.name" });
    const at = (name: unknown) => destinationsOf(policy, known({ "ent.name": name }), "2025-11-03", 10_000n);
    expect(at("35060012")).toEqual([{ reference: "35060012", institution: supplier.code, fen: 10_000n }]);
    expect(at("不是编号"), "no order could carry it").toBeUndefined();
    const { "ent.name": _, ...without } = { ...aFirm, "ent.name": "" } as Record<string, unknown>;
    expect(destinationsOf(policy, profileOf(without as never, vocabulary), "2025-11-03", 10_000n)).toBeUndefined();
  });

  property.prop([fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 9 }), fc.nat(100)], {
    numRuns: 200,
  })("at each loan's bank what is that loan's, and together what is granted, to the fen", (fens, lessPercent) => {
    const policy = policyBy(byLoan, { clause: "二", amount: "sum(ledger.paid.amount)" });
    const facts = known({ "ledger.paid": loans(...fens.map((fen) => (fen / 100).toFixed(2))) });
    const decided = BigInt(fens.reduce((sum, fen) => sum + fen, 0));
    const granted = decided - (decided * BigInt(lessPercent)) / 200n;
    const places = destinationsOf(policy, facts, "2025-11-03", decided, granted);
    expect(places?.reduce((sum, { fen }) => sum + fen, 0n)).toBe(granted);
    expect(places?.map(({ reference }) => reference)).toEqual(fens.map((_, nth) => `L${nth + 1}`));
    if (lessPercent === 0) expect(places?.map(({ fen }) => Number(fen))).toEqual(fens);
  });

  test("several records of one loan are one sum", () => {
    const policy = policyBy(byLoan);
    const twice = [...loans("40"), ...loans("60")];
    expect(destinationsOf(policy, known({ "ledger.paid": twice }), "2025-11-03", 10_000n)).toEqual([
      { reference: "L1", institution: "102491000019", fen: 10_000n },
    ]);
  });

  test("nowhere that is known, where the loans do not come to what was decided", () => {
    const policy = policyBy(byLoan);
    expect(destinationsOf(policy, known({ "ledger.paid": loans("99") }), "2025-11-03", 10_000n)).toBeUndefined();
  });

  test("a channel carries what it was made for", () => {
    const tax = { kind: "tax-receipt", institution: supplier, taxpayer: "ent.name" };
    expect(() => policyBy(tax)).toThrow(/carries no benefit of kind "cash"/);
    expect(() => policyBy({ ...tax, kind: "by-post" })).toThrow(/payout\.channel/);
    expect(() => policyBy(byLoan, { clause: "二", amount: 100, instalments: { years: 2 } })).toThrow(/loan by loan/);
  });
});
