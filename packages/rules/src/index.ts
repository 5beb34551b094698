export { allocate, type Draw } from "./allocation/allocate.ts";
export type { Allocation, Claim, Share as FundShare } from "./allocation/claim.ts";
export { closingDay, type Fund, isWindowed, type WindowedFund } from "./allocation/fund.ts";
export type { Sha256 } from "./allocation/order.ts";
export { scoreOf } from "./allocation/score-of.ts";
export type { TimeLimit, TimeLimits } from "./allocation/time-limits.ts";
export { type BenefitKind, benefitKinds, type Instalments } from "./benefit/benefit.ts";
export { cut, instalmentsOf } from "./benefit/shares.ts";
export { type CaseReport, type Cases, checkCases, parseCases } from "./cases/check-cases.ts";
export { earliestChange, type TimedChange } from "./counterfactual/earliest-change.ts";
export type { Equivalent } from "./counterfactual/equivalents.ts";
export { decideWith, isCreditFact, movesWithTime, type NearMiss, nearMissOf } from "./counterfactual/near-miss.ts";
export { type Change, nearestChange } from "./counterfactual/nearest-change.ts";
export { type NextChange, nextChangeOf } from "./counterfactual/next-change.ts";
export { type UseOfDay, usesOfDay } from "./counterfactual/uses-of-day.ts";
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
export {
  cutText,
  type ExplainedAward,
  explainAward,
  explainBundle,
  explainChoice,
  type TitleOf,
} from "./explain/explain-bundle.ts";
export { type ExplainedCondition, type Explanation, explainDecision } from "./explain/explain-decision.ts";
export { departmentOf, factText } from "./explain/fact-text.ts";
export { regionOf } from "./explain/region-of.ts";
export { type ImportedConditions, importConditions } from "./foreign/import-conditions.ts";
export { isPeriod, type Rhythm } from "./formula/period.ts";
export { addWorkingDays, isWorkingDay } from "./formula/working-days.ts";
export type { Bilingual, Json } from "./json.ts";
export {
  type Channel,
  type ChannelKind,
  channelKinds,
  type Institution,
} from "./policy/channel.ts";
export { type Destination, destinationsOf } from "./policy/destinations.ts";
export { parsePolicy } from "./policy/parse-policy.ts";
export type { Clause, ClauseTag, Payout, Policy, Setting, SourceDocument, Validity } from "./policy/policy.ts";
export { type FactState, type Profile, profileOf } from "./profile.ts";
export type { Finding } from "./review/finding.ts";
export { type Mode, type ModeReport, modeOf } from "./review/mode.ts";
export { type Review, reviewPolicy } from "./review/review-policy.ts";
export { findSharedFunds } from "./review/shared-funds.ts";
export { RulesError, type RulesErrorCode } from "./rules-error.ts";
export type { Column } from "./sql/column.ts";
export { type ConformanceCases, conformanceCases } from "./sql/conformance.ts";
export { type CountQuery, countQueries, type PolicyCount } from "./sql/count-query.ts";
export type { DerivedLeaf } from "./sql/derived-leaf.ts";
export type { SqlDialect } from "./sql/dialect.ts";
export { type EmittedRules, emitRules } from "./sql/emit-rules.ts";
export { type Cell, columnDefinitions, type FirmRow, firmRows } from "./sql/firm-row.ts";
export { insertRows } from "./sql/insert-rows.ts";
export type { Bundle, BundleChoice, BundledAward, BundleOption, Cut } from "./stacking/bundle.ts";
export { awardKey, type DueAward, type GrantedShare, type Share } from "./stacking/due-award.ts";
export { type Breach, findBreaches } from "./stacking/find-breaches.ts";
export { CONTROLLER, GROUP_LEDGER, historyIn, RECEIPTS } from "./stacking/ledger-of-profile.ts";
export type { Question } from "./stacking/limit.ts";
export type { ObjectRef, PaidLedger, PaidLine } from "./stacking/paid-ledger.ts";
export { proposeBundle } from "./stacking/propose-bundle.ts";
export { keyOf as stackingRuleKey, rulesInForce } from "./stacking/rules-in-force.ts";
export { sharesOf } from "./stacking/shares-by-object.ts";
export type { StackingRule } from "./stacking/stacking-rule.ts";
export {
  addColumns,
  type FactColumn,
  type FactColumns,
  type Misfit,
  profileOfRow,
  scalesOf,
} from "./sweep/add-columns.ts";
export {
  type ConditionCounts,
  countConditions,
  type DraftCounts,
  type DraftVerdicts,
  judgeConditions,
} from "./sweep/condition-counts.ts";
export { type BlockPart, type Counts, noCounts } from "./sweep/engine.ts";
export type { ExplainedVerdict } from "./sweep/explain-form.ts";
export { type ChangedVerdict, ChangeIndex } from "./sweep/firm-change.ts";
export { FirmTable, type FirmTableOptions } from "./sweep/firm-table.ts";
export type { NumberScale } from "./sweep/number-scale.ts";
export { OneFirm } from "./sweep/one-firm.ts";
export { type NeedsFacts, type OnePolicy, type PolicyCounts, sweepOne, verdictsBeside } from "./sweep/one-policy.ts";
export { planSweep, type SweepPlan } from "./sweep/plan.ts";
export { countRows, type RowSet, rowSetOf, rowsIn } from "./sweep/row-set.ts";
export { type SimdModule, simdModule } from "./sweep/simd-engine.ts";
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
  zoneProgramOf,
} from "./sweep/sweep.ts";
export { type CarriedTable, type ColumnImage, carryOver, imageOf, type TableImage } from "./sweep/table-image.ts";
export type { YesNoAnswer } from "./vocabulary/answered-value.ts";
export { isValueOf } from "./vocabulary/fact-value.ts";
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
