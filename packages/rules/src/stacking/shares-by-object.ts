import type { Amount } from "../decision.ts";
import { FactsInView } from "../facts-in-view.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import type { Share } from "./due-award.ts";

/** The parts of an amount by person, loan or project; `undefined` where they are not known or do not sum to it. */
export function sharesOf(policy: Policy, profile: Profile, asOf: string, amount: Amount): readonly Share[] | undefined {
  if (!policy.objects || amount.kind !== "exact") return undefined;
  const shares = policy.objects.shares(new FactsInView(policy, profile, asOf).scope);
  const sum = shares?.reduce((total, { fen }) => total + fen, 0n);
  return sum === BigInt(amount.fen) ? shares : undefined;
}
