import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { cancel } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";
import { takeOutOfBatch } from "./payment.ts";
import type { PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{ batches: BatchStore; payments: PaymentStore; journal: Journal }>;
export type CancelDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/**
 * Drops a batch that nobody has approved; its payments wait for the next one.
 *
 * @throws DomainError batch-not-found | batch-not-open
 */
export function cancelBatch(
  { transaction, clock }: CancelDeps,
  { batchId, actor, reason }: Readonly<{ batchId: string; actor: string; reason: string }>,
): Promise<void> {
  return transaction(async ({ batches, payments, journal }) => {
    const inBatch = await payments.lockBatch(batchId);
    const batch = await batches.lock(batchId);
    const at = clock.now();
    const cancelled = cancel(batch, at);
    if (cancelled === batch) return;
    await batches.save(cancelled);
    await payments.saveAll(inBatch.map(takeOutOfBatch));
    await journal.append({ type: "batch-cancelled", subject: batchId, actor, at, payload: { reason } });
  });
}
