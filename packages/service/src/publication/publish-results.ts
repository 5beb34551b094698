import { type Clock, today } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import { maskFirmName, maskSubjectCode } from "../kernel/mask.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { newestPublishableBooking } from "./publication-term.ts";
import type { ResultStore, UnpublishedPayment } from "./published-result.ts";

export type PublishResultsDeps = Readonly<{
  transaction: Transaction<{ results: ResultStore; journal: Journal }>;
  clock: Clock;
  /** Results per transaction. */
  pageSize?: number;
}>;

/**
 * Publishes what was paid (结果公示): as soon as the firm has confirmed the receipt, and otherwise
 * when the bank would have sent it back by now. Run on every working day, this is always within
 * the seven working days that the law allows. Doing it again publishes nothing twice.
 *
 * @returns number of results published
 */
export async function publishResults({ transaction, clock, pageSize = 500 }: PublishResultsDeps): Promise<number> {
  const bookedUntil = newestPublishableBooking(today(clock));
  let published = 0;
  for (;;) {
    const page = await transaction(async ({ results, journal }) => {
      const due = await results.due(bookedUntil, pageSize);
      const at = clock.now();
      const added = await results.insertAll(due.map((payment) => resultOf(payment, at)));
      for (const { id: subject, entitlementId, amountFen } of due) {
        if (!added.has(subject)) continue;
        const payload = { entitlementId, amountFen: String(amountFen) };
        await journal.append({ type: "result-published", subject, actor: "system:publication", at, payload });
      }
      return { due: due.length, added: added.size };
    });
    published += page.added;
    if (page.due < pageSize) return published;
  }
}

function resultOf({ firmName, firmCode, ...payment }: UnpublishedPayment, publishedAt: Date) {
  return { ...payment, maskedName: maskFirmName(firmName), maskedCode: maskSubjectCode(firmCode), publishedAt };
}
