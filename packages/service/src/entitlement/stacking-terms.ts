import type { Bilingual, GrantedShare, ObjectRef } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { FirmProfile } from "../matching/firm-profiles.ts";
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
  /** What was received, as it is known now, and who counts with the firm; its group only where that is asked for. */
  receivedBy(firmCode: string, asOf: Day, withGroup: boolean): Promise<FirmProfile>;
  /**
   * Nobody else agrees for this firm, nor for these persons, loans and projects, nor in the group of companies
   * under this head, until the transaction ends.
   */
  lock(firmCode: string, objects: readonly ObjectRef[], groupHead?: string): Promise<void>;
};

/** Why an entitlement ends that its policy alone would still give. */
export function besideOthersReason(why: string): string {
  return `${PREFIX}${why}`;
}

export function isBesideOthers(reason: string): boolean {
  return reason.startsWith(PREFIX);
}

const PREFIX = "beside others: ";
