import { fc, test } from "@fast-check/vitest";
import { test as example, expect } from "vitest";
import { decide } from "../decide.ts";
import type { FactState, Profile } from "../profile.ts";
import { aPolicy, profile } from "../testing.ts";
import { emitRules } from "./emit-rules.ts";
import { firmRows } from "./firm-row.ts";
import { LeafMemory } from "./leaf-memory.ts";

const policy = aPolicy({
  derived: {
    "x.half": { type: "decimal", label: { zh: "某", en: "x" }, formula: "fin.sales / 2", clause: "一" },
    "x.many": { type: "boolean", label: { zh: "某", en: "x" }, formula: "ent.staff * 2 > x.half", clause: "一" },
  },
  conditions: { clause: "一", all: [{ fact: "x.many", operator: "equal", value: true }] },
});
const rules = emitRules([policy], "postgres", "2025-11-03");
const [leaf] = rules.derived;

example("an answer is found again by the facts behind its formulas, and by no others", () => {
  const memory = new LeafMemory(leaf!);
  const asked: string[] = [];
  const answer = (name: string, facts: Profile) => memory.answer(facts, () => asked.push(name) > 0);
  answer("first", profile({ "ent.staff": 1, "fin.sales": 2 }));
  answer("same", profile({ "ent.staff": 1, "fin.sales": 2, "ent.grade": "A" }));
  answer("more sales", profile({ "ent.staff": 1, "fin.sales": 3 }));
  answer("no sales", profile({ "ent.staff": 1 }));
  answer("sales looked up", profile({ "ent.staff": 1, "fin.sales": null }));
  answer("sales confirmed", { ...profile({ "ent.staff": 1 }), "fin.sales": { state: "answers", answers: [] } });
  answer("sales stale", { ...profile({ "ent.staff": 1 }), "fin.sales": { state: "unknown", reason: "stale" } });
  expect(asked).toEqual(["first", "more sales", "no sales", "sales looked up", "sales confirmed"]);
});

const known = (values: fc.Arbitrary<number | string | null>): fc.Arbitrary<FactState> =>
  fc.oneof(
    values.map((value): FactState => ({ state: "known", value })),
    fc.constant<FactState>({ state: "unknown", reason: "stale" }),
    fc.constant<FactState>({ state: "answers", answers: [{ operator: "atLeast", value: 3, answer: true }] }),
  );
const firms = fc.array(
  fc.record({
    "ent.staff": known(fc.constantFrom(0, 1, 2, "x", null)),
    "fin.sales": known(fc.constantFrom(0, 4, 8, null)),
  }),
  { minLength: 1, maxLength: 40 },
);

test.prop([firms], { numRuns: 200 })("whatever firms came before, a row says what the decision says", async (all) => {
  const rowOf = firmRows(rules);
  for (const facts of all) {
    const firm: Profile = { ...facts, ...profile({ "ent.subjectType": "企业" }) };
    const { outcome } = await decide(policy, firm, { asOf: "2025-11-03" });
    const wanted = { eligible: "true", ineligible: "false", undetermined: null }[outcome];
    expect(rowOf(firm)).toEqual({ cells: ["企业", wanted] });
  }
});
