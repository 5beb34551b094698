import fc from "fast-check";
import type { Json } from "../json.ts";
import type { FactState, Profile } from "../profile.ts";
import { aPolicy } from "../testing.ts";

/** Random policies and firms for the tests of this room. Small domains, so that limits are hit and not only passed. */

const anyOrder = ["equal", "notEqual", "lessThan", "atMost", "greaterThan", "atLeast"];
const numbers = fc.constantFrom<Json>(0, 1, 2, "2.0", 3, "2.5", "0.1", "9007199254740993", "9007199254740992");
const days = fc.constantFrom<Json>("2019-12-31", "2020-01-01", "2020-02-29", "2025-11-03");
const regions = fc.constantFrom("330101", "330102", "330201", "110101");
const grades = fc.constantFrom("A", "B", "C");

const leaf = (fact: string, operators: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value });

/** Requirements of every operator and kind of fact, of facts derived and compared. */
const requirement = fc.oneof(
  leaf("fin.sales", anyOrder, numbers),
  leaf("fin.growth", anyOrder, fc.oneof(numbers, fc.constantFrom("-1", "-0.5"))),
  leaf("ent.staff", anyOrder, fc.constantFrom<Json>(0, 1, 2, 3)),
  leaf("ent.movedOn", anyOrder, days),
  leaf("ent.movedOn", ["equal", "notEqual"], fc.constant(null)),
  leaf("fin.sales", ["in", "notIn"], fc.array(numbers, { minLength: 1, maxLength: 3 })),
  leaf("ent.grade", ["equal", "notEqual"], grades),
  leaf("ent.grade", ["in", "notIn"], fc.array(grades, { minLength: 1, maxLength: 3 })),
  leaf("ent.region", ["startsWith", "doesNotStartWith"], fc.constantFrom("33", "3301", "330101", "1")),
  leaf("ent.region", ["in", "notIn"], fc.array(regions, { minLength: 1, maxLength: 3 })),
  leaf("ent.name", ["equal", "notEqual", "startsWith", "doesNotStartWith"], fc.constantFrom("甲", "甲乙", "Z")),
  leaf("ent.good", ["equal", "notEqual"], fc.constantFrom<Json>(true, false, null)),
  leaf("asOf", anyOrder, days),
  leaf("fin.sales", anyOrder, fc.constantFrom({ fact: "fin.growth" }, { formula: "fin.growth * 2 + ent.staff" })),
  leaf("own.perHead", anyOrder, fc.constantFrom<Json>(0, 1, "0.5", 2)),
  leaf("own.old", ["equal", "notEqual"], fc.constantFrom<Json>(true, false)),
  leaf("own.band", anyOrder, fc.constantFrom<Json>(0, 1, 2)),
  leaf("own.stepped", ["equal", "notEqual"], fc.constantFrom<Json>(true, false)),
  leaf("own.paidBefore", anyOrder, fc.constantFrom<Json>(0, 1, 2)),
);

export const derived = {
  "own.perHead": { type: "decimal", label: { zh: "人均", en: "Per head" }, formula: "fin.sales / ent.staff" },
  "own.old": {
    type: "boolean",
    label: { zh: "老", en: "Old" },
    formula: 'full months(ent.since, asOf) >= 12 or ent.grade = "A"',
  },
  "own.band": {
    type: "decimal",
    label: { zh: "档", en: "Band" },
    formula: `if fin.sales = null then 0 else if fin.sales >= (if ent.grade = "A" then 2 else 1) and ent.movedOn <= asOf
      then 1 else if fin.growth in [0..2] then 2 else 0`,
  },
  "own.stepped": {
    type: "boolean",
    label: { zh: "跨档", en: "Stepped" },
    formula: `(some step in [{ at: 1, of: "A" }, { at: 2.5, of: "B" }][of = ent.grade] satisfies
      fin.sales > step.at and fin.growth <= step.at) or ent.staff in (1, 3)`,
  },
  "own.paidBefore": { type: "decimal", label: { zh: "已付", en: "Paid" }, formula: "sum(ledger.paid.amount)" },
};

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    requirement,
    fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("tree") }),
  ),
}));

export const policies = fc.array(
  fc.array(tree, { minLength: 1, maxLength: 3 }).map((all) => aPolicy({ conditions: { clause: "一", all }, derived })),
  { minLength: 1, maxLength: 3 },
);

/** Policies of places, each with random requirements. */
export const local = fc.array(
  fc.tuple(fc.constantFrom("3301", "3302", "330101", "11"), tree).map(([value, more]) => {
    const all = [{ fact: "ent.region", operator: "startsWith", value }, more];
    return aPolicy({ conditions: { clause: "一", all }, derived });
  }),
  { minLength: 1, maxLength: 4 },
);

const known = (value: fc.Arbitrary<Json>): fc.Arbitrary<FactState> =>
  value.map((each) => ({ state: "known", value: each }));
const gap = fc.constantFrom<FactState>({ state: "unknown", reason: "stale" }, { state: "unknown", reason: "conflict" });
const answered = (
  value: fc.Arbitrary<Json>,
  operators: readonly ("equal" | "in" | "atMost" | "lessThan" | "atLeast" | "greaterThan")[],
) =>
  fc
    .array(fc.record({ operator: fc.constantFrom(...operators), value, answer: fc.boolean() }), {
      minLength: 1,
      maxLength: 2,
    })
    .map((answers): FactState => ({ state: "answers", answers }));

/** Values of the fact, values of another type, nothing, gaps, and what was only confirmed or denied. */
const wrong = fc.constantFrom<Json>("many", -5, 2.5, true, "2020-02-30", "ZZ", 1e21, 1e-7, "1e3", null);
const number = fc.oneof(
  known(numbers),
  known(wrong),
  gap,
  answered(numbers, ["atMost", "lessThan", "atLeast", "greaterThan", "equal"]),
);
const text = (value: fc.Arbitrary<Json>) => fc.oneof(known(value), known(wrong), gap, answered(value, ["equal"]));

export const someProfile: fc.Arbitrary<Profile> = fc.record(
  {
    "ent.subjectType": known(fc.constantFrom("企业", "机关")),
    "fin.sales": number,
    "fin.growth": number,
    "ent.staff": number,
    "ent.movedOn": fc.oneof(known(days), known(wrong), gap),
    "ent.since": fc.oneof(known(days), known(wrong), gap),
    "ent.grade": text(grades),
    "ent.region": text(regions),
    "ent.name": text(fc.constantFrom("甲", "甲乙", "甲乙丙", "Z", "")),
    "ent.good": text(fc.boolean()),
    "ledger.paid": fc.oneof(
      known(fc.array(fc.record({ amount: fc.constantFrom<Json>(0, 1, 2) }, { requiredKeys: [] }), { maxLength: 2 })),
      gap,
    ),
  },
  { requiredKeys: [] },
);

export const firms = fc.array(someProfile, { minLength: 1, maxLength: 6 });
