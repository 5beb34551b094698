import { FactsInView } from "../facts-in-view.ts";
import { evaluate } from "../formula/evaluate.ts";
import { isExact } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";

/**
 * The number by which a ranked fund serves one firm, exact (`93.5`, `1/3`), from the facts of its decision.
 * `undefined` while a fact that it needs is missing, or where the policy ranks nobody.
 */
export function scoreOf(policy: Policy, profile: Profile, asOf: string): string | undefined {
  if (policy.fund?.rule !== "ranked") return undefined;
  const value = evaluate(policy.fund.by.expression, new FactsInView(policy, profile, asOf).scope);
  if (!isExact(value) || value.kind !== "number") return undefined;
  return value.n.toFraction();
}
