import { describe, expect, test } from "vitest";
import { FactsInView } from "../facts-in-view.ts";
import { aPolicy } from "../testing.ts";
import { jsonOf } from "../value-json.ts";
import { limitsOn } from "./formula-limits.ts";

/** The limits on sales, as JSON, of a derived fact with this formula; `undefined` when whole values matter. */
function limitsIn(formula: string, type = "boolean", more: Readonly<Record<string, string>> = {}) {
  const label = { zh: "某", en: "Some" };
  const others = Object.entries(more).map(([id, each]) => [id, { type: "decimal", label, formula: each }]);
  const policy = aPolicy({
    derived: { "own.fact": { type, label, formula }, ...Object.fromEntries(others) },
    conditions: { clause: "一", fact: "own.fact", operator: "equal", value: type === "boolean" ? true : 1 },
  });
  const limits = limitsOn("fin.sales", "own.fact", policy, new FactsInView(policy, {}, "2025-11-03"));
  return limits && new Set(limits.map((each) => JSON.stringify(jsonOf(each))));
}

describe("limits on a fact in formulas", () => {
  test.each([
    ["fin.sales > 5 and ent.staff > 3", ["5", "3"]],
    ["5 < fin.sales", ["5"]],
    ["fin.sales in [1..7]", ["1", "7"]],
    ["fin.sales = null or fin.sales != 2", ["null", "2"]],
    ['fin.sales >= (if ent.grade = "A" then 10 else 20)', ["10", "20", '"A"']],
    ["some step in [1, 2] satisfies fin.sales > step", ["1", "2"]],
    ["some row in [{at: 4, of: 5}][of > ent.staff] satisfies fin.sales < row.at", ["4", "5"]],
    ["fin.sales > asOf.year", ["2025"]],
  ])("are those that it is compared with: %s", (formula, limits) => {
    const found = limitsIn(formula.replace("asOf.year", "own.year"), "boolean", { "own.year": "asOf.year" });
    expect([...(found ?? [])]).toEqual(expect.arrayContaining(limits));
  });

  test.each([
    "fin.sales > ent.staff",
    "fin.sales * 2 > 5",
    "-fin.sales > 5",
    "fin.sales > 2 * 3 + ent.staff",
    "abs(fin.sales) > 5",
    "fin.sales > fin.sales",
    "some step in [ent.staff] satisfies fin.sales > step",
    "some step in [1, 2] satisfies {step: ent.staff, is: fin.sales > step}.is",
    "some each in [fin.sales] satisfies each > 5",
    "{is: fin.sales}.is > 5",
    "fin.sales in (ent.staff, 5)",
  ])("are none where more is done with it: %s", (formula) => {
    expect(limitsIn(formula)).toBeUndefined();
  });

  test("are none where its value itself is given on", () => {
    expect(limitsIn("fin.sales", "decimal")).toBeUndefined();
    expect(limitsIn("if ent.good then fin.sales else 0", "decimal")).toBeUndefined();
    expect(limitsIn("own.other > 5", "boolean", { "own.other": "fin.sales / 2" })).toBeUndefined();
  });
});
