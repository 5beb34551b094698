import type { BudgetStore } from "../budget/budget-store.ts";
import { commitment } from "../budget/posting.ts";
import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { approve } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";
import { type PaymentStops, refuseWhileStopped } from "./payment-stop.ts";
import type { PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{
  batches: BatchStore;
  payments: Pick<PaymentStore, "lockBatch">;
  budget: Pick<BudgetStore, "move">;
  paymentStops: Pick<PaymentStops, "open">;
  journal: Journal;
}>;
export type ApproveDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** `sha256` is the digest of the file that the checker looked at. */
export type Approval = Readonly<{ batchId: string; checker: string; sha256: string }>;

/**
 * Another person approves exactly the file that they saw; a large one waits for one more who saw
 * the same. From here on it goes out as it is.
 *
 * @returns `checked` = one more checker has to look at it
 * @throws DomainError batch-not-found | maker-is-checker | batch-changed | batch-not-open | payments-stopped
 */
export function approveBatch({ transaction, clock }: ApproveDeps, approval: Approval): Promise<"approved" | "checked"> {
  const { batchId, checker, sha256: seen } = approval;
  return transaction(async ({ batches, payments, budget, paymentStops, journal }) => {
    await refuseWhileStopped(paymentStops);
    const inBatch = await payments.lockBatch(batchId);
    const batch = await batches.lock(batchId);
    if (sha256(batch.file) !== batch.sha256) {
      throw new DomainError(
        "batch-changed",
        "批次文件与登记的摘要不符，停止办理并报告。The stored file does not match its digest: stop and report.",
        { id: batchId },
      );
    }
    const at = clock.now();
    const approved = approve(batch, checker, seen, at);
    const done = approved.status === "drafted" ? "checked" : "approved";
    if (approved === batch) return done;
    await batches.save(approved);
    const payload = { sha256: seen, maker: batch.maker };
    if (done === "checked") {
      await journal.append({ type: "batch-checked", subject: batchId, actor: checker, at, payload });
      return done;
    }
    await journal.append({ type: "batch-approved", subject: batchId, actor: checker, at, payload });
    const moves = inBatch.map(({ id, budgetLine: line, amountFen }) => commitment({ line, amountFen }, id));
    await budget.move(moves, at);
    return done;
  });
}
