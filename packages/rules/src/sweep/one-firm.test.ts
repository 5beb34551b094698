import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
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
});
