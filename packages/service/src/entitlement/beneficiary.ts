import type { Match } from "../matching/match.ts";
import { hasCeased } from "./ceased.ts";
import { agreedStatuses, type Entitlement } from "./entitlement.ts";
import type { Versioned } from "./entitlement-store.ts";
import type { StackingTerms } from "./stacking-terms.ts";

/** What a firm has been offered so far, and what those have that count with it. */
export type Beneficiary = Readonly<{
  /** Nothing is offered to a code that may be nobody's. */
  isConfirmed: boolean;
  own: readonly Versioned[];
  inherited: readonly Versioned[];
  /** What the other members of its group of companies have, where a policy counts that. */
  ofGroup: readonly Versioned[];
  /** Codes of those whose history it carries on. */
  forebears: readonly string[];
  /** What all of these come to beside others, where a policy says something about that. */
  terms: ReadonlyMap<string, StackingTerms>;
}>;

export function isOfAward({ stored: { policyId, period } }: Match): (versioned: Versioned) => boolean {
  return ({ entitlement }) => entitlement.policyId === policyId && entitlement.period === period;
}

/** Whether the firm could be offered it at all, whatever it is entitled to. */
export function mayBeOffered(match: Match, { isConfirmed, inherited }: Beneficiary): boolean {
  // Who became another subject in the middle of a period is granted its award once.
  const isGranted = inherited.filter(isOfAward(match)).some(({ entitlement }) => isAgreed(entitlement));
  return isConfirmed && match.compiled.isOffered && !hasCeased(match.firmStatus) && !isGranted;
}

export function isAgreed({ status }: Entitlement): boolean {
  return agreedStatuses.has(status);
}
