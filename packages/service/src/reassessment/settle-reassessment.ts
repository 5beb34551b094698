import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { close, type Reassessment, type Verdict } from "./reassessment.ts";
import type { ReassessmentStore } from "./reassessment-store.ts";

export type SettleReassessmentStores = Readonly<{ reassessments: ReassessmentStore; journal: Journal }>;
export type SettleReassessmentDeps<Stores extends SettleReassessmentStores = SettleReassessmentStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
}>;

/**
 * A person says whether the difference stands.
 * @throws DomainError reassessment-not-found | reassessment-not-open | bad-input
 */
export async function settleReassessment<Stores extends SettleReassessmentStores>(
  { transaction, clock }: SettleReassessmentDeps<Stores>,
  { id, verdict, by, reason }: Readonly<{ id: string }> & Omit<Verdict, "at">,
): Promise<Reassessment> {
  return transaction(async ({ reassessments, journal }) => {
    const at = clock.now();
    const closed = close(await reassessments.get(id), { verdict, by, reason, at });
    await reassessments.save(closed);
    const payload = { entitlementId: closed.entitlementId, status: verdict, reason };
    await journal.append({ type: "reassessment-closed", subject: id, actor: by, at, payload });
    return closed;
  });
}
