import { type Policy, RulesError, rulesInForce, type StackingRule } from "@apply-free/rules";

/** What policies in force say about each other. */
export type PolicyRelations = Readonly<{
  rules: readonly StackingRule[];
  /** Policies whose rules contradict those of others: nothing new is offered under them until that is settled. */
  contradictory: ReadonlySet<string>;
  /** Family in the ledger of what was paid, by policy id. */
  familyOf: ReadonlyMap<string, string>;
  titleOf(policy: string): Readonly<{ zh: string; en: string }>;
}>;

/** A contradiction between two published policies stops their offers, not the night. */
export function relationsAmong(policies: readonly Policy[]): PolicyRelations {
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const { rules, contradictory } = rulesAmong(policies);
  return {
    rules,
    contradictory,
    familyOf: new Map(policies.flatMap(({ id, payout }) => (payout.family === undefined ? [] : [[id, payout.family]]))),
    titleOf: (policy) => titles.get(policy) ?? { zh: policy, en: policy },
  };
}

function rulesAmong(policies: readonly Policy[]): Pick<PolicyRelations, "rules" | "contradictory"> {
  try {
    return { rules: rulesInForce(policies), contradictory: new Set() };
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    const stating = policies.filter(({ stacking }) => stacking.length > 0).map(({ id }) => id);
    return { rules: [], contradictory: new Set(stating) };
  }
}

/** Whether a rule counts or reduces what this policy gives. */
export function isReached({ rules, familyOf }: PolicyRelations, policyId: string): boolean {
  const names = namesOf(familyOf, policyId);
  return rules.some(({ seats, policies }) => {
    return policies.includes(policyId) || seats.some((seat) => seat.some((name) => names.includes(name)));
  });
}

/** Whether some rule counts what a group of companies received. */
export function countsGroups({ rules }: PolicyRelations): boolean {
  return rules.some(({ per }) => per === "group");
}

/** Policy id and family. */
export function namesOf(familyOf: PolicyRelations["familyOf"], policyId: string): readonly string[] {
  const family = familyOf.get(policyId);
  return family === undefined ? [policyId] : [policyId, family];
}
