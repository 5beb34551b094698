import type { BudgetStore } from "../budget/budget-store.ts";
import { release } from "../budget/posting.ts";
import { withdraw } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Journal } from "../kernel/event.ts";

type Stores = Readonly<{ entitlements: EntitlementStore; budget: Pick<BudgetStore, "move">; journal: Journal }>;

/**
 * Takes back a confirmed entitlement that does not hold any more and frees its money. If the firm
 * qualifies again, the next matching offers it again.
 *
 * @param held where its money is: kept for it, or come back from the bank
 */
export async function withdrawUnpaid(
  { entitlements, budget, journal }: Stores,
  { entitlement, rowVersion }: Versioned,
  { reason, decisionId }: Readonly<{ reason: string; decisionId: string }>,
  at: Date,
  held: "reserved" | "returned" = "reserved",
): Promise<void> {
  if (entitlement.status !== "confirmed") return;
  const { id, budgetLine: line, amountFen, consentId } = entitlement;
  await entitlements.save(withdraw(entitlement, reason, at), rowVersion);
  await budget.move([release({ line, amountFen }, id, consentId, held)], at);
  const payload = { decisionId, reason };
  await journal.append({ type: "entitlement-withdrawn", subject: id, actor: "system:payment", at, payload });
}
