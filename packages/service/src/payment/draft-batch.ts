import type { BudgetStore } from "../budget/budget-store.ts";
import type { PayerAccount, PayerAccountStore } from "../budget/payer-account.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { StackingStore } from "../entitlement/stacking-terms.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { sumFen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountCheckStore, AccountDoubt } from "./account-check.ts";
import type { Batch } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";
import type { OtherChannel } from "./channel-tables.ts";
import { writePain001 } from "./pain001.ts";
import { readPain001 } from "./pain001-rules.ts";
import { keepWaiting, type Payment, putInBatch, voidPayment } from "./payment.ts";
import { type PaymentStops, refuseWhileStopped } from "./payment-stop.ts";
import type { OwedStore, PaymentStore, Standings } from "./payment-store.ts";
import { recheckAll } from "./prepare-payment.ts";
import { withdrawUnpaid } from "./withdraw-unpaid.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  stacking: StackingStore;
  payments: PaymentStore;
  batches: BatchStore;
  payerAccounts: PayerAccountStore;
  owed: OwedStore;
  standings: Standings;
  accountChecks: Pick<AccountCheckStore, "doubtsOf">;
  budget: Pick<BudgetStore, "move">;
  paymentStops: Pick<PaymentStops, "open">;
  journal: Journal;
}>;
export type DraftDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

export type Drafted = Readonly<{
  /** `undefined` = there was nothing to pay. */
  batchId: string | undefined;
  payments: number;
  /** Left out today: the newest facts say neither yes nor no, or the account waits for a second check. */
  waiting: number;
  /** Taken back: the newest facts say no. */
  withdrawn: number;
}>;

/**
 * Puts everything that is due by one channel into one batch, after a last look at the newest facts. The maker
 * proposes; somebody else approves.
 *
 * @throws DomainError payments-stopped | budget-line-unknown: a line that no account pays for
 */
export function draftBatch(
  { transaction, clock }: DraftDeps,
  { maker, channel }: Readonly<{ maker: string; channel?: OtherChannel }>,
): Promise<Drafted> {
  return transaction(async (stores) => {
    await refuseWhileStopped(stores.paymentStops);
    const at = clock.now();
    const { due, waiting, withdrawn } = await lookAgain(stores, channel, at);
    if (due.length === 0) return { batchId: undefined, payments: 0, waiting, withdrawn };
    const batch = await compose(stores, due, { maker, ...(channel && { channel }) }, at);
    await stores.batches.insert(batch);
    await stores.payments.saveAll(due.map((payment) => putInBatch(payment, batch.id)));
    const payload = { payments: batch.count, totalFen: String(batch.totalFen), sha256: batch.sha256 };
    await stores.journal.append({ type: "batch-drafted", subject: batch.id, actor: maker, at, payload });
    return { batchId: batch.id, payments: due.length, waiting, withdrawn };
  });
}

type Sorted = Readonly<{ due: readonly Payment[]; waiting: number; withdrawn: number }>;

async function lookAgain(stores: Stores, channel: OtherChannel | undefined, at: Date): Promise<Sorted> {
  const ids = await stores.payments.reservedFor();
  const entitlements = await stores.owed.lock(ids);
  // One prepared in this very moment waits for the next draft.
  const reserved = (await stores.payments.lockReserved()).filter(
    (payment) => payment.channel === channel && entitlements.has(payment.entitlementId),
  );
  const standings = await stores.standings.of(ids);
  const doubts = await stores.accountChecks.doubtsOf(
    reserved.map(({ id }) => id),
    at,
  );
  const due: Payment[] = [];
  const waiting: Payment[] = [];
  let withdrawn = 0;
  for (const payment of reserved) {
    const found = entitlements.get(payment.entitlementId);
    const standing = standings.get(payment.entitlementId);
    if (!found || !standing) throw new Error(`payment ${payment.id} has no entitlement or no decision`);
    const answer = await recheckAll(stores, found.entitlement, standing, at);
    const doubt = doubts.get(payment.id);
    if (answer.kind === "due" && doubt) waiting.push(await hold(stores, payment, doubt, at));
    if (answer.kind === "due" && !doubt) due.push(payment);
    if (answer.kind === "wait") waiting.push(keepWaiting(payment, answer.reason));
    if (answer.kind !== "not-due") continue;
    await recordVoid(stores, payment, answer.reason, at);
    await withdrawUnpaid(stores, found, answer, at);
    withdrawn += 1;
  }
  await stores.payments.saveAll(waiting);
  return { due, waiting: waiting.length, withdrawn };
}

