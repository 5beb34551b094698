import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { aPolicy } from "../testing.ts";
import { FirmTable } from "./firm-table.ts";
import { sweepOne } from "./one-policy.ts";
import { planSweep } from "./plan.ts";
import { simdEngine } from "./simd-engine.ts";
import { sweep } from "./sweep.ts";
import { firms, policies } from "./testing.ts";

const asOf = "2025-11-03";

function tableOf(several: Parameters<typeof planSweep>[0], profiles: readonly Parameters<FirmTable["add"]>[0][]) {
  const table = new FirmTable(planSweep(several, { asOf }));
  for (const each of profiles) table.add(each);
  return table;
}

describe("one policy over the firms of others", () => {
  test.prop([policies, policies, firms], { numRuns: 500 })(
    "counts as it does in a plan of its own, or names the facts that have to be read",
    (live, [edited], profiles) => {
      if (!edited) return;
      const found = sweepOne(tableOf(live, profiles), edited);
      if (found.kind === "needs") {
        expect(edited.facts).toEqual(expect.arrayContaining([...found.facts]));
        return;
      }
      const [alone] = sweep(tableOf([edited], profiles)).byPolicy;
      expect(found).toEqual({ kind: "counted", eligible: alone?.eligible, undetermined: alone?.undetermined });
    },
  );

  const asking = (operator: string, value: number) =>
    aPolicy({ conditions: { clause: "一", fact: "ent.staff", operator, value } });
  const live = [asking("atLeast", 3), asking("greaterThan", 10)];
  const staffed = [2, 3, 10, 11].map((value) => ({
    "ent.subjectType": { state: "known" as const, value: "企业" },
    "ent.staff": { state: "known" as const, value },
  }));

  test("may be in force at another time than those that are live", () => {
    const inForceUntil = (to: string) =>
      aPolicy({
        conditions: { clause: "一", fact: "ent.staff", operator: "atLeast", value: 3 },
        validity: { from: "2019-01-01", to, governs: "decision-day", clause: "一" },
      });
    expect(sweepOne(tableOf(live, staffed), inForceUntil("2025-12-31"))).toMatchObject({ eligible: 3 });
    expect(sweepOne(tableOf(live, staffed), inForceUntil("2024-12-31"))).toMatchObject({
      eligible: 0,
      undetermined: 0,
    });
  });

  test("may ask in other words what is asked already", () => {
    const found = sweepOne(tableOf(live, staffed), asking("lessThan", 3), simdEngine);
    expect(found).toEqual({ kind: "counted", eligible: 1, undetermined: 0 });
    expect(sweepOne(tableOf(live, staffed), asking("atMost", 10))).toMatchObject({ eligible: 3 });
  });

  test("needs the values where it sets a limit of its own", () => {
    expect(sweepOne(tableOf(live, staffed), asking("atLeast", 5))).toEqual({ kind: "needs", facts: ["ent.staff"] });
  });
});
