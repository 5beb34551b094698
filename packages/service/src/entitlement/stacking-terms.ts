import type { Bilingual, GrantedShare, ObjectRef, Profile } from "@apply-free/rules";
import type { PolicyRelations } from "./policy-relations.ts";

/** What a benefit comes to beside others, where a policy says something about that. */
export type StackingTerms = Readonly<{
  entitlementId: string;
  /** What its policy alone would give; what all rules leave of it. 分 */
  askedFen: bigint;
  grantedFen: bigint;
  /** By person, loan or project; empty where it is not given for any. */
  shares: readonly GrantedShare[];
  /** Why it is less, and what was left out for it. */
  reasons: readonly Bilingual[];
  /** What each of several that exclude each other comes to. */
  choices: readonly Bilingual[];
  /** Codes of those whose history the firm carries on. */
  forebears: readonly string[];
  /** Not among several that exclude each other, or the one that gives most. */
  isProposed: boolean;
}>;

/** A benefit agreed to by any firm for one of these persons, loans or projects. */
export type AgreedElsewhere = Readonly<{
  firmCode: string;
  policyId: string;
  period: string;
  shares: readonly GrantedShare[];
  agreedOn: Date;
}>;

/** Stacking terms as one transaction sees them. */
export type StackingStore = {
  /** What the policies in force say about each other. */
  relations(): Promise<PolicyRelations>;
  of(entitlementIds: readonly string[]): Promise<ReadonlyMap<string, StackingTerms>>;
  /** Of an offer; what was agreed to stays. */
  put(terms: StackingTerms): Promise<void>;
  drop(entitlementId: string): Promise<void>;
  agreedFor(objects: readonly ObjectRef[]): Promise<readonly AgreedElsewhere[]>;
  /** The newest facts that each was decided on. */
  factsOf(entitlementIds: readonly string[]): Promise<ReadonlyMap<string, Profile>>;
  /** Nobody else agrees for this firm, or for these persons, loans and projects, until the transaction ends. */
  lock(firmCode: string, objects: readonly ObjectRef[]): Promise<void>;
};

/** Why an entitlement ends that its policy alone would still give. */
export function besideOthersReason(why: string): string {
  return `${PREFIX}${why}`;
}

export function isBesideOthers(reason: string): boolean {
  return reason.startsWith(PREFIX);
}

const PREFIX = "beside others: ";