/** Due, but not to an account that nobody has confirmed; the journal says so once. */
async function hold({ journal }: Stores, payment: Payment, doubt: AccountDoubt, at: Date): Promise<Payment> {
  const reason = `account: ${doubt}`;
  const held = keepWaiting(payment, reason);
  if (payment.status === "reserved" && payment.reason === reason) return held;
  const payload = { entitlementId: payment.entitlementId, doubt };
  await journal.append({ type: "payment-held", subject: payment.id, actor: "system:payment", at, payload });
  return held;
}

/** A payment that is not to be made any more, before it was in any batch. */
export async function recordVoid(
  { payments, journal }: Readonly<{ payments: Pick<PaymentStore, "saveAll">; journal: Journal }>,
  payment: Payment,
  reason: string,
  at: Date,
  actor = "system:payment",
): Promise<void> {
  await payments.saveAll([voidPayment(payment, reason)]);
  const payload = { entitlementId: payment.entitlementId, reason };
  await journal.append({ type: "payment-voided", subject: payment.id, actor, at, payload });
}

type By = Pick<Batch, "maker" | "channel">;

async function compose(stores: Stores, due: readonly Payment[], by: By, draftedAt: Date): Promise<Batch> {
  const nth = (await stores.batches.count()) + 1;
  const id = derivedId("batch", nth, ...due.map((payment) => payment.id));
  const messageId = messageIdOf(id, draftedAt);
  const purposes = await stores.payments.purposesOf(due.map((payment) => payment.id));
  const remittances = due.map((payment) => ({ payment, purpose: `免申即享 ${purposes.get(payment.id) ?? ""}` }));
  const payers = new Map((await stores.payerAccounts.list()).map((payer) => [payer.budgetLine, payer]));
  const groups = [...Map.groupBy(remittances, ({ payment }) => payment.budgetLine)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, payments]) => ({ payer: payerOf(payers, line), payments }));
  const file = writePain001({ messageId, createdAt: draftedAt, groups });
  refuseUnfit(file);
  const totalFen = sumFen(due.map(({ amountFen }) => amountFen));
  const checkersNeeded = await stores.batches.checkersFor(totalFen);
  const draft = { id, messageId, ...by, count: due.length, totalFen, sha256: sha256(file), file, draftedAt };
  return { ...draft, checkersNeeded, status: "drafted" };
}

/** What the bank would decline is found before two people sign it. Ours to mend: an ordinary error. */
function refuseUnfit(file: string): void {
  try {
    readPain001(new TextEncoder().encode(file));
  } catch (cause) {
    throw new Error("the payment order does not keep the rules of pain.001", { cause });
  }
}

/** `AF20251104-7K3M9Q2XABCDEFGH`: readable on the phone with the bank, unique by the batch. */
export function messageIdOf(batchId: string, draftedAt: Date): string {
  return `AF${dayOf(draftedAt).replaceAll("-", "")}-${batchId.slice(-16)}`;
}

function payerOf(payers: ReadonlyMap<string, PayerAccount>, line: string): PayerAccount {
  const payer = payers.get(line);
  if (payer) return payer;
  throw new DomainError(
    "budget-line-unknown",
    `预算指标“${line}”没有付款账户，请财政先登记。No account pays for line "${line}"; fund it with its payer account first.`,
    { line },
  );
}
