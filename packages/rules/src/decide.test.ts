import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "./decide.ts";
import type { Amount } from "./decision.ts";
import { RulesError } from "./rules-error.ts";
import { aFirm, aPolicy, profile } from "./testing.ts";

const asOf = "2025-11-03";

async function amountOf(amount: unknown, facts = {}): Promise<Amount> {
  return (await decide(aPolicy({ benefit: { clause: "二", amount } }), profile({ ...aFirm, ...facts }), { asOf }))
    .amount;
}

/** `"82191.78"` → 8219178 分 */
const yuan = (value: string): Amount => ({ kind: "exact", fen: String(BigInt(value.replace(".", ""))) });

describe("rounding happens once, at the end, half up to 分", () => {
  test.each([
    ["0.005", "0.01"],
    ["0.0049", "0.00"],
    ["100 / 3", "33.33"],
    ["100 / 3 * 3", "100.00"],
    ["1.005 + 1.005", "2.01"],
    ["10000000 * 1.5 / 100 * 200 / 365", "82191.78"],
    ["0 - 0.005", "-0.01"],
  ])("%s 元 is paid as %s 元", async (formula, paid) => {
    expect(await amountOf(formula)).toEqual(yuan(paid));
  });
});

describe("percentage", () => {
  const table = { by: "ent.grade", table: { A: "30", B: "60", C: "60" } };

  test("a fixed rate of a base, with floor and cap in this order", async () => {
    const percentage = { of: "fin.sales", percent: "7.5" };
    expect(await amountOf({ percentage }, { "fin.sales": "1000" })).toEqual(yuan("75.00"));
    expect(await amountOf({ percentage, cap: 50 }, { "fin.sales": "1000" })).toEqual(yuan("50.00"));
    expect(await amountOf({ percentage, floor: 100 }, { "fin.sales": "1000" })).toEqual(yuan("100.00"));
    expect(await amountOf({ percentage, floor: 100, cap: 80 }, { "fin.sales": "1000" })).toEqual(yuan("80.00"));
  });

  test("a key not yet known gives the range of the rates it can still choose", async () => {
    expect(await amountOf({ percentage: { of: "fin.sales", percent: table } }, { "fin.sales": "1000" })).toEqual({
      kind: "range",
      minFen: "30000",
      maxFen: "60000",
    });
  });

  test("a key that the table lacks gives no amount, unless the text is said to be undecided", async () => {
    const partial = { by: "ent.grade", table: { A: 30, B: 60 } };
    const facts = { "fin.sales": "1000", "ent.grade": "C" };
    expect(await amountOf({ percentage: { of: "fin.sales", percent: partial } }, facts)).toEqual({ kind: "unknown" });
    const undecided = { ...partial, otherwise: "undecided" };
    expect(await amountOf({ percentage: { of: "fin.sales", percent: undecided } }, facts)).toMatchObject({
      kind: "range",
    });
  });
});

describe("bands", () => {
  const bands = { of: "fin.sales", table: [{ below: 100, amount: 1 }, { upTo: 200, amount: 2 }, { amount: 3 }] };

  test.each([
    ["99.99", "1.00"],
    ["100", "2.00"],
    ["200", "2.00"],
    ["200.01", "3.00"],
  ])("%s falls into the band of %s", async (sales, paid) => {
    expect(await amountOf({ bands }, { "fin.sales": sales })).toEqual(yuan(paid));
  });

  test("an unknown number may fall into any band; one above the last band into none", async () => {
    expect(await amountOf({ bands })).toEqual({ kind: "range", minFen: "100", maxFen: "300" });
    const closed = { of: "fin.sales", table: [{ below: 100, amount: 1 }] };
    expect(await amountOf({ bands: closed }, { "fin.sales": 100 })).toEqual({ kind: "unknown" });
  });
});

describe("level difference", () => {
  const levelDifference = { held: '["A", "B"]', table: { A: 10, B: 30 }, paid: "sum(ledger.paid.amount)" };
  const paid = (...amounts: number[]) => ({
    "ledger.paid": amounts.map((amount) => ({ family: "x", amount, paidOn: null })),
  });

  test("the highest level less what was paid, never below zero", async () => {
    expect(await amountOf({ levelDifference }, paid())).toEqual(yuan("30.00"));
    expect(await amountOf({ levelDifference }, paid(10))).toEqual(yuan("20.00"));
    expect(await amountOf({ levelDifference }, paid(10, 20))).toEqual({ kind: "exact", fen: "0" });
    expect(await amountOf({ levelDifference }, paid(100))).toEqual({ kind: "exact", fen: "0" });
  });

  test("an unknown ledger is not an empty one", async () => {
    expect(await amountOf({ levelDifference })).toEqual({ kind: "range", minFen: "0", maxFen: "3000" });
  });
});

