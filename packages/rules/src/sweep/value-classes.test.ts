import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Leaf } from "../condition/condition.ts";
import type { Json } from "../json.ts";
import { aPolicy, vocabulary } from "../testing.ts";
import { valueOfFact } from "../vocabulary/fact-value.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { Coding } from "./coding.ts";
import { planSweep } from "./plan.ts";

const asOf = "2025-11-03";

function codingOf(fact: string, operator: string, values: readonly Json[]) {
  const all = values.map((value) => ({ fact, operator, value }));
  const { columns } = planSweep([aPolicy({ conditions: { clause: "一", all } })], { asOf });
  const column = columns.find(({ fact: definition }) => definition?.id === fact);
  if (!column) throw new Error(`no column of ${fact}`);
  return new Coding(column, asOf);
}

/** What a coded value answers to each question, and what the evaluator answers: t, f, u or v. */
function bothAnswers(coding: Coding, json: Json, code = coding.codeOfJson(json)) {
  const fact = vocabulary.facts.get(coding.column.fact?.id ?? "") as FactDefinition;
  const read = valueOfFact(fact, json);
  const profile = "misfit" in read ? {} : { [fact.id]: { state: "known" as const, value: json } };
  return [code, coding.codeOfProfile(profile)];
}

const limits = ["0.1", "0.3", "1e15", 3, "1000000000000000.1", "9007199254740992", "9007199254740993"].map((each) =>
  each === "1e15" ? "1000000000000000" : each,
);
const near = fc.constantFrom(...limits.map(Number)).chain((limit) =>
  fc.integer({ min: -3, max: 3 }).map((steps) => {
    const ulp = 2 ** (Math.floor(Math.log2(Math.abs(limit) || 1)) - 52);
    return limit + steps * ulp;
  }),
);
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat({ max: 12 }))
  .map(([digits, places]) => {
    const text = `${digits < 0n ? -digits : digits}`.padStart(places + 1, "0");
    const whole = `${digits < 0n ? "-" : ""}${text.slice(0, text.length - places)}`;
    return places === 0 ? whole : `${whole}.${text.slice(text.length - places)}`;
  });

describe("classes of values", () => {
  const numbers = codingOf("fin.growth", "atLeast", limits);
  const staff = codingOf("ent.staff", "lessThan", [0, 1, 7, 100]);

  test.prop([fc.oneof(fc.double(), near, fc.constantFrom(0, -0, 0.30000000000000004, 1e21, 1e-7, Number.NaN))], {
    numRuns: 3000,
  })("take a double for the decimal that JSON writes of it", (value) => {
    const [code, expected] = bothAnswers(numbers, value);
    expect(code).toBe(expected);
  });

  test.prop([fc.oneof(decimal, fc.constantFrom(...limits.map(String)), fc.string())], { numRuns: 3000 })(
    "take a decimal text exactly, to the last of its digits",
    (value) => {
      const [code, expected] = bothAnswers(numbers, value);
      expect(code).toBe(expected);
    },
  );

  test.prop([fc.oneof(fc.double(), fc.integer(), decimal, fc.constantFrom<Json>("5.0", "5.10", 7, -1, true, null))])(
    "take no fraction and nothing out of bounds for a whole number",
    (value) => {
      const [code, expected] = bothAnswers(staff, value);
      expect(code).toBe(expected);
    },
  );

  test("tell two limits apart that are one double", () => {
    const codes = ["9007199254740992", "9007199254740993", "9007199254740992.5"].map((each) =>
      numbers.codeOfJson(each),
    );
    expect(new Set(codes).size).toBe(2);
    expect(numbers.codeOfJson(9007199254740992)).toBe(codes[0]);
  });

  const day = fc.date({ min: new Date("2019-01-01"), max: new Date("2021-12-31"), noInvalidDate: true });
  const days = codingOf("ent.movedOn", "atLeast", ["2020-01-01", "2020-02-29"]);
  test.prop([
    fc.oneof(
      day.map((each) => each.toISOString().slice(0, 10)),
      fc.constantFrom("2020-02-30", "", "2020-1-1"),
    ),
  ])("tell days by the limits between them", (value) => {
    const [code, expected] = bothAnswers(days, value);
    expect(code).toBe(expected);
  });

  const letters = fc.array(fc.constantFrom("甲", "乙", "A"), { maxLength: 4 }).map((each) => each.join(""));
  const names = codingOf("ent.name", "startsWith", ["甲", "甲乙", "乙甲A", "A"]);
  test.prop([letters])("tell texts by their longest beginning", (value) => {
    const [code, expected] = bothAnswers(names, value);
    expect(code).toBe(expected);
  });

  test("are as many as can be told apart, and no more", () => {
    // Unknown, nothing, and the spans around four limits of which one is the least that is allowed.
    expect(staff.size).toBeLessThanOrEqual(6);
    expect(staff.column.questions.map(({ operator }: Leaf) => operator)).toEqual(Array(4).fill("lessThan"));
  });
});
