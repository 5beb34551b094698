import { type AdmitDeps, admitWaitlisted } from "./budget/admit-waitlisted.ts";
import type { StoresOf } from "./kernel/transaction.ts";
import { type PrepareDeps, preparePayment } from "./payment/prepare-payment.ts";
import { type PublishResultsDeps, publishResults } from "./publication/publish-results.ts";
import type { Flow, StepDeps } from "./run-flow.ts";

export type FlowStores = StoresOf<PrepareDeps> & StoresOf<AdmitDeps> & StoresOf<PublishResultsDeps>;
type Deps = StepDeps<FlowStores>;

/**
 * The process on one page: what happened → what follows. What the clock starts is in jobs.ts; what
 * people start is in portal/ and desk/.
 */
export const flow: Flow<FlowStores> = {
  // The firm agreed and its money is reserved: it is owed, so it is paid.
  "entitlement-confirmed": [{ name: "prepare-payment", run: (deps, { subject }) => prepare(deps, subject) }],
  "entitlement-admitted": [{ name: "prepare-payment", run: (deps, { subject }) => prepare(deps, subject) }],

  // The bank said no, or sent it back: paid again to another account, as soon as there is one.
  "payment-rejected": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],
  "payment-returned": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],
  "account-corrected": [{ name: "prepare-payment", run: (deps, { payload }) => prepare(deps, payload.entitlementId) }],

  // There is money in a fund again: those who waited come first.
  "line-funded": [{ name: "admit-waitlisted", run: admitWaitlisted }],
  "entitlement-withdrawn": [{ name: "admit-waitlisted", run: admitWaitlisted }],

  // The firm has it in hand: the result can be published without waiting for a return.
  "receipt-confirmed": [{ name: "publish-result", run: publishResults }],
};

function prepare(deps: Deps, entitlementId: string): Promise<unknown> {
  return preparePayment(deps, { entitlementId });
}
