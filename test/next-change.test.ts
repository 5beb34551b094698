import path from "node:path";
import { decide, nextChangeOf, profileOf } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import { parseCases } from "../packages/rules/src/cases/check-cases.ts";
import { usesOfDay } from "../packages/rules/src/counterfactual/uses-of-day.ts";
import { addDays } from "../packages/rules/src/formula/calendar.ts";
import { loadPolicies } from "../packages/service/src/policies/policy-source.fs.ts";

const rules = path.join(import.meta.dirname, "../rules");
const loaded = await loadPolicies(rules, path.join(rules, "vocabulary"));

describe("what time alone changes in the published policies", () => {
  test.each(loaded.map((each) => [each.policy.id, each] as const))(
    "is found on its day, without asking every day: %s",
    async (_, { policy, source }) => {
      const { asOf, facts: common, cases } = parseCases(source.cases);
      const nextChange = nextChangeOf([policy]);
      for (const { asOf: own, facts, without } of cases.slice(0, 2)) {
        const kept = Object.entries(common).filter(([id]) => !without.includes(id));
        const profile = profileOf({ ...Object.fromEntries(kept), ...facts }, policy.vocabulary);
        const answerOn = async (day: string) => {
          const { outcome, amount, missing } = await decide(policy, profile, { asOf: day });
          return JSON.stringify([outcome, amount, missing]);
        };
        let on = own ?? asOf;
        let answer = await answerOn(on);
        let due = nextChange(profile, on);
        for (let days = 0; days < 366; days += 1) {
          on = addDays(on, 1);
          const isDue = due !== undefined && on >= due;
          const now = await answerOn(on);
          if (!isDue) expect(now, `${policy.id} on ${on}`).toBe(answer);
          answer = now;
          if (isDue) due = nextChange(profile, on);
        }
      }
    },
    60_000,
  );

  test("is understood in all of them: none has to be asked every day", () => {
    const daily = loaded.filter(({ policy }) => usesOfDay(policy).some(({ kind }) => kind === "daily"));
    expect(daily.map(({ policy }) => policy.id)).toEqual([]);
  });
});
