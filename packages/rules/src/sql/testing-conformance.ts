import { answerOfLeaf } from "../condition/judgement.ts";
import { judge } from "../condition/reference.ts";
import { FactsInView } from "../facts-in-view.ts";
import type { Json } from "../json.ts";
import { type Conformance, conformanceCases } from "./conformance.ts";

type Row = Record<string, Json>;
type Test = Readonly<{
  values: readonly Json[];
  limits: readonly Json[];
  operators: readonly string[];
  isNullable?: true;
}>;

const equality = ["equal", "notEqual"];
const order = ["lessThan", "atMost", "greaterThan", "atLeast"];
const lists = ["in", "notIn"];
const prefixes = ["startsWith", "doesNotStartWith"];

/** Per fact: what firms have, what policies ask, and how. Values sit below, at and above the limits. */
const tests: Readonly<Record<string, Test>> = {
  "a.flag": { values: [true, false], limits: [true, false], operators: [...equality, ...lists] },
  "a.flagOrNone": { values: [true, false], limits: [true], operators: [...equality, ...lists], isNullable: true },
  "a.count": { values: [0, 4, 5, 6, 999999999999999], limits: [5], operators: [...equality, ...order, ...lists] },
  "a.countOrNone": { values: [4, 5, 6], limits: [5], operators: [...equality, ...order, ...lists], isNullable: true },
  "a.money": {
    values: ["-0.01", 0, "0.1", "0.3", "300000.0001", "99999999999999.9999"],
    limits: ["0.3", -0.01, "300000.0001"],
    operators: [...equality, ...order, ...lists],
  },
  "a.rate": {
    values: ["-5", "5.499999", "5.5", "5.500001"],
    limits: ["5.5", "-5"],
    operators: [...equality, ...order],
  },
  "a.day": {
    values: ["1999-12-31", "2024-02-28", "2024-02-29", "2024-03-01"],
    limits: ["2024-02-29"],
    operators: [...equality, ...order, ...lists],
  },
  "a.dayOrNone": {
    values: ["2024-02-28", "2024-03-01"],
    limits: ["2024-02-29"],
    operators: [...equality, ...order],
    isNullable: true,
  },
  "a.grade": { values: ["A", "B", "C"], limits: ["A"], operators: [...equality, ...lists] },
  "a.gradeOrNone": {
    values: ["A", "B"],
    limits: ["A"],
    operators: [...equality, ...lists, ...prefixes],
    isNullable: true,
  },
  "a.region": { values: ["410100", "410105", "420100"], limits: ["410100", "4101"], operators: prefixes },
  "a.name": {
    values: ["", "a", "A", "ab", "O'Neil", "back\\slash", "é", "e\u0301", "% _", "郑州", "a "],
    limits: ["a", "O'Neil", "back\\slash", "é", "%", "郑州"],
    operators: [...equality, ...lists, ...prefixes],
  },
};

export function conformanceVocabulary() {
  const label = { zh: "某项", en: "Something" };
  const fact = { label, source: "tax", maxAgeDays: 366, privacy: "business" };
  return {
    sources: { tax: { zh: "某局", en: "An office" } },
    codeLists: {
      kinds: { 企业: { zh: "企业", en: "enterprise" }, 机关: { zh: "机关", en: "organ" } },
      grades: { A: { zh: "甲", en: "A" }, B: { zh: "乙", en: "B" }, C: { zh: "丙", en: "C" } },
    },
    facts: {
      "ent.subjectType": { ...fact, type: "code", codes: "kinds" },
      "a.flag": { ...fact, type: "boolean" },
      "a.flagOrNone": { ...fact, type: "boolean", nullable: true },
      "a.count": { ...fact, type: "integer", min: 0 },
      "a.countOrNone": { ...fact, type: "integer", nullable: true },
      "a.more": { ...fact, type: "integer" },
      "a.money": { ...fact, type: "money" },
      "a.rate": { ...fact, type: "percent" },
      "a.day": { ...fact, type: "date" },
      "a.dayOrNone": { ...fact, type: "date", nullable: true },
      "a.grade": { ...fact, type: "code", codes: "grades" },
      "a.gradeOrNone": { ...fact, type: "code", codes: "grades", nullable: true },
      "a.region": { ...fact, type: "code", digits: 6 },
      "a.name": { ...fact, type: "text" },
    },
  };
}

