import { type AdmitDeps, admitWaitlisted } from "./budget/admit-waitlisted.ts";
import type { DisputeStore } from "./dispute/dispute-store.ts";
import type { DeliveryStore } from "./facts/delivery-store.ts";
import type { EventOf } from "./kernel/event.ts";
import type { StoresOf } from "./kernel/transaction.ts";
import { type MatchingDeps, type MatchingStores, matchFirms } from "./matching/run-matching.ts";
import { applyAnswers } from "./notice/apply-answers.ts";
import { type PartsDeps, stopLaterParts } from "./payment/parts.ts";
import { type PrepareDeps, preparePayment } from "./payment/prepare-payment.ts";
import type { CompiledPolicies } from "./policies/compiled-policies.ts";
import { type PublishResultsDeps, publishResults } from "./publication/publish-results.ts";
import { type ReassessStores, reassessPaid } from "./reassessment/reassess-paid.ts";
import { type FollowReviewStores, followReview } from "./recovery/follow-review.ts";
import { applyOffset, dropOffset, type SettleOffsetDeps } from "./recovery/settle-offset.ts";
import type { Flow, StepDeps } from "./run-flow.ts";

type AnswerStores = Parameters<typeof applyAnswers>[0];
export type FlowStores = StoresOf<PrepareDeps> &
  StoresOf<AdmitDeps> &
  StoresOf<PublishResultsDeps> &
  MatchingStores &
  AnswerStores &
  ReassessStores &
  FollowReviewStores &
  StoresOf<SettleOffsetDeps> &
  StoresOf<PartsDeps> &
  Readonly<{ compiled: CompiledPolicies; disputes: DisputeStore; deliveries: DeliveryStore }>;
type Deps = StepDeps<FlowStores>;

/**
 * The process on one page: what happened → what follows. What the clock starts is in jobs.ts; what
 * people start is in portal/ and desk/.
 */
export const flow: Flow<FlowStores> = {
  // What was decided with is said otherwise: open cases are decided again now, paid ones looked at by a person.
  "delivery-imported": [
    { name: "match-open-cases", run: (deps, { subject }) => matchOpenCases(deps, subject) },
    { name: "reassess-paid", run: (deps, { subject }) => reassess(deps, subject) },
  ],

  // A person upheld a difference: it is asked back with a hearing, or paid on top.
  "reassessment-closed": [{ name: "follow-review", run: (deps, { subject }) => follow(deps, subject) }],

  // The firm was right about a fact: everything about it is decided again, also what was open for want of it.
  "dispute-closed": [
    { name: "match-firm", run: (deps, { subject, payload }) => matchDisputed(deps, subject, payload) },
  ],

  // Somebody was right about a case: its firm is decided again.
  "grievance-closed": [{ name: "match-firm", run: (deps, { subject, payload }) => matchHeard(deps, subject, payload) }],

  // The firm said what only it can say: what waited for it is decided.
  "facts-declared": [{ name: "match-firm", run: (deps, { subject }) => matchDeclared(deps, subject) }],

  // The firm agreed and its money is reserved: it is owed, so it is paid.
  "entitlement-confirmed": [
    { name: "prepare-payment", run: (deps, { subject }) => prepare(deps, subject) },
    // What it might have taken instead is off the table.
    { name: "match-beside", run: (deps, { subject }) => matchBeside(deps, subject) },
  ],
  "entitlement-admitted": [{ name: "prepare-payment", run: (deps, { subject }) => prepare(deps, subject) }],

  // Its money went on to the next year's fund: the payment is prepared again, from there.
  "entitlement-carried": [{ name: "prepare-payment", run: (deps, { subject }) => prepare(deps, subject) }],

  // The bank said no, or sent it back: paid again to another account, as soon as there is one.
  "payment-rejected": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],
  "payment-returned": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],
  "account-corrected": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],

  // There is money in a fund again: those who waited come first.
  "line-funded": [{ name: "admit-waitlisted", run: admitWaitlisted }],
  "entitlement-withdrawn": [
    // A part of an award fell away: no later part is paid.
    { name: "stop-later-parts", run: (deps, { subject }) => stopLaterParts(deps, subject) },
    { name: "drop-offset", run: (deps, { subject }) => dropOffset(deps, subject) },
    { name: "admit-waitlisted", run: admitWaitlisted },
  ],

  // A part of it pays a debt of the firm: the rest is paid, and once that is booked, so is this part.
  "offset-agreed": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],
  "payment-settled": [{ name: "apply-offset", run: (deps, { payload }) => applyOffset(deps, payload.entitlementId) }],

  // The firm has it in hand: the result can be published without waiting for a return.
  "receipt-confirmed": [{ name: "publish-result", run: publishResults }],
};

function prepare(deps: Deps, entitlementId: string): Promise<unknown> {
  return preparePayment(deps, { entitlementId });
}

function matchDisputed(deps: Deps, id: string, { status }: EventOf<"dispute-closed">["payload"]): Promise<unknown> {
  return deps.transaction(async (stores) => {
    if (status !== "corrected") return;
    const { firmCode } = await stores.disputes.get(id);
    await matchNow(deps, stores, [firmCode], id);
  });
}

function matchHeard(
  deps: Deps,
  id: string,
  { status, entitlementId }: EventOf<"grievance-closed">["payload"],
): Promise<unknown> {
  return deps.transaction(async (stores) => {
    if (status !== "corrected" || entitlementId === null) return;
    const { entitlement } = await stores.entitlements.get(entitlementId);
    await matchNow(deps, stores, [entitlement.firmCode], id);
  });
}

function matchDeclared(deps: Deps, deliveryId: string): Promise<unknown> {
  return deps.transaction(async (stores) => {
    const firms = await stores.deliveries.firmsIn(deliveryId);
    await matchNow(deps, stores, firms, `${deliveryId} declared`);
  });
}

function matchBeside(deps: Deps, entitlementId: string): Promise<unknown> {
  return deps.transaction(async (stores) => {
    const terms = (await stores.stacking.of([entitlementId])).get(entitlementId);
    if (!terms || terms.choices.length === 0) return;
    const { entitlement } = await stores.entitlements.get(entitlementId);
    await matchNow(deps, stores, [entitlement.firmCode], `${entitlementId} agreed`);
  });
}

function matchOpenCases(deps: Deps, deliveryId: string): Promise<unknown> {
  return deps.transaction(async (stores) => {
    const firms = await stores.reassessments.openCasesTouchedBy(deliveryId);
    if (firms.length > 0) await matchNow(deps, stores, firms, deliveryId);
  });
}

/** In the step's own transaction, which is what its deps open. */
function matchNow(deps: Deps, { compiled }: FlowStores, firms: readonly string[], slot: string): Promise<void> {
  const apply: MatchingDeps<FlowStores>["apply"] = (stores, answers, runId) =>
    applyAnswers(stores, answers, runId, deps.clock.now());
  return matchFirms({ ...deps, compiled, apply }, firms, slot);
}

function follow(deps: Deps, reassessmentId: string): Promise<unknown> {
  return deps.transaction(({ compiled }) => followReview({ ...deps, compiled }, reassessmentId));
}

function reassess(deps: Deps, deliveryId: string): Promise<unknown> {
  return deps.transaction(({ compiled }) => reassessPaid({ ...deps, compiled }, deliveryId));
}
