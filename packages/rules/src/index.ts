export { type CaseReport, checkCases } from "./cases/check-cases.ts";
export { earliestChange, type TimedChange } from "./counterfactual/earliest-change.ts";
export type { Equivalent } from "./counterfactual/equivalents.ts";
export { type Change, nearestChange } from "./counterfactual/nearest-change.ts";
export { decide, factsNeededBy } from "./decide.ts";
export type { Amount, ComputationStep, Decision, Input, Outcome, Trace, TraceResult } from "./decision.ts";
export {
  type ComparedFirm,
  type Comparison,
  compareVersions,
  type FirmChange,
} from "./diff/compare-versions.ts";
export { type DescribedCondition, describePolicy, type PolicyDescription } from "./explain/describe-policy.ts";
export { explain } from "./explain/explain.ts";
export { type ExplainedCondition, type Explanation, explainDecision } from "./explain/explain-decision.ts";
export { departmentOf, factText } from "./explain/fact-text.ts";
export { type ImportedConditions, importConditions } from "./foreign/import-conditions.ts";
export { isPeriod, type Rhythm } from "./formula/period.ts";
export { addWorkingDays, isWorkingDay } from "./formula/working-days.ts";
export type { Bilingual, Json } from "./json.ts";
export { parsePolicy } from "./policy/parse-policy.ts";
export type { Clause, ClauseTag, Payout, Policy, Setting, SourceDocument, Validity } from "./policy/policy.ts";
export { type FactState, type Profile, profileOf } from "./profile.ts";
export type { Finding } from "./review/finding.ts";
export { type Mode, type ModeReport, modeOf } from "./review/mode.ts";
export { type Review, reviewPolicy } from "./review/review-policy.ts";
export { RulesError, type RulesErrorCode } from "./rules-error.ts";
export { addColumns, type FactColumn, type FactColumns, type Misfit, profileOfRow } from "./sweep/add-columns.ts";
export { type ConditionCounts, countConditions, type DraftCounts } from "./sweep/condition-counts.ts";
export { type BlockPart, type Counts, noCounts } from "./sweep/engine.ts";
export { type ChangedVerdict, ChangeIndex } from "./sweep/firm-change.ts";
export { FirmTable, type FirmTableOptions } from "./sweep/firm-table.ts";
export { OneFirm } from "./sweep/one-firm.ts";
export { type OnePolicy, sweepOne } from "./sweep/one-policy.ts";
export { planSweep, type SweepPlan } from "./sweep/plan.ts";
export { type SimdModule, SimdRun, simdModule } from "./sweep/simd-engine.ts";
export {
  answerIn,
  countsOf,
  partsOf,
  programOf,
  type SweepCounts,
  Sweeper,
  sweep,
  type Verdicts,
  verdictsOf,
} from "./sweep/sweep.ts";
export type { YesNoAnswer } from "./vocabulary/answered-value.ts";
export { factOf, labelOf } from "./vocabulary/label.ts";
export { parseVocabulary } from "./vocabulary/parse-vocabulary.ts";
export type {
  DerivedDefinition,
  FactDefinition,
  FactType,
  FieldDefinition,
  Means,
  PrivacyClass,
  ScalarType,
  Vocabulary,
} from "./vocabulary/vocabulary.ts";
