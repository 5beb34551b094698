import type { Judged } from "./condition/engine.ts";
import type { Amount, Decision, Outcome } from "./decision.ts";
import { computationOf } from "./explain/computation.ts";
import { FactsInView } from "./facts-in-view.ts";
import { isDay } from "./formula/calendar.ts";
import { becauseOf, mergeBecause, NOTHING, type Value } from "./formula/value.ts";
import { grantedAmount, grantedValue, partsOf } from "./granted.ts";
import { missingFor } from "./missing.ts";
import type { Policy } from "./policy/policy.ts";
import type { Profile } from "./profile.ts";
import { RulesError } from "./rules-error.ts";
import { traceOf } from "./trace.ts";

/**
 * Decides what one firm deserves under one policy: outcome, amount, what is still missing, and the
 * reason at every branch. Pure: same policy, profile and day give the same decision.
 *
 * @param options `asOf`: day of the decision, `YYYY-MM-DD`
 * @throws RulesError facts-invalid when `asOf` is no day
 */
export async function decide(
  policy: Policy,
  profile: Profile,
  { asOf }: Readonly<{ asOf: string }>,
): Promise<Decision> {
  if (!isDay(asOf)) throw new RulesError("facts-invalid", "asOf", `"${asOf}" is no day; write YYYY-MM-DD.`);
  const view = new FactsInView(policy, profile, asOf);
  const judged = await policy.judge(view.asValues());
  const outcome = outcomeOf(judged);
  const isOut = outcome === "ineligible";
  const value = isOut ? NOTHING : grantedValue(policy.benefit, view.scope);
  const amount: Amount = isOut ? { kind: "none" } : grantedAmount(policy.benefit, value);
  return {
    policy: policy.id,
    version: policy.version,
    asOf,
    outcome,
    amount,
    missing: [...missing(outcome, judged, amount, value)].sort(),
    ...partsOf(policy.benefit, amount),
    computation: isOut ? [] : computationOf(policy, profile, view),
    trace: traceOf(judged, { policy, profile, view }),
  };
}

function outcomeOf({ result }: Judged): Outcome {
  switch (result) {
    case "true":
      return "eligible";
    case "false":
      return "ineligible";
    case "unknown":
      return "undetermined";
  }
}

/** An amount that rounds to one number needs nothing more, whatever else is unknown. */
function missing(outcome: Outcome, judged: Judged, amount: Amount, value: Value): readonly string[] {
  if (outcome === "ineligible") return [];
  const forAmount = amount.kind === "range" || amount.kind === "unknown" ? becauseOf(value) : [];
  return mergeBecause(missingFor(judged), forAmount);
}

/** The facts of the vocabulary that a policy may look at, in order of id. */
export function factsNeededBy(policy: Policy): readonly string[] {
  return policy.facts;
}
