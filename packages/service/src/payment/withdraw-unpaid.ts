import type { BudgetStore } from "../budget/budget-store.ts";
import { release, releaseKeptBack } from "../budget/posting.ts";
import { withdraw } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Journal } from "../kernel/event.ts";
import { fen } from "../kernel/money.ts";
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
  const { id, budgetLine: line, amountFen, consentId } = entitlement;
  await entitlements.save(withdraw(entitlement, reason, at), rowVersion);
  const held = (await payments.lockOf([id])).at(-1)?.status === "returned" ? "returned" : "reserved";
  // A part that paid a debt is not reserved any more; that it is owed again is the recovery's to book. What is
  // kept back for one never left, so that it is still reserved when the rest has come back.
  const { setOffFen, bookedFen } = await owed.setOffOf(id);
  const keptBack = held === "returned" ? fen(setOffFen - bookedFen) : fen(0);
  const rest = fen(amountFen - bookedFen - keptBack);
  const moves = [
    ...(rest > 0n ? [release({ line, amountFen: rest }, id, consentId, held)] : []),
    ...(keptBack > 0n ? [releaseKeptBack({ line, amountFen: keptBack }, id, consentId)] : []),
  ];
  await budget.move(moves, at);
  const payload = { decisionId, reason };
  await journal.append({ type: "entitlement-withdrawn", subject: id, actor: "system:payment", at, payload });
}
