import type { ComputationStep } from "../decision.ts";
import type { FactsInView } from "../facts-in-view.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { originOf } from "../trace.ts";
import { formatOf } from "./format.ts";
import { textOf } from "./value-text.ts";

/** The quantities that the amount rests on: first the facts, then what the policy's tables chose. */
export function computationOf(policy: Policy, profile: Profile, view: FactsInView): ComputationStep[] {
  const { term, clauses } = policy.benefit;
  if (!term) return [];
  const facts = [...new Set(term.facts)].filter((id) => id !== "asOf" && !id.startsWith("setting."));
  const fromFacts = facts.map((fact): ComputationStep => {
    const { label, format } = formatOf(policy, fact);
    return { label, text: textOf(view.value(fact), format), fact, ...originOf(profile, fact) };
  });
  const fromTables = term.steps(view.scope).map(({ label, value, quantity }): ComputationStep => {
    return { label, text: textOf(value, { type: quantity }), clause: clauses.join("、") };
  });
  return [...fromFacts, ...fromTables];
}