describe("a decision", () => {
  const open = {
    any: [
      { name: "big", clause: "一", fact: "ent.staff", operator: "atLeast", value: 5 },
      { name: "rich", clause: "一", fact: "fin.sales", operator: "atLeast", value: 100 },
    ],
  };

  test("names as missing only what can still change it", async () => {
    const policy = aPolicy({ conditions: open, benefit: { clause: "二", amount: "fin.sales * 2" } });
    const answer = async (facts: object) => {
      const { outcome, missing } = await decide(policy, profile({ ...aFirm, ...facts }), { asOf });
      return [outcome, ...missing];
    };
    expect(await answer({})).toEqual(["undetermined", "ent.staff", "fin.sales"]);
    expect(await answer({ "ent.staff": 5 })).toEqual(["eligible", "fin.sales"]);
    expect(await answer({ "ent.staff": 4, "fin.sales": 99 })).toEqual(["ineligible"]);
    expect(await answer({ "fin.sales": 100 })).toEqual(["eligible"]);
  });

  test("has no amount when the firm is not eligible, nor where the benefit is not money", async () => {
    const refused = await decide(aPolicy(), profile({ ...aFirm, "ent.good": false }), { asOf });
    expect(refused).toMatchObject({ outcome: "ineligible", amount: { kind: "none" }, missing: [] });
    const inKind = aPolicy({ benefit: { clause: "二", inKind: { zh: "绿色通道", en: "Fast lane" } } });
    expect(await decide(inKind, profile(aFirm), { asOf })).toMatchObject({
      outcome: "eligible",
      amount: { kind: "none" },
    });
  });

  test("is bound to the days in which the policy is in force, both included", async () => {
    const policy = aPolicy({
      validity: { from: "2025-01-01", to: "2025-12-31", governs: "decision-day", clause: "一" },
    });
    const outcome = async (day: string) => (await decide(policy, profile(aFirm), { asOf: day })).outcome;
    expect(await Promise.all(["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"].map(outcome))).toEqual([
      "ineligible",
      "eligible",
      "eligible",
      "ineligible",
    ]);
    await expect(outcome("2025-02-30")).rejects.toThrow(RulesError);
  });

  test("keeps the source and the day of each value in its trace", async () => {
    const facts = {
      ...profile(aFirm),
      "ent.good": { state: "known", value: true, source: "people", asOf: "2025-10-31" } as const,
    };
    const { trace } = await decide(aPolicy(), facts, { asOf });
    expect(trace.children.at(-1)?.children[0]).toEqual({
      name: "good",
      result: "true",
      clause: "一",
      fact: "ent.good",
      operator: "equal",
      expected: true,
      actual: true,
      source: "people",
      asOf: "2025-10-31",
      children: [],
    });
  });

  test("does not look at a fact of the prototype", async () => {
    const { outcome, missing } = await decide(
      aPolicy(),
      Object.create({ "ent.good": { state: "known", value: true } }),
      { asOf },
    );
    expect(outcome).toBe("undetermined");
    expect(missing).toContain("ent.good");
  });
});

const terms = fc.oneof(
  fc.constantFrom("fin.sales * 2", "if ent.good then ent.staff * 100 else fin.sales", "max(0, 500 - fin.sales)"),
  fc.constant({
    percentage: {
      of: "fin.sales + ent.staff",
      percent: { by: "ent.grade", table: { A: "33.3", B: 60 }, otherwise: "undecided" },
    },
    cap: 3,
  }),
  fc.constant({ bands: { of: "ent.staff", table: [{ below: 3, amount: 1 }, { upTo: 7, amount: 2 }, { amount: 9 }] } }),
  fc.constant({
    levelDifference: {
      held: "for x in [ent.name] return x",
      table: { a: 10, b: 20 },
      paid: 'sum(ledger.paid[family = "f"].amount)',
    },
  }),
);
const facts = fc.record({
  "ent.staff": fc.integer({ min: 0, max: 9 }),
  "fin.sales": fc.integer({ min: 0, max: 900 }).map((cents) => (cents / 100).toFixed(2)),
  "ent.grade": fc.constantFrom("A", "B", "C"),
  "ent.good": fc.boolean(),
  "ent.name": fc.constantFrom("a", "b", "c"),
  "ledger.paid": fc.array(
    fc.record({ family: fc.constantFrom("f", "g"), amount: fc.integer({ min: 0, max: 9 }), paidOn: fc.constant(null) }),
    { maxLength: 3 },
  ),
});
const hidden = fc.subarray(["ent.staff", "fin.sales", "ent.grade", "ent.good", "ent.name", "ledger.paid"]);

function bounds(amount: Amount): [bigint, bigint] | undefined {
  if (amount.kind === "exact") return [BigInt(amount.fen), BigInt(amount.fen)];
  return amount.kind === "range" ? [BigInt(amount.minFen), BigInt(amount.maxFen)] : undefined;
}

test.prop([terms, facts, hidden], { numRuns: 1000 })(
  "the exact amount lies in the range that was told earlier",
  async (term, known, missing) => {
    const policy = aPolicy({
      conditions: { name: "any", clause: "一", fact: "asOf", operator: "atLeast", value: "2000-01-01" },
      benefit: { clause: "二", amount: term },
    });
    const some = Object.fromEntries(Object.entries(known).filter(([id]) => !missing.includes(id)));
    const earlier = await decide(policy, profile({ "ent.subjectType": "企业", ...some }), { asOf });
    const exact = await decide(policy, profile({ "ent.subjectType": "企业", ...known }), { asOf });
    const told = bounds(earlier.amount);
    const paid = bounds(exact.amount);
    if (told && paid) {
      expect(paid[0] >= told[0] && paid[1] <= told[1]).toBe(true);
    }
    if (earlier.amount.kind === "exact") expect(exact.amount).toEqual(earlier.amount);
  },
);
