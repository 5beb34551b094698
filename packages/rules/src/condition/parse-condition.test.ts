import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import { limits } from "../limits.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { RulesError } from "../rules-error.ts";
import { aFirm, aPolicy, clauseText, policyDocument, profile, vocabularyDocument } from "../testing.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";
import { leavesOf } from "./condition.ts";

const good = { name: "good", fact: "ent.good", operator: "equal", value: true };
const derived = {
  "x.double": { label: { zh: "两倍", en: "Double" }, type: "integer", clause: "一", formula: "ent.staff * 2" },
};
const policyOf = (condition: unknown) => aPolicy({ derived, conditions: { clause: "一", all: [condition] } });

function refusalOf(make: () => unknown): string {
  try {
    make();
  } catch (cause) {
    if (cause instanceof RulesError) return `${cause.code} ${cause.where}: ${cause.message}`;
    throw cause;
  }
  return "accepted";
}
const refused = (condition: unknown) => refusalOf(() => policyOf(condition));

const HERE = "conditions.all[0]";
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

describe("a condition with a slip is refused with its place and the way out", () => {
  test.each([
    ["no object", "good", "", "must be a condition"],
    ["null", null, "", "must be a condition"],
    ["a list", [good], "", "must be a condition"],
    ["nothing that says what it is", { fakt: "ent.good" }, "", /has none of .* Did you mean "fact"\?/],
    ["a group without its key", { any_: [good] }, "", /Did you mean "any"\?/],
    ["an empty object", {}, "", "has none of all, any, not, fact, condition."],
    ["a negation misspelt", { nto: good }, "", /Did you mean "not"\?/],
    ["a shared condition misspelt", { conditon: "x" }, "", /Did you mean "condition"\?/],
    ["two kinds at once", { all: [good], any: [good] }, "", 'has both "all" and "any"'],
    ["a leaf that is a group too", { ...good, not: good }, "", 'has both "not" and "fact"'],
    ["all that is no list", { all: good }, ".all", "expected array"],
    ["any that is no list", { any: "x" }, ".any", "expected array"],
    ["a key that means nothing", { ...good, vlaue: 1 }, "", "vlaue"],
    ["a key that means nothing in a negation", { not: good, nam: "x" }, "", "nam"],
    ["a key that means nothing in a group", { all: [good], nam: "x" }, "", "nam"],
    ["an empty group", { any: [] }, ".any", "is empty; a group needs at least one condition"],
    ["an unknown fact", leaf("ent.stuff", "equal", 1), ".fact", /unknown fact "ent.stuff".*"ent.staff"/],
    ["an unknown operator", leaf("ent.staff", "atLest", 1), ".operator", /unknown operator "atLest".*"atLeast"/],
    ["an order of yes and no", leaf("ent.good", "atLeast", true), ".operator", '"ent.good" is yes or no'],
    ["a start of a number", leaf("ent.staff", "startsWith", "1"), ".operator", "tests text"],
    ["a limit for a list", leaf("ledger.paid", "equal", 1), ".operator", '"ledger.paid" is a list'],
    ["one value where a list belongs", leaf("ent.grade", "in", "A"), ".value", '"in" needs a list'],
    ["a list where one value belongs", leaf("ent.grade", "equal", ["A"]), ".value", 'use "in" or "notIn"'],
    ["an empty list", leaf("ent.grade", "notIn", []), ".value", "is empty; nothing could ever be in it"],
    ["null with an order", leaf("ent.staff", "atLeast", null), ".value", "null (there is none) goes with"],
    ["null in a list", leaf("ent.grade", "in", ["A", null]), ".value[1]", "null does not belong into a list"],
    ["a code that its list lacks", leaf("ent.grade", "in", ["A", "D"]), ".value[1]", "ent.grade"],
    ["text for a number", leaf("ent.staff", "equal", "five"), ".value", "(ent.staff)"],
    ["a start that is empty", leaf("ent.region", "startsWith", ""), ".value", '"startsWith" needs a text'],
    ["a start that is no text", leaf("ent.region", "doesNotStartWith", 41), ".value", "needs a text"],
    ["a formula that does not parse", leaf("ent.staff", "equal", { formula: "1 +" }), ".value.formula", ""],
    ["a formula of another kind", leaf("ent.staff", "equal", { formula: "ent.good" }), ".value.formula", "yes or no"],
    ["a formula with a slip beside", leaf("ent.staff", "equal", { formula: "1", x: 1 }), ".value", "x"],
    ["a list by formula", leaf("ent.staff", "equal", { formula: "[1, 2]" }), ".value.formula", "a list"],
    ["a list of another kind", leaf("ent.staff", "in", { formula: '["a"]' }), ".value.formula", "text"],
    ["an unknown other fact", leaf("ent.staff", "equal", { fact: "ent.stuff" }), ".value.fact", /Did you mean/],
    ["another fact of another kind", leaf("ent.staff", "equal", { fact: "ent.since" }), ".value.fact", "a date"],
    ["another fact with a slip beside", leaf("ent.staff", "equal", { fact: "fin.sales", y: 1 }), ".value", "y"],
    ["an object that says nothing", leaf("ent.staff", "equal", {}), ".value.fact", "is missing"],
  ])("%s", (_, condition, place, message) => {
    const refusal = refused(condition);
    expect(refusal).toMatch(/^(policy|formula)-invalid /);
    expect(refusal).toContain(` ${HERE}${place}: `);
    expect(refusal).toMatch(message);
  });

  test("a name that another condition has", () => {
    expect(refused({ all: [good, good] })).toContain(`policy-invalid ${HERE}.all[1].name: `);
  });

  test("a leaf under no clause", () => {
    const refusal = refusalOf(() => aPolicy({ conditions: { all: [good] } }));
    expect(refusal).toMatch(/^policy-invalid conditions.all\[0\]: .*names no clause/);
  });
});

