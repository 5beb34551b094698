import { decide } from "../decide.ts";
import type { Decision } from "../decision.ts";
import { formatOf } from "../explain/format.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { type Change, neededChanges } from "./nearest-change.ts";

/**
 * One fact away (差一点). `change`: the fact would have to be another; `credit`: it is a record of credit, which can be
 * repaired; `missing`: nothing is wrong, one fact has not been delivered.
 */
export type NearMiss = Readonly<{ kind: "change" | "credit" | "missing"; fact: string }>;

/**
 * Whether one fact stands between a firm and a benefit. What a firm is (where it is registered, what
 * kind of subject, which trade) is not what it lacks: such a policy is for others, not nearly for it.
 */
export function nearMissOf(policy: Policy, decision: Decision): NearMiss | undefined {
  if (decision.outcome === "undetermined") {
    const [fact, ...more] = decision.missing;
    return fact !== undefined && more.length === 0 ? { kind: "missing", fact } : undefined;
  }
  const [needed, ...more] = neededChanges(policy, decision) ?? [];
  const fact = needed?.trace.fact;
  if (fact === undefined || more.length > 0) return undefined;
  if (isCreditFact(fact)) return { kind: "credit", fact };
  return changing.has(formatOf(policy, fact).format.type) ? { kind: "change", fact } : undefined;
}

/** Records of credit (信用记录) are the facts of this name in the vocabulary. */
export function isCreditFact(fact: string): boolean {
  return fact.startsWith("credit.");
}

/** What a firm does or what comes about; all else is what it is. */
const changing: ReadonlySet<string> = new Set(["integer", "decimal", "money", "percent", "boolean", "date"]);

/**
 * The decision as it would be with these changes made and all else as it is. For a derived fact its
 * first equivalent is taken; `undefined` where it has none, since nobody can say what else would follow.
 */
export async function decideWith(
  policy: Policy,
  profile: Profile,
  changes: readonly Change[],
  asOf: string,
): Promise<Decision | undefined> {
  const changed: Record<string, Profile[string]> = { ...profile };
  for (const { fact, to, equivalents } of changes) {
    const [first] = equivalents;
    if (policy.derived.has(fact) && !first) return undefined;
    const target = first ?? { fact, to };
    changed[target.fact] = { state: "known", value: target.to };
  }
  return decide(policy, changed, { asOf });
}

/** Whether the mere passing of time can change a fact: it is reckoned from the day of the decision. */
export function movesWithTime(policy: Policy, fact: string): boolean {
  if (fact === "asOf") return true;
  return policy.derived.get(fact)?.formula.facts.some((each) => movesWithTime(policy, each)) ?? false;
}
