import type { Leaf } from "../condition/condition.ts";
import { answerOfLeaf } from "../condition/judgement.ts";
import { FactsInView } from "../facts-in-view.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { boundsOf } from "../sweep/normal-form.ts";
import type { DerivedLeaf } from "./derived-leaf.ts";
import type { EmittedRules } from "./emit-rules.ts";
import { LeafMemory } from "./leaf-memory.ts";

/** What the derived columns of a firm hold: `null` where the answer is unknown, or decides nothing. */
export type DerivedAnswers = (leaf: DerivedLeaf) => boolean | null;

const nothingDecided: DerivedAnswers = () => null;

/**
 * Formulas are dear, and most firms fail a policy by what its plain columns say. Where all of a
 * policy's formulas could be anything and its answer stays the same, none of them is evaluated.
 */
export function derivedAnswers(rules: EmittedRules): (profile: Profile) => DerivedAnswers {
  if (rules.derived.length === 0) return () => nothingDecided;
  const derived = new Set<Leaf>(rules.derived.map(({ leaf }) => leaf));
  const memories = new Map(rules.derived.map((leaf) => [leaf, new LeafMemory(leaf)]));
  const openOf = new Map(rules.policies.map(({ policy, open }) => [policy, open]));
  return (profile) => {
    const views = new Map<Policy, FactsInView | undefined>();
    const viewFor = (policy: Policy): FactsInView | undefined => {
      if (views.has(policy)) return views.get(policy);
      const view = new FactsInView(policy, profile, rules.asOf);
      const found = isOpen(openOf.get(policy) ?? false, derived, view) ? view : undefined;
      views.set(policy, found);
      return found;
    };
    return (derivedLeaf) => {
      const { policy, leaf, isNegated } = derivedLeaf;
      const view = viewFor(policy);
      if (!view) return null;
      const ask = () => {
        const { answer } = answerOfLeaf(leaf, view.asValues());
        return answer === "unknown" ? null : answer === (isNegated ? "false" : "true");
      };
      return memories.get(derivedLeaf)?.answer(profile, ask) ?? null;
    };
  };
}

/** Whether the formulas can make a difference. */
function isOpen(
  open: EmittedRules["policies"][number]["open"],
  derived: ReadonlySet<Leaf>,
  view: FactsInView,
): boolean {
  if (typeof open === "boolean") return false;
  const values = view.asValues();
  const { isCertain, isPossible } = boundsOf(open, (leaf) => {
    return derived.has(leaf) ? "unknown" : answerOfLeaf(leaf, values).answer;
  });
  return isCertain !== isPossible;
}
