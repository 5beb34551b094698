import { type ConfirmDeps, confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { type DeclineDeps, declineBenefits } from "../confirmation/decline-benefits.ts";
import type { Clock } from "../kernel/clock.ts";
import { addDays, type Day, dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { StoresOf, Transaction } from "../kernel/transaction.ts";
import { type ApproveDeps, approveBatch } from "../payment/approve-batch.ts";
import { confirmReceipt, type ReceiptDeps } from "../payment/confirm-receipt.ts";
import { type CorrectDeps, correctAccount } from "../payment/correct-account.ts";
import { CHECKER, clerkOf, SECOND_CHECKER } from "./demo-people.ts";
import type { SampleBehaviour } from "./sample-behaviour.ts";

/** What the people of a demonstration look at before they act. */
export type CrowdView = {
  /** Offers that wait for an answer, by firm. */
  openOffers(now: Date): Promise<readonly OpenOffer[]>;
  /** Paid benefits whose receipt nobody has confirmed. */
  unconfirmedReceipts(): Promise<readonly Readonly<{ entitlementId: string; firmCode: string; paidOn: Day }>[]>;
  /** Firms whose newest payment the bank refused or sent back, with the name the account stands under. */
  refusedAccounts(): Promise<readonly RefusedAccount[]>;
  draftedBatches(): Promise<readonly Readonly<{ id: string; sha256: string }>[]>;
};

export type OpenOffer = Readonly<{ entitlementId: string; firmCode: string; amountFen: bigint; offeredOn: Day }>;
export type RefusedAccount = Readonly<{
  firmCode: string;
  refusedOn: Day;
  accountNo: string;
  bankName: string;
  bankCode: string;
}>;

export type CrowdDeps = Readonly<{
  transaction: Transaction<
    StoresOf<ConfirmDeps> &
      StoresOf<DeclineDeps> &
      StoresOf<ReceiptDeps> &
      StoresOf<CorrectDeps> &
      StoresOf<ApproveDeps>
  >;
  clock: Clock;
  view: CrowdView;
  behaviours: ReadonlyMap<string, SampleBehaviour>;
  /** Account number → the holder's name as the bank knows it. */
  holders: ReadonlyMap<string, string>;
  /** Firms that a visitor plays; the crowd keeps its hands off them. */
  playedByVisitor: ReadonlySet<string>;
}>;

/**
 * Lets everybody do what their script says is due by now. Each act names itself by what it is, so
 * a crowd that was interrupted does nothing twice.
 */
export async function letPeopleAct(deps: CrowdDeps): Promise<void> {
  const today = dayOf(deps.clock.now());
  await correctAccounts(deps, today);
  await answerOffers(deps, today);
  await confirmReceipts(deps, today);
}

/** The second official looks at what the first one drafted. */
export async function letCheckerApprove({ transaction, clock, view }: CrowdDeps): Promise<void> {
  for (const { id, sha256 } of await view.draftedBatches()) {
    const done = await approveBatch({ transaction, clock }, { batchId: id, checker: CHECKER, sha256 });
    if (done === "approved") continue;
    await approveBatch({ transaction, clock }, { batchId: id, checker: SECOND_CHECKER, sha256 });
  }
}

async function answerOffers(deps: CrowdDeps, today: Day): Promise<void> {
  const offers = await deps.view.openOffers(deps.clock.now());
  for (const [firmCode, open] of Map.groupBy(offers, (offer) => offer.firmCode)) {
    const script = scriptOf(deps, firmCode);
    if (!script || script.answer === "ignore") continue;
    const due = open.filter(({ offeredOn }) => addDays(offeredOn, script.answerAfterDays) <= today);
    if (due.length > 0) await answer(deps, firmCode, script, due, today);
  }
}

async function answer(
  deps: CrowdDeps,
  firmCode: string,
  script: SampleBehaviour,
  due: readonly OpenOffer[],
  today: Day,
) {
  const { confirmed, declined } = divided(script, due);
  const actor = clerkOf(firmCode).id;
  const common = { firmCode, actor };
  if (declined.length > 0) {
    const chosen = declined.map(({ entitlementId }) => ({ entitlementId }));
    await declineBenefits(deps, { ...common, requestKey: `crowd-no-${today}`, chosen, reason: "not-now" });
  }
  if (confirmed.length > 0) {
    const chosen = confirmed.map(({ entitlementId, amountFen }) => ({
      entitlementId,
      amountFenSeen: String(amountFen),
    }));
    await unlessAccountMissing(confirmBenefits(deps, { ...common, requestKey: `crowd-yes-${today}`, chosen }));
  }
}

function divided({ answer: how }: SampleBehaviour, due: readonly OpenOffer[]) {
  if (how === "decline-all") return { confirmed: [], declined: due };
  if (how !== "decline-one") return { confirmed: due, declined: [] };
  const bySize = due.toSorted((a, b) => (a.amountFen < b.amountFen ? -1 : 1));
  return { declined: bySize.slice(0, 1), confirmed: bySize.slice(1) };
}

/** A firm without an account cannot be paid yet; the page would ask it for one. */
async function unlessAccountMissing(confirmation: Promise<unknown>): Promise<void> {
  try {
    await confirmation;
  } catch (cause) {
    if (!(cause instanceof DomainError && cause.code === "account-missing")) throw cause;
  }
}

async function confirmReceipts(deps: CrowdDeps, today: Day): Promise<void> {
  for (const { entitlementId, firmCode, paidOn } of await deps.view.unconfirmedReceipts()) {
    const days = scriptOf(deps, firmCode)?.receiptAfterDays;
    if (days === undefined || addDays(paidOn, days) > today) continue;
    await confirmReceipt(deps, { entitlementId, firmCode, actor: clerkOf(firmCode).id });
  }
}

/** The day after the bank sent money back, the firm gives the name that its account stands under. */
async function correctAccounts(deps: CrowdDeps, today: Day): Promise<void> {
  for (const { firmCode, refusedOn, ...account } of await deps.view.refusedAccounts()) {
    const holderName = deps.holders.get(account.accountNo);
    if (!scriptOf(deps, firmCode) || holderName === undefined || addDays(refusedOn, 1) > today) continue;
    await correctAccount(deps, { firmCode, actor: clerkOf(firmCode).id, account: { ...account, holderName } });
  }
}

function scriptOf({ behaviours, playedByVisitor }: CrowdDeps, firmCode: string): SampleBehaviour | undefined {
  return playedByVisitor.has(firmCode) ? undefined : behaviours.get(firmCode);
}
