import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import type { Amount, Decision } from "../decision.ts";
import type { Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { aPolicy, profile } from "../testing.ts";

const titles = { small: 500, giant: 2000 };
const mechanisms: Readonly<Record<string, unknown>> = {
  formula: "max(fin.sales - 1000, 0) * 0.3",
  bands: {
    bands: { of: "fin.sales", table: [{ below: 1000, amount: 10 }, { upTo: 5000, amount: 20 }, { amount: 30 }] },
  },
  brackets: { brackets: { of: "fin.sales", table: [{ upTo: 2000, percent: 10 }, { percent: 5 }] }, cap: 300 },
  each: {
    each: {
      of: "ledger.paid",
      as: "one",
      when: "one.amount > 100",
      amount: { percentage: { of: "one.amount", percent: 10 }, cap: 30 },
    },
  },
  eachMost: { each: { of: "ledger.paid", as: "one", amount: "one.amount", most: 2 }, cap: 2500 },
  grid: {
    grid: {
      rows: "ent.grade",
      columns: 'if ent.staff >= 50 then "many" else "few"',
      table: { A: { many: 9, few: 5 }, B: { many: 3 } },
      otherwise: 0,
    },
  },
  highest: { highest: { held: "ledger.paid.family", table: titles } },
  ladder: {
    ladder: {
      reached: "fin.sales",
      before: "ent.staff",
      steps: [
        { above: 20, amount: 10 },
        { from: 600, amount: 25 },
      ],
      take: "sum",
    },
  },
  levelDifference: { levelDifference: { held: "ledger.paid.family", table: titles, paid: "sum(ledger.paid.amount)" } },
  parts: {
    parts: {
      take: "sum",
      of: [
        { name: "one", label: { zh: "甲", en: "A" }, when: "ent.staff >= 50", amount: 100 },
        {
          name: "two",
          label: { zh: "乙", en: "B" },
          when: "fin.growth > 5",
          amount: { percentage: { of: "fin.sales", percent: 1 } },
        },
      ],
    },
  },
  partsFirst: {
    parts: {
      take: "first",
      of: [
        { name: "one", label: { zh: "甲", en: "A" }, when: "ent.staff >= 50", amount: 100 },
        { name: "two", label: { zh: "乙", en: "B" }, when: 'ent.grade = "A"', amount: "ent.staff * 3" },
      ],
    },
  },
  percentage: {
    percentage: { of: "fin.sales", percent: { by: "ent.grade", table: { A: 30, B: 60 }, otherwise: "undecided" } },
    floor: 5,
  },
  score: {
    score: {
      criteria: [{ label: { zh: "人", en: "S" }, points: "min(ent.staff, 50)" }],
      veto: ['ent.grade = "C"'],
      table: [{ below: 30, amount: 0 }, { amount: 700 }],
    },
  },
  waterfall: {
    waterfall: {
      from: "fin.sales",
      less: [
        { label: { zh: "已领", en: "R" }, amount: "sum(ledger.paid.amount)" },
        { label: { zh: "自付", en: "O" }, amount: "ent.staff * 2" },
      ],
    },
  },
  dated: {
    dated: {
      on: "ent.since",
      versions: [
        { from: "2000-01-01", to: "2019-12-31", amount: 15 },
        { from: "2020-01-01", amount: "ent.staff" },
      ],
    },
  },
};

const policies = new Map<string, Policy>(
  Object.entries(mechanisms).map(([name, amount]) => [
    name,
    aPolicy({
      conditions: {
        any: [
          { name: "staffed", clause: "一", fact: "ent.staff", operator: "atLeast", value: 10 },
          { name: "notC", clause: "一", not: { name: "isC", fact: "ent.grade", operator: "in", value: ["C"] } },
        ],
      },
      benefit: { clause: "二", amount, minimum: 3 },
    }),
  ]),
);

const record = fc.record(
  {
    family: fc.constantFrom("small", "giant", "other"),
    amount: fc.integer({ min: 0, max: 2_000 }),
    paidOn: fc.constant(null),
  },
  { requiredKeys: ["paidOn"] },
);
const whole = fc.record({
  family: fc.constantFrom("small", "giant", "other"),
  amount: fc.integer({ min: 0, max: 2_000 }),
  paidOn: fc.constant(null),
});
const world = fc.record({
  "ent.subjectType": fc.constant("企业"),
  "ent.staff": fc.integer({ min: 0, max: 120 }),
  "ent.grade": fc.constantFrom("A", "B", "C"),
  "ent.since": fc.constantFrom("2005-05-05", "2019-12-31", "2020-01-01", "2024-02-29"),
  "fin.sales": fc.integer({ min: 0, max: 9_000 }),
  "fin.growth": fc.constantFrom("4.99", "5", "5.01"),
  "ledger.paid": fc.array(whole, { maxLength: 4 }),
});

type World = Readonly<Record<string, Json>>;
const when = { asOf: "2025-11-03" };

/** Takes some facts away, and some fields of some records. */
function hidden(full: World, ids: ReadonlySet<string>, fields: readonly boolean[]): World {
  const kept = Object.entries(full).filter(([id]) => !ids.has(id));
  return Object.fromEntries(
    kept.map(([id, value]) => [
      id,
      Array.isArray(value) ? value.map((each, place) => without(each, fields[place])) : value,
    ]),
  );
}

function without(value: Json, hides: boolean | undefined): Json {
  if (!hides || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { amount: _, ...rest } = value as Readonly<Record<string, Json>>;
  return rest;
}

function contains(range: Amount, fen: bigint): boolean {
  switch (range.kind) {
    case "exact":
      return BigInt(range.fen) === fen;
    case "range":
      return BigInt(range.minFen) <= fen && fen <= BigInt(range.maxFen);
    default:
      return range.kind === "unknown";
  }
}

describe("whatever is missing, an answer never says more than is known", () => {
  property.prop(
    [
      fc.constantFrom(...policies.keys()),
      world,
      fc.subarray(["ent.staff", "ent.grade", "ent.since", "fin.sales", "fin.growth", "ledger.paid"]),
      fc.array(fc.boolean(), { maxLength: 4 }),
    ],
    { numRuns: 3_000 },
  )(
    "once it is filled in, the outcome was not the opposite and the amount lay in the range",
    async (name, full, ids, fields) => {
      const policy = policies.get(name) as Policy;
      const before: Decision = await decide(policy, profile(hidden(full, new Set(ids), fields)), when);
      const after: Decision = await decide(policy, profile(full), when);
      if (before.outcome !== "undetermined") expect(before.outcome).toBe(after.outcome);
      if (after.outcome === "undetermined") throw new Error("everything was given");
      // A title or a date that the policy does not speak of leaves no amount; then there is nothing to compare.
      if (after.amount.kind === "exact" && before.outcome !== "ineligible") {
        expect(contains(before.amount, BigInt(after.amount.fen)), JSON.stringify([before.amount, after.amount])).toBe(
          true,
        );
      }
      if (before.outcome === "eligible" && before.amount.kind === "exact") expect(before.missing).toEqual([]);
    },
  );

  property.prop([fc.constantFrom(...policies.keys()), fc.array(record, { maxLength: 4 })], { numRuns: 300 })(
    "an amount that is open names what is missing",
    async (name, ledger) => {
      const facts = { "ent.subjectType": "企业", "ent.staff": 60, "ledger.paid": ledger as Json };
      const { amount, missing } = await decide(policies.get(name) as Policy, profile(facts), when);
      if (amount.kind === "range") expect(missing).not.toEqual([]);
    },
  );
});
