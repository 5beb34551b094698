import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/**
 * Policies that are paid from one line give it out by one rule: otherwise who is served at once takes
 * what others were told would be given out together.
 *
 * @param policies all that are at hand, the policy itself among them
 */
export function findSharedFunds(policy: Policy, policies: Iterable<Policy>): Finding[] {
  const others = [...policies].filter(
    ({ id, payout, fund }) =>
      id !== policy.id && payout.budgetLine === policy.payout.budgetLine && ruleOf(fund) !== ruleOf(policy.fund),
  );
  return others.map(({ id, fund }): Finding => {
    const message = `${id} gives out the same line by "${ruleOf(fund)}"; use one rule, or a line each.`;
    return { level: "error", code: "fund-shared-by-two-rules", where: "payout.budgetLine", message };
  });
}

function ruleOf(fund: Policy["fund"]): string {
  return fund?.rule ?? "first-come";
}
