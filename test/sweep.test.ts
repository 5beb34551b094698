import path from "node:path";
import { answerIn, decide, FirmTable, planSweep, profileOf, verdictsOf } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import { parseCases } from "../packages/rules/src/cases/check-cases.ts";
import { loadPolicies } from "../packages/service/src/policies/policy-source.fs.ts";

const rules = path.join(import.meta.dirname, "../rules");
const loaded = await loadPolicies(rules, path.join(rules, "vocabulary"));
const policies = loaded.map(({ policy }) => policy);

/** The firms of all worked cases, by the day on which they are decided. */
const firmsByDay = Map.groupBy(
  loaded.flatMap(({ policy, source }) => {
    const { asOf, facts: common, cases } = parseCases(source.cases);
    return cases.map(({ asOf: own, facts, without }) => {
      const kept = Object.entries(common).filter(([id]) => !without.includes(id));
      const profile = profileOf({ ...Object.fromEntries(kept), ...facts }, policy.vocabulary);
      return { day: own ?? asOf, profile };
    });
  }),
  ({ day }) => day,
);

describe("every policy over the firms of all worked cases", () => {
  test.each([...firmsByDay])("answers in columns as the single decision does, on %s", async (asOf, firms) => {
    const plan = planSweep(policies, { asOf });
    expect(plan.alone).toEqual([]);
    const table = new FirmTable(plan);
    for (const { profile } of firms) table.add(profile);
    const verdicts = verdictsOf(table);
    for (const [place, policy] of policies.entries()) {
      const swept = firms.map((_, row) => answerIn(verdicts[place] as (typeof verdicts)[number], row));
      const single = await Promise.all(firms.map(({ profile }) => decide(policy, profile, { asOf })));
      expect(swept, policy.id).toEqual(single.map(({ outcome }) => outcome));
    }
  });

  test("are three hundred firms or more", () => {
    expect([...firmsByDay.values()].flat().length).toBeGreaterThanOrEqual(300);
  });
});
