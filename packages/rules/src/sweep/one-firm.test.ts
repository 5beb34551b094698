import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import type { Trace } from "../decision.ts";
import { aPolicy, profile } from "../testing.ts";
import { FirmTable } from "./firm-table.ts";
import { OneFirm } from "./one-firm.ts";
import { planSweep } from "./plan.ts";
import { firms, local, policies } from "./testing.ts";

const asOf = "2025-11-03";

describe("one firm under all policies of a table", () => {
  test.prop([policies, local, firms], { numRuns: 300 })(
    "gets the answers of the single decisions",
    async (several, others, profiles) => {
      const all = [...several, ...others];
      const one = new OneFirm(new FirmTable(planSweep(all, { asOf })));
      for (const profile of profiles) {
        const decisions = await Promise.all(all.map((policy) => decide(policy, profile, { asOf })));
        expect(one.outcomes(profile)).toEqual(decisions.map(({ outcome }) => outcome));
      }
    },
  );

  test.prop([policies, local, firms], { numRuns: 300 })(
    "is told of each answer that is not no what the single decision traces",
    async (several, others, profiles) => {
      const all = [...several, ...others];
      const one = new OneFirm(new FirmTable(planSweep(all, { asOf })));
      for (const profile of profiles) {
        const decisions = await Promise.all(all.map((policy) => decide(policy, profile, { asOf })));
        const kept = decisions.filter(({ outcome }) => outcome !== "ineligible");
        const explained = one.explained(profile);
        expect(explained.map(({ policy, outcome }) => ({ policy, outcome }))).toEqual(
          kept.map(({ policy, outcome }) => ({ policy, outcome })),
        );
        expect(explained.map(({ trace }) => results(trace))).toEqual(kept.map(({ trace }) => results(trace)));
        for (const { missing, outcome } of explained) {
          expect(missing.filter((fact) => profile[fact]?.state === "known")).toEqual([]);
          if (outcome === "eligible") expect(missing).toEqual([]);
        }
      }
    },
  );

  test("names the fact that an open requirement waits for, and shows what was found", () => {
    const asked = [
      { fact: "ent.staff", operator: "atLeast", value: 3 },
      {
        any: [
          { fact: "ent.good", operator: "equal", value: true },
          { fact: "fin.sales", operator: "atLeast", value: 5 },
        ],
      },
    ];
    const policy = aPolicy({ conditions: { clause: "一", all: asked } });
    const one = new OneFirm(new FirmTable(planSweep([policy], { asOf })));
    const known = { "ent.subjectType": "企业", "ent.staff": 4, "ent.good": false };
    const [told] = one.explained(profile(known));
    expect(told).toMatchObject({ policy: policy.id, outcome: "undetermined", missing: ["fin.sales"] });
    expect(leafAbout("ent.staff", told?.trace)).toMatchObject({
      operator: "atLeast",
      result: "true",
      expected: 3,
      actual: 4,
    });
    expect(leafAbout("fin.sales", told?.trace)).toMatchObject({ result: "unknown", expected: 5 });
    expect(one.explained(profile({ ...known, "ent.staff": 2 }))).toEqual([]);
    expect(JSON.parse(JSON.stringify(told))).toMatchObject({
      policy: policy.id,
      version: 1,
      trace: { result: "unknown" },
    });
    // What was told of one firm stays its own when another has been asked.
    one.explained(profile({ ...known, "ent.staff": 9, "fin.sales": 7 }));
    expect(leafAbout("ent.staff", told?.trace)).toMatchObject({ result: "true", actual: 4 });
    expect(leafAbout("fin.sales", told?.trace)).toMatchObject({ result: "unknown" });
  });
});

/** Which part holds, by name. */
const results = ({ name, result, children }: Trace): unknown => [name, result, children.map(results)];

function leafAbout(fact: string, trace: Trace | undefined): Trace | undefined {
  if (trace?.fact === fact) return trace;
  return trace?.children.map((child) => leafAbout(fact, child)).find((found) => found !== undefined);
}
