import {
  type ConditionCounts,
  countRows,
  judgeConditions,
  type NeedsFacts,
  type Policy,
  type PolicyCounts,
} from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { LiveFirms } from "./live-firms.ts";

/** How many firms a policy fits: as a whole by region, and part by part in one region or all. */
export type Reach = Readonly<{
  kind: "counted";
  asOf: Day;
  firms: number;
  whole: PolicyCounts;
  regions: readonly RegionCounts[];
  /** The region of the conditions' counts; absent where they are of all. */
  region?: string;
  conditions: readonly ConditionCounts[];
}>;

export type RegionCounts = PolicyCounts & Readonly<{ code: string; firms: number }>;

/**
 * @param region where the conditions are counted; one in which no firm lies counts as all
 * @throws RulesError limit-exceeded for a policy that columns cannot hold
 */
export function reachOf(live: LiveFirms, policy: Policy, region?: string): Reach | NeedsFacts {
  const judged = judgeConditions(live.table, policy);
  if (judged.kind === "needs") return judged;
  const { eligible, undetermined } = judged.whole;
  const places = live.byRegion();
  const chosen = region === undefined ? undefined : places.get(region);
  return {
    kind: "counted",
    asOf: live.asOf,
    firms: live.table.rows,
    whole: { eligible: countRows(eligible), undetermined: countRows(undetermined) },
    regions: [...places].map(([code, rows]) => ({
      code,
      firms: countRows(rows),
      eligible: countRows(eligible, rows),
      undetermined: countRows(undetermined, rows),
    })),
    ...(chosen && region !== undefined && { region }),
    conditions: judged.counts(chosen).conditions,
  };
}
