import type { Leaf } from "../condition/condition.ts";
import { answerOfLeaf } from "../condition/judgement.ts";
import { FactsInView } from "../facts-in-view.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";

/** A requirement that columns cannot express; it becomes a column of answers instead. */
export type DerivedLeaf = Readonly<{
  column: string;
  policy: Policy;
  leaf: Leaf;
  /** Under an odd number of `not`: the column then says whether the requirement fails. */
  isNegated: boolean;
  /** Which part cannot be expressed. */
  why: string;
}>;

/**
 * What to write into the column of this firm; `null` is unknown.
 * @param view the firm's facts as the leaf's own policy sees them on the day of the rules
 */
export function answerOfDerived({ leaf, isNegated }: DerivedLeaf, view: FactsInView): boolean | null {
  const { answer } = answerOfLeaf(leaf, view.asValues());
  return answer === "unknown" ? null : answer === (isNegated ? "false" : "true");
}

/** One view per policy for all derived leaves of a firm. */
export function viewsOf(profile: Profile, asOf: string): (policy: Policy) => FactsInView {
  const views = new Map<Policy, FactsInView>();
  return (policy) => {
    const known = views.get(policy) ?? new FactsInView(policy, profile, asOf);
    views.set(policy, known);
    return known;
  };
}

/**
 * The name is made of all that the answer depends on beside the firm, so that a column kept from
 * another day or another version is never taken for this one.
 */
export function columnOfDerived({ id, version }: Policy, { name }: Leaf, isNegated: boolean, asOf: string): string {
  return `leaf ${digest([id, version, name, isNegated, asOf].join("\n"))}`;
}

/** FNV-1a, 64 bits; `emit` refuses the collision that it will not see. Source: IETF draft-eastlake-fnv. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
