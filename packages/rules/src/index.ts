export type { Amount, ComputationStep, Decision, Outcome, Trace, TraceResult } from "./decision.ts";
export type { Bilingual, Json } from "./json.ts";
export type { Clause, Payout, Policy, Setting, SourceDocument, Validity } from "./policy/policy.ts";
export type { FactState, Profile } from "./profile.ts";
export { RulesError, type RulesErrorCode } from "./rules-error.ts";
export type {
  DerivedDefinition,
  FactDefinition,
  FactType,
  FieldDefinition,
  PrivacyClass,
  ScalarType,
  Vocabulary,
} from "./vocabulary/vocabulary.ts";

import type { Decision } from "./decision.ts";
import type { Bilingual, Json } from "./json.ts";
import type { Policy } from "./policy/policy.ts";
import type { Profile } from "./profile.ts";
import type { Vocabulary } from "./vocabulary/vocabulary.ts";

// Bodies follow in the next commits; the shapes are settled.
export declare function parseVocabulary(documents: readonly unknown[]): Vocabulary;
export declare function parsePolicy(document: unknown, vocabulary: Vocabulary, clauses: string): Policy;
export declare function decide(policy: Policy, profile: Profile, options: { asOf: string }): Promise<Decision>;
export declare function factsNeededBy(policy: Policy): readonly string[];
export declare function profileOf(facts: Readonly<Record<string, Json>>, vocabulary: Vocabulary): Profile;
export declare function explain(policy: Policy, decision: Decision, lang: "zh" | "en"): string;
export declare function explainDecision(policy: Policy, decision: Decision): Explanation;
export declare function checkCases(policy: Policy, cases: unknown): Promise<CaseReport>;
/** Label of a fact, of a derived fact, or of a part of one (`title.held[2].expiresOn`), for `missing`. */
export declare function labelOf(vocabulary: Vocabulary, factId: string): Bilingual;

/** A decision in sentences, for pages and letters. */
export type Explanation = Readonly<{
  outcome: Bilingual;
  amount: Bilingual;
  /** How the amount comes about. */
  computation: Decision["computation"];
  /** Every condition in the order of the policy; groups carry their parts. */
  conditions: readonly ExplainedCondition[];
  missing: readonly Readonly<{ fact: string; label: Bilingual; department: Bilingual }>[];
}>;

export type ExplainedCondition = Readonly<{
  name: string;
  result: "true" | "false" | "unknown";
  /** `裁员率 1.2%，不高于 20%` */
  sentence: Bilingual;
  /** The value found, with its unit. */
  value?: Bilingual;
  source?: Bilingual;
  asOf?: string;
  clause?: string;
  children: readonly ExplainedCondition[];
}>;

export type CaseReport = Readonly<{
  passed: number;
  failed: number;
  failures: readonly Readonly<{ name: string; expected: string; actual: string }>[];
}>;
