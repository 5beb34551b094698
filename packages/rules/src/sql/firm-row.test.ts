import { describe, expect, test } from "vitest";
import type { Profile } from "../profile.ts";
import { aPolicy, profile } from "../testing.ts";
import { emitRules } from "./emit-rules.ts";
import { firmRows } from "./firm-row.ts";

const asked = [
  { fact: "ent.staff", operator: "atLeast", value: 5 },
  { fact: "fin.sales", operator: "atLeast", value: 1 },
  { fact: "ent.movedOn", operator: "equal", value: null },
  { fact: "fin.growth", operator: "atLeast", value: { formula: "fin.sales / 10" } },
];
const rules = emitRules([aPolicy({ conditions: { clause: "一", all: asked } })], "postgres", "2025-11-03");
const rowOf = firmRows(rules);
const cells = (facts: Profile) => rowOf({ ...profile({ "ent.subjectType": "企业" }), ...facts });

test("a row holds each fact, whether it is none, and what formulas answer", () => {
  expect(rules.columns.map(({ name }) => name.replace(/ [0-9a-f]{16}$/, ""))).toEqual([
    "ent.subjectType",
    "ent.staff",
    "fin.sales",
    "ent.movedOn",
    "ent.movedOn none",
    "leaf",
  ]);
  const known = profile({ "ent.staff": 7, "fin.sales": "20.50", "ent.movedOn": null, "fin.growth": 3 });
  expect(cells(known)).toEqual({ cells: ["企业", "7", "20.50", null, "true", "true"] });
  expect(cells({})).toEqual({ cells: ["企业", null, null, null, "false", null] });
});

test("a formula that cannot change the answer is not evaluated", () => {
  const tooFew = profile({ "ent.staff": 4, "fin.sales": "20.50", "ent.movedOn": null, "fin.growth": 3 });
  expect(cells(tooFew)).toMatchObject({ cells: ["企业", "4", "20.50", null, "true", null] });
});

test("a whole number is written as one", () => {
  expect(cells(profile({ "ent.staff": "7.00" }))).toMatchObject({ cells: ["企业", "7", null, null, "false", null] });
});

test("what is outside its type or its bounds is unknown, as it is to the decision", () => {
  const odd = { "ent.staff": { state: "known", value: -1 }, "fin.sales": { state: "known", value: "5 万" } } as const;
  expect(cells(odd)).toEqual({ cells: ["企业", null, null, null, "false", null] });
});

describe("a firm that columns would round or forget stands apart", () => {
  test.each<[string, Profile, string]>([
    ["a number too fine", profile({ "fin.sales": "0.12345" }), "has more than 4 digits behind the point"],
    ["a number too large", profile({ "fin.sales": "100000000000000" }), "has more than 14 digits"],
    [
      "nothing where there always is something",
      profile({ "fin.sales": null }),
      "is none, though it always has a value",
    ],
    [
      "a fact that is only confirmed or denied",
      { "fin.sales": { state: "answers", answers: [] } },
      "is confirmed or denied without a value",
    ],
  ])("%s", (_, facts, why) => {
    expect(cells(facts)).toEqual({ apart: "fin.sales", why });
  });
});
