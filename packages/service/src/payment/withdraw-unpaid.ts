import type { BudgetStore } from "../budget/budget-store.ts";
import { release, releaseReturned } from "../budget/posting.ts";
import { withdraw } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Journal } from "../kernel/event.ts";
import { heldMoney } from "./held-money.ts";
import type { OwedStore, PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  owed: Pick<OwedStore, "setOffOf">;
  payments: Pick<PaymentStore, "lockOf">;
  budget: Pick<BudgetStore, "move">;
  journal: Journal;
}>;

/**
 * Takes back a confirmed entitlement that does not hold any more and frees its money, from where that is: kept for
 * it, or come back from the bank and not taken up by a new attempt. If the firm qualifies again, the next matching
 * offers it again.
 *
 * @param found locked; no payment of it is live
 */
export async function withdrawUnpaid(
  { entitlements, owed, payments, budget, journal }: Stores,
  { entitlement, rowVersion }: Versioned,
  { reason, decisionId }: Readonly<{ reason: string; decisionId: string }>,
  at: Date,
): Promise<void> {
  if (entitlement.status !== "confirmed") return;
  const { id, budgetLine: line, consentId } = entitlement;
  await entitlements.save(withdraw(entitlement, reason, at), rowVersion);
  // A part that paid a debt is in neither any more; that it is owed again is the recovery's to book.
  const { reservedFen, returnedFen } = heldMoney(entitlement, await payments.lockOf([id]), await owed.setOffOf(id));
  const moves = [
    ...(reservedFen > 0n ? [release({ line, amountFen: reservedFen }, id, consentId)] : []),
    ...(returnedFen > 0n ? [releaseReturned({ line, amountFen: returnedFen }, id, consentId)] : []),
  ];
  await budget.move(moves, at);
  const payload = { decisionId, reason };
  await journal.append({ type: "entitlement-withdrawn", subject: id, actor: "system:payment", at, payload });
}
