import { describe, expect, test } from "vitest";
import { aPolicy, vocabularyDocument } from "../testing.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";
import { planSweep } from "./plan.ts";

const asOf = "2025-11-03";

function asking(condition: object, change: object = {}, words = parseVocabulary([vocabularyDocument])) {
  return aPolicy({ conditions: { clause: "一", ...condition }, ...change }, words);
}

function columnsAbout(fact: string, ...policies: Parameters<typeof planSweep>[0]) {
  const { columns } = planSweep(policies, { asOf });
  return columns.filter(({ questions }) => questions.some((leaf) => leaf.fact === fact));
}

const grades = (value: readonly string[]) => asking({ fact: "ent.grade", operator: "in", value });
const sales = (value: unknown) => asking({ fact: "fin.sales", operator: "atLeast", value });

describe("a plan of policies together", () => {
  test("asks a question once that two policies ask, though each read the vocabulary anew", () => {
    expect(columnsAbout("ent.grade", grades(["A", "B"]), grades(["B", "A", "A"]))).toMatchObject([
      { questions: { length: 1 } },
    ]);
    expect(columnsAbout("ent.grade", grades(["A", "B"]), grades(["A", "C"]))).toMatchObject([
      { questions: { length: 2 } },
    ]);
  });

  test("takes a number for the same however it is written", () => {
    expect(columnsAbout("fin.sales", sales(2), sales("2.00"))).toMatchObject([{ questions: { length: 1 } }]);
    expect(columnsAbout("fin.sales", sales(2), sales("2.0000000000000000001"))).toMatchObject([
      { questions: { length: 2 } },
    ]);
  });

  test("keeps a fact apart that another vocabulary reads otherwise", () => {
    const { facts } = vocabularyDocument;
    const other = { ...vocabularyDocument, facts: { ...facts, "fin.sales": { ...facts["fin.sales"], min: 5 } } };
    const narrow = asking({ fact: "fin.sales", operator: "atLeast", value: 9 }, {}, parseVocabulary([other]));
    expect(columnsAbout("fin.sales", sales(9), narrow)).toHaveLength(2);
  });

  test("shares what is derived in one way, and keeps apart what two policies derive under one name", () => {
    const derive = (formula: string) => ({
      derived: { "own.size": { type: "decimal", label: { zh: "规模", en: "Size" }, formula } },
    });
    const sized = (formula: string) => asking({ fact: "own.size", operator: "greaterThan", value: 1 }, derive(formula));
    expect(columnsAbout("own.size", sized("fin.sales / 2"), sized("fin.sales / 2"))).toHaveLength(1);
    expect(columnsAbout("own.size", sized("fin.sales / 2"), sized("fin.sales / 3"))).toHaveLength(2);
  });

  test("is of a day that there is", () => {
    expect(() => planSweep([sales(1)], { asOf: "2025-02-30" })).toThrow('"2025-02-30" is no day');
  });

  test("names a policy that columns cannot hold, and plans the others without it", () => {
    const policies = [sales(1), sales(2), sales(3)];
    const { alone, policies: planned } = planSweep(policies, { asOf, mostQuestions: 2 });
    expect(planned).toHaveLength(2);
    expect(alone).toMatchObject([{ policy: policies[2], why: expect.stringContaining("fin.sales") }]);
  });
});
