import type { Policy } from "../policy/policy.ts";
import { findUncoveredClauses } from "./clause-coverage.ts";
import { findContradictions } from "./contradictions.ts";
import type { Finding } from "./finding.ts";
import { type Mode, modeOf } from "./mode.ts";
import { findForeignNumbers } from "./numbers-of-clauses.ts";
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
 * @throws RulesError cases-invalid
 */
export function reviewPolicy(policy: Policy, cases: unknown): Review {
  const findings = [
    ...findContradictions(policy),
    ...findUncoveredClauses(policy),
    ...findForeignNumbers(policy),
    ...findUntestedLimits(policy, cases),
  ];
  return { findings, ...modeOf(policy) };
}
