import { confirmReceipt as received } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { OwedStore, PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  owed: Pick<OwedStore, "lock">;
  payments: PaymentStore;
  journal: Journal;
}>;
export type ReceiptDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/**
 * The firm says that the money arrived (到账确认). Saying it twice is saying it once.
 *
 * @throws DomainError entitlement-not-found | entitlement-not-open
 */
export function confirmReceipt(
  { transaction, clock }: ReceiptDeps,
  { entitlementId, firmCode, actor }: Readonly<{ entitlementId: string; firmCode: string; actor: string }>,
): Promise<void> {
  return transaction(async ({ entitlements, owed, payments, journal }) => {
    await owed.lock([entitlementId]);
    const { entitlement, rowVersion } = await entitlements.get(entitlementId);
    // Someone else's entitlement answers exactly as one that does not exist.
    if (entitlement.firmCode !== firmCode) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    const at = clock.now();
    const changed = received(entitlement, at);
    if (changed === entitlement) return;
    const paid = (await payments.lockOf([entitlementId])).find(({ status }) => status === "settled");
    if (!paid) {
      throw new DomainError(
        "payment-not-found",
        "这项补贴全部用于抵扣，没有到账需要确认。All of it was set off; nothing has arrived to confirm.",
        { id: entitlementId },
      );
    }
    await entitlements.save(changed, rowVersion);
    const payload = { paymentId: paid.id };
    await journal.append({ type: "receipt-confirmed", subject: entitlementId, actor, at, payload });
  });
}
