import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import type { YesNoAnswer } from "./answered-value.ts";

const when = { asOf: "2025-11-03" };
const answers = (...given: YesNoAnswer[]) => ({ state: "answers" as const, answers: given });

async function decided(fact: string, operator: string, value: Json, ...given: YesNoAnswer[]) {
  const conditions = { all: [{ name: "asked", clause: "一", fact, operator, value }] };
  const known: Profile = { ...profile(aFirm), [fact]: answers(...given) };
  const { outcome, missing } = await decide(aPolicy({ conditions }), known, when);
  return [outcome, ...missing];
}

describe("a department that only says yes or no", () => {
  test.each<[string, Json, YesNoAnswer, string]>([
    ["atMost", 400, { operator: "atMost", value: 400, answer: true }, "eligible"],
    ["atMost", 400, { operator: "atMost", value: 400, answer: false }, "ineligible"],
    ["lessThan", 400, { operator: "lessThan", value: 400, answer: true }, "eligible"],
    ["greaterThan", 400, { operator: "atMost", value: 400, answer: false }, "eligible"],
    ["atLeast", 400, { operator: "lessThan", value: 400, answer: true }, "ineligible"],
    // It follows from a stricter answer too.
    ["atMost", 500, { operator: "atMost", value: 400, answer: true }, "eligible"],
    ["atMost", 300, { operator: "atMost", value: 400, answer: true }, "undetermined"],
    ["lessThan", 400, { operator: "atMost", value: 400, answer: true }, "undetermined"],
  ])("decides %s %j by its answer %j: %s", async (operator, value, answer, expected) => {
    const [outcome, ...missing] = await decided("fin.sales", operator, value, answer);
    expect(outcome).toBe(expected);
    expect(missing).toEqual(expected === "undetermined" ? ["fin.sales"] : []);
  });

  test("about a code narrows the list", async () => {
    const not = (value: Json): YesNoAnswer => ({ operator: "equal", value, answer: false });
    expect(await decided("ent.grade", "in", ["A", "B"], not("C"))).toEqual(["eligible"]);
    expect(await decided("ent.grade", "equal", "A", not("B"), not("C"))).toEqual(["eligible"]);
    expect(await decided("ent.grade", "equal", "A", not("C"))).toEqual(["undetermined", "ent.grade"]);
    expect(await decided("ent.grade", "equal", "A", { operator: "in", value: ["B", "C"], answer: true })).toEqual([
      "ineligible",
    ]);
  });

  test("and contradicts itself, or talks nonsense, is not believed", async () => {
    const twice: YesNoAnswer[] = [
      { operator: "atMost", value: 400, answer: true },
      { operator: "atMost", value: 400, answer: false },
    ];
    expect(await decided("fin.sales", "atMost", 400, ...twice)).toEqual(["undetermined", "fin.sales"]);
    expect(await decided("fin.sales", "atMost", 400, { operator: "atMost", value: "viel", answer: true })).toEqual([
      "undetermined",
      "fin.sales",
    ]);
  });

  test("leaves an amount within what it said", async () => {
    const policy = aPolicy({ benefit: { clause: "二", amount: { percentage: { of: "fin.sales", percent: 10 } } } });
    const known: Profile = {
      ...profile(aFirm),
      "fin.sales": answers({ operator: "atMost", value: 400, answer: true }),
    };
    const { amount, missing } = await decide(policy, known, when);
    expect(amount).toEqual({ kind: "range", minFen: "0", maxFen: "4000" });
    expect(missing).toEqual(["fin.sales"]);
  });
});
