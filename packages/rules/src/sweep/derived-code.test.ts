import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { aPolicy } from "../testing.ts";
import { Coding } from "./coding.ts";
import { DerivedCodes } from "./derived-code.ts";
import { planSweep } from "./plan.ts";
import { derived, someProfile } from "./testing.ts";

const asOf = "2025-11-03";
const asked = [
  { fact: "own.band", operator: "equal", value: 1 },
  { fact: "own.band", operator: "atLeast", value: 2 },
  { fact: "own.stepped", operator: "equal", value: true },
  { fact: "own.perHead", operator: "greaterThan", value: 1 },
  { fact: "own.old", operator: "equal", value: true },
  { fact: "fin.sales", operator: "atLeast", value: { formula: "fin.growth * 2 + ent.staff" } },
];
const policy = aPolicy({ conditions: { clause: "一", all: asked }, derived });
const codings = planSweep([policy], { asOf })
  .columns.filter(({ fact, inputs }) => !fact && inputs.length > 0)
  .map((column) => new Coding(column, asOf));

describe("a remembered answer", () => {
  test.prop([fc.array(someProfile, { minLength: 300, maxLength: 300 })], { numRuns: 30 })(
    "is the one that the evaluator gives, of every firm that shares it",
    (profiles) => {
      for (const coding of codings) {
        const remembering = new DerivedCodes(coding);
        const remembered = profiles.map((profile) => remembering.of(profile));
        expect(remembered).toEqual(profiles.map((profile) => coding.codeOfProfile(profile)));
      }
    },
  );

  test("is shared by firms whose values no formula tells apart", () => {
    const [coding] = codings.filter(({ column }) => column.questions.some(({ fact }) => fact === "own.band"));
    if (!coding) throw new Error("no column of own.band");
    const codes = new DerivedCodes(coding);
    const place = coding.column.inputs.indexOf("fin.sales");
    expect(codes.keyOf(place, 7)).toBe(codes.keyOf(place, "123456789.01"));
    expect(codes.keyOf(place, 1)).not.toBe(codes.keyOf(place, "1.01"));
    expect(codes.keyOf(place, "many")).toBe("");
  });
});
