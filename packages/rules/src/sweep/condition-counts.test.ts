import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import type { Trace } from "../decision.ts";
import { countConditions, judgeConditions } from "./condition-counts.ts";
import { FirmTable } from "./firm-table.ts";
import { planSweep } from "./plan.ts";
import { rowSetOf } from "./row-set.ts";
import { firms, policies } from "./testing.ts";

const asOf = "2025-11-03";

/** Each part of a decision with what it answered, but for those under a `not`. */
function answersIn(trace: Trace): [string, string][] {
  const inner = trace.operator === "not" ? [] : trace.children.flatMap(answersIn);
  return [[trace.name, trace.result], ...inner];
}

/** Requirements that all have to hold, by name. */
function neededIn(trace: Trace): Trace[] {
  return trace.operator === "all" ? trace.children.flatMap(neededIn) : [trace];
}

describe("counts of a draft", () => {
  test.prop([policies, firms], { numRuns: 300 })(
    "are those of the traces of all firms, part by part",
    async ([draft], profiles) => {
      if (!draft) return;
      const table = new FirmTable(planSweep([draft], { asOf }));
      for (const profile of profiles) table.add(profile);
      const counted = countConditions(table, draft);
      if (counted.kind === "needs") throw new Error("a live policy needs nothing");
      const decisions = await Promise.all(profiles.map((profile) => decide(draft, profile, { asOf })));
      const outcomes = decisions.map(({ outcome }) => outcome);
      expect(counted.whole.eligible).toBe(outcomes.filter((outcome) => outcome === "eligible").length);
      expect(counted.whole.undetermined).toBe(outcomes.filter((outcome) => outcome === "undetermined").length);
      const answers = decisions.map(({ trace }) => new Map(answersIn(trace)));
      for (const { name, eligible, undetermined, lacksOnlyThis } of counted.conditions) {
        const count = (wanted: string) => answers.filter((each) => each.get(name) === wanted).length;
        expect([name, eligible, undetermined]).toEqual([name, count("true"), count("unknown")]);
        const lacking = decisions.filter(({ trace }) => {
          const open = neededIn(trace).filter(({ result }) => result !== "true");
          return open.length === 1 && open[0]?.name === name;
        });
        if (lacksOnlyThis !== undefined) expect([name, lacksOnlyThis]).toEqual([name, lacking.length]);
      }
      expect(counted.conditions.map(({ name }) => name)).toEqual([...(answers[0]?.keys() ?? [])].slice(1));
    },
  );

  test.prop([policies, firms], { numRuns: 100 })(
    "are the same where they are kept, and those of a few firms are as if there were no others",
    ([draft], profiles) => {
      if (!draft) return;
      const plan = planSweep([draft], { asOf });
      const [all, few] = [new FirmTable(plan), new FirmTable(plan)];
      const some = profiles.flatMap((profile, place) => {
        const row = all.add(profile);
        if (place % 2 === 1) return [];
        few.add(profile);
        return [row];
      });
      const kept = judgeConditions(all, draft);
      if (kept.kind === "needs") throw new Error("a live policy needs nothing");
      expect({ kind: "counted", ...kept.counts() }).toEqual(countConditions(all, draft));
      expect({ kind: "counted", ...kept.counts(rowSetOf(some, profiles.length)) }).toEqual(countConditions(few, draft));
    },
  );
});