type Tree = Readonly<
  { all: Tree[] } | { any: Tree[] } | { not: Tree } | { fact: string; operator: string; value: Json }
>;

/** Every operator on every type, by itself and denied. */
function leaves(): Tree[] {
  const single = Object.entries(tests).flatMap(([fact, { limits, operators, isNullable, values }]) => [
    ...operators.flatMap((operator): Tree[] => {
      if (lists.includes(operator)) {
        const [first = true] = limits;
        return [
          { fact, operator, value: [first] },
          { fact, operator, value: [...limits, ...values.slice(0, 2)] },
        ];
      }
      return limits
        .filter((limit) => !equality.includes(operator) || fact !== "a.region" || limit !== "4101")
        .map((value) => ({ fact, operator, value }));
    }),
    ...equality.map((operator): Tree => ({ fact, operator, value: null })).slice(0, isNullable ? 2 : 1),
  ]);
  const beside = [...equality, ...order].map((operator): Tree => {
    return { fact: "a.count", operator, value: { fact: "a.more" } };
  });
  return [...single, ...beside];
}

/** The same numbers every time. Source: Numerical Recipes, the quick generator. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function randomTree(roll: (sides: number) => number, from: readonly Tree[], depth: number): Tree {
  const kind = depth === 0 ? 9 : roll(10);
  const parts = () => Array.from({ length: 1 + roll(3) }, () => randomTree(roll, from, depth - 1));
  if (kind < 3) return { all: parts() };
  if (kind < 6) return { any: parts() };
  if (kind < 8) return { not: randomTree(roll, from, depth - 1) };
  return from[roll(from.length)] as Tree;
}

function rows(): Row[] {
  const roll = dice(42);
  const firm = { "ent.subjectType": "企业" };
  const ids = [...Object.keys(tests), "a.more"];
  const valuesOf = (id: string): readonly Json[] => [
    ...(tests[id]?.values ?? [4, 5, 6]),
    ...(tests[id]?.isNullable ? [null] : []),
  ];
  const pick = (id: string): Json => valuesOf(id)[roll(valuesOf(id).length)] ?? null;
  const alone = ids.flatMap((id) => valuesOf(id).map((value): Row => ({ ...firm, [id]: value })));
  // Every pattern of missing facts over six of different types, twice, each with other values.
  const patterned = ["a.flag", "a.count", "a.rate", "a.dayOrNone", "a.gradeOrNone", "a.name"];
  const patterns = Array.from({ length: 128 }, (_, pattern): Row => {
    const there = ids.filter((id) => !patterned.includes(id) || ((pattern >> patterned.indexOf(id)) & 1) === 0);
    return { ...firm, ...Object.fromEntries(there.map((id) => [id, pick(id)])) };
  });
  const scattered = Array.from({ length: 100 }, (): Row => {
    return { ...firm, ...Object.fromEntries(ids.filter(() => roll(3) > 0).map((id) => [id, pick(id)])) };
  });
  return [{}, { "ent.subjectType": "机关" }, firm, ...alone, ...patterns, ...scattered];
}

/** The document with the answers of the reference interpreter. */
export function makeConformance(): Conformance {
  const roll = dice(7);
  const single = leaves();
  const denied = single.map((not): Tree => ({ not }));
  const nested = Array.from({ length: 200 }, () => randomTree(roll, single, 4));
  const unanswered = {
    asOf: "2025-11-03",
    vocabulary: conformanceVocabulary(),
    conditions: [...single, ...denied, ...nested],
    rows: rows(),
    expected: [],
  };
  const { policies, profiles, asOf } = conformanceCases(unanswered);
  const expected = policies.map((policy) =>
    profiles
      .map((profile) => {
        const values = new FactsInView(policy, profile, asOf).asValues();
        return judge(policy.requirements, (leaf) => answerOfLeaf(leaf, values).answer)[0]?.toUpperCase();
      })
      .join(""),
  );
  return { ...unanswered, expected };
}

/** One line per condition, row and answer, so that a change shows where it is. */
export function conformanceText(conformance: Conformance): string {
  const lines = (items: readonly unknown[]) =>
    `[\n    ${items.map((item) => JSON.stringify(item)).join(",\n    ")}\n  ]`;
  const parts = Object.entries(conformance).map(([key, value]) => {
    return `  ${JSON.stringify(key)}: ${Array.isArray(value) ? lines(value) : JSON.stringify(value)}`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}
