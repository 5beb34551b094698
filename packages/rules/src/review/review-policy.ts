import type { Policy } from "../policy/policy.ts";
import { findUncoveredClauses } from "./clause-coverage.ts";
import { findContradictions } from "./contradictions.ts";
import { findWrongEditions } from "./editions.ts";
import { findGroundlessExclusions } from "./exclusions.ts";
import { findFairCompetitionSmells } from "./fair-competition.ts";
import type { Finding } from "./finding.ts";
import { findFundGaps } from "./fund-gaps.ts";
import { findGuideGaps } from "./guide.ts";
import { findLimitSlips } from "./limit-words.ts";
import { type Mode, modeOf } from "./mode.ts";
import { findForeignNumbers } from "./numbers-of-clauses.ts";
import { findOpenAmounts } from "./open-amounts.ts";
import { findStricterThanParent } from "./parent-policy.ts";
import { findUntestedLimits } from "./untested-limits.ts";

export type Review = Readonly<{
  findings: readonly Finding[];
  mode: Mode;
  machineChecked: number;
  reasons: readonly string[];
}>;

/**
 * Reads a policy as a careful colleague would before it is published.
 * @param cases cases.yaml, parsed to JSON
 * @param parent the superior policy that it carries out, where that is at hand
 * @throws RulesError cases-invalid
 */
export function reviewPolicy(policy: Policy, cases: unknown, parent?: Policy): Review {
  const findings = [
    ...findContradictions(policy),
    ...findUncoveredClauses(policy),
    ...findForeignNumbers(policy),
    ...findLimitSlips(policy),
    ...findOpenAmounts(policy),
    ...findGroundlessExclusions(policy),
    ...findFairCompetitionSmells(policy),
    ...findFundGaps(policy),
    ...findGuideGaps(policy),
    ...findWrongEditions(policy),
    ...findStricterThanParent(policy, parent),
    ...findUntestedLimits(policy, cases),
  ];
  return { findings, ...modeOf(policy) };
}
