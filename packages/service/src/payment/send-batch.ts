import type { BudgetStore } from "../budget/budget-store.ts";
import { departure } from "../budget/posting.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Bank } from "./bank-port.ts";
import { type Batch, markSent, startSending } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";
import type { OtherChannel } from "./channel-tables.ts";
import { closeFinishedBatches } from "./close-batches.ts";
import { submit } from "./payment.ts";
import { type PaymentStops, refuseWhileStopped } from "./payment-stop.ts";
import type { PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{
  batches: BatchStore;
  payments: PaymentStore;
  budget: Pick<BudgetStore, "move">;
  paymentStops: Pick<PaymentStops, "open">;
  journal: Journal;
}>;
export type SendDeps = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  bank: Pick<Bank, "name" | "declares" | "submit" | "query">;
  /** Whose batches this bank carries out; absent: those of bank transfers. */
  channel?: OtherChannel;
  onDoubt?(messageId: string, cause: unknown): void;
}>;

export type Sent = Readonly<{
  sent: number;
  /** The bank may or may not have these: asked again at the next run. */
  inDoubt: number;
}>;

const DAY = 86_400_000;

/**
 * Sends what two people have approved. The intent is committed before the bank is called, and the
 * bank is called outside any transaction. When its reply is lost the batch stays `sending`: the
 * next run asks for it and, if the bank does not know it, gives the very same bytes under the very
 * same id. One batch in doubt holds up no other.
 *
 * @throws DomainError payments-stopped: nothing is given to the bank, not even once more
 */
export async function sendApprovedBatches(deps: SendDeps): Promise<Sent> {
  const ids = await deps.transaction(async ({ batches, paymentStops }) => {
    await refuseWhileStopped(paymentStops);
    const open = await batches.idsByStatus("approved", "sending");
    const own = await batches.goingBy(deps.channel, open);
    return open.filter((id) => own.has(id));
  });
  let sent = 0;
  let inDoubt = 0;
  for (const id of ids) {
    const { batch, mayBeThere } = await commitIntent(deps, id);
    if (batch.status !== "sending") continue;
    if (!(await handOver(deps, batch, mayBeThere))) {
      inDoubt += 1;
      continue;
    }
    await recordSent(deps, id);
    sent += 1;
  }
  await askAgain(deps);
  return { sent, inDoubt };
}

type Intent = Readonly<{ batch: Batch; mayBeThere: boolean }>;

/** From here on the money may have left: the books say "in transit" before the bank hears of it. */
function commitIntent({ transaction, clock }: SendDeps, id: string): Promise<Intent> {
  return transaction(async ({ batches, payments, budget, paymentStops }) => {
    await refuseWhileStopped(paymentStops);
    const inBatch = await payments.lockBatch(id);
    const batch = await batches.lock(id);
    const sending = startSending(batch);
    if (sending === batch) return { batch, mayBeThere: true };
    await batches.save(sending);
    await payments.saveAll(inBatch.map(submit));
    const moves = inBatch.map(({ id: payment, budgetLine: line, amountFen }) =>
      departure({ line, amountFen }, payment),
    );
    await budget.move(moves, clock.now());
    return { batch: sending, mayBeThere: false };
  });
}

async function handOver({ bank, onDoubt }: SendDeps, { messageId, file }: Batch, mayBeThere: boolean) {
  const { deduplicates, queries } = bank.declares;
  try {
    if (mayBeThere && queries && (await bank.query(messageId)) === "taken") return true;
    // "Unknown" is not "no": only a bank that takes a message once is given it again.
    if (mayBeThere && !deduplicates) throw new Error(`${bank.name} does not say that it has ${messageId}`);
    await bank.submit(messageId, file);
    return true;
  } catch (cause) {
    onDoubt?.(messageId, cause);
    return false;
  }
}

function recordSent({ transaction, clock }: SendDeps, id: string): Promise<void> {
  return transaction((stores) => noteSent(stores, id, clock.now()));
}

/** The bank has the batch: it said so, or it answered. */
export async function noteSent(
  stores: Readonly<{ batches: BatchStore; journal: Journal }>,
  id: string,
  at: Date,
): Promise<void> {
  const batch = await stores.batches.lock(id);
  const sent = markSent(batch, at);
  if (sent === batch) return;
  await stores.batches.save(sent);
  const payload = { messageId: batch.messageId, sha256: batch.sha256 };
  await stores.journal.append({ type: "batch-sent", subject: id, actor: "system:payment", at, payload });
  await closeFinishedBatches(stores, [id], at);
}

/** A day without any answer: the same bytes once more make the bank repeat what it said. */
async function askAgain({ transaction, clock, bank, channel, onDoubt }: SendDeps): Promise<void> {
  if (!bank.declares.deduplicates) return;
  const since = new Date(clock.now().getTime() - DAY);
  const unanswered = await transaction(({ batches }) => batches.unanswered(since));
  for (const { messageId, file } of unanswered.filter((batch) => batch.channel === channel)) {
    await bank.submit(messageId, file).catch((cause: unknown) => onDoubt?.(messageId, cause));
  }
}