describe("what a condition may cost", () => {
  const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
    depth === 0 ? good : wrap(nested(depth - 1, wrap));
  // The policy's own requirements and the group around are the first two levels.
  const most = limits.conditionDepth - 2;

  test.each([
    ["all", (inner: unknown) => ({ all: [inner] })],
    ["any", (inner: unknown) => ({ any: [inner] })],
    ["not", (inner: unknown) => ({ not: inner })],
  ])("is bounded in depth, through %s", (_, wrap) => {
    expect(refused(nested(most, wrap))).toBe("accepted");
    expect(refused(nested(most + 1, wrap))).toMatch(/^limit-exceeded .*nested more than 16 deep/);
  });

  test("is bounded in depth through shared conditions too", () => {
    const chain = (length: number) => {
      const names = Array.from({ length }, (_, place) => `link${place}`);
      const shared = names.map((name, place) => [
        name,
        { all: [place === 0 ? good : { condition: `link${place - 1}` }] },
      ]);
      const words = parseVocabulary([vocabularyDocument, { conditions: Object.fromEntries(shared) }]);
      const conditions = { clause: "一", all: [{ condition: names.at(-1) }] };
      return refusalOf(() => parsePolicy(policyDocument({ conditions }), words, clauseText));
    };
    expect(chain(4)).toBe("accepted");
    expect(chain(20)).toMatch(/^limit-exceeded /);
  });

  test("is bounded in number", () => {
    const many = (count: number) => ({ all: Array.from({ length: count }, () => ({ ...good, name: undefined })) });
    expect(refused(many(limits.conditionNodes - 10))).toBe("accepted");
    expect(refused(many(limits.conditionNodes))).toMatch(/^limit-exceeded .*more than 500 conditions/);
  });
});

describe("what a condition compares with", () => {
  const outcome = async (condition: unknown, facts: Readonly<Record<string, Json>>) =>
    (await decide(policyOf(condition), profile({ ...aFirm, ...facts }), { asOf: "2025-11-03" })).outcome;
  const facts = { "ent.staff": 5, "fin.sales": 10, "ent.region": "410102", "ent.movedOn": null };

  test.each([
    ["a value", leaf("ent.staff", "equal", 5)],
    ["a list of values", leaf("ent.staff", "in", [4, 5])],
    ["a list by formula", leaf("ent.staff", "in", { formula: "[fin.sales / 2, 7]" })],
    ["a single value by formula, which counts as a list of one", leaf("ent.staff", "in", { formula: "fin.sales / 2" })],
    ["a formula", leaf("ent.staff", "equal", { formula: "fin.sales / 2" })],
    ["another fact", leaf("ent.staff", "lessThan", { fact: "fin.sales" })],
    ["a derived fact", leaf("fin.sales", "equal", { fact: "x.double" })],
    ["the start of a text", leaf("ent.region", "startsWith", "4101")],
    ["another start of a text", leaf("ent.region", "doesNotStartWith", "42")],
    ["nothing", leaf("ent.movedOn", "equal", null)],
  ])("%s", async (_, condition) => {
    expect(await outcome(condition, facts)).toBe("eligible");
    expect(await outcome({ not: condition }, facts)).toBe("ineligible");
  });

  test("names of json-rules-engine read as ours", async () => {
    expect(await outcome(leaf("ent.staff", "lessThanInclusive", 5), facts)).toBe("eligible");
    expect(await outcome(leaf("ent.staff", "greaterThanInclusive", 6), facts)).toBe("ineligible");
    expect(refused(leaf("ent.staff", "toString", 6))).toContain("unknown operator");
  });
});

test("each node keeps its name, label and clause, its own or that of the group around it", () => {
  const label = { zh: "守信", en: "Good" };
  const { requirements } = policyOf({
    name: "either",
    any: [{ ...good, label, clause: "二" }, { not: { ...good, name: "n" } }],
  });
  const told = leavesOf(requirements).map((each) => [each.name, each.clause, each.label]);
  expect(told.slice(-2)).toEqual([
    ["good", "二", label],
    ["n", "一", undefined],
  ]);
  const either = requirements.children.at(-1) as { children?: readonly object[] };
  expect(either.children?.[0]).toMatchObject({ name: "either", clause: "一" });
  expect(either.children?.[0]).not.toHaveProperty("label");
});
