import { admit, type Entitlement } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { BudgetStore } from "./budget-store.ts";
import { reservationKey } from "./posting.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  budget: Pick<BudgetStore, "reserveForWaiting">;
  journal: Journal;
}>;
export type AdmitDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

type Waitlisted = Extract<Entitlement, { status: "waitlisted" }>;

/**
 * Admits those who agreed when a fund was exhausted, first come first served, as far as its money
 * now reaches. The first who does not fit ends the line's turn: nobody smaller overtakes.
 *
 * @returns number admitted
 */
export async function admitWaitlisted(deps: AdmitDeps): Promise<number> {
  const waiting = await deps.transaction(async ({ entitlements }) => {
    const all = await entitlements.listByStatus("waitlisted");
    return all.flatMap(({ entitlement }) => (entitlement.status === "waitlisted" ? [entitlement] : []));
  });
  let admitted = 0;
  for (const queue of Map.groupBy(waiting, ({ budgetLine }) => budgetLine).values()) {
    for (const entitlement of inOrderOfConsent(queue)) {
      const answer = await admitOne(deps, entitlement.id);
      if (answer === "exhausted") break;
      if (answer === "admitted") admitted += 1;
    }
  }
  return admitted;
}

/** First come first served; those of one instant are told apart by their id. */
export function inOrderOfConsent(queue: readonly Waitlisted[]): Waitlisted[] {
  return queue.toSorted(
    (a, b) => a.confirmedAt.getTime() - b.confirmedAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

function admitOne({ transaction, clock }: AdmitDeps, id: string): Promise<"admitted" | "exhausted" | "gone"> {
  return transaction(async ({ entitlements, budget, journal }) => {
    const { entitlement, rowVersion } = await entitlements.get(id);
    if (entitlement.status !== "waitlisted") return "gone";
    const { budgetLine: line, amountFen, consentId } = entitlement;
    const at = clock.now();
    const businessKey = reservationKey(id, consentId);
    if ((await budget.reserveForWaiting({ line, amountFen, businessKey, at })) === "exhausted") return "exhausted";
    await entitlements.save(admit(entitlement), rowVersion);
    const payload = { amountFen: String(amountFen) };
    await journal.append({ type: "entitlement-admitted", subject: id, actor: "system:budget", at, payload });
    return "admitted";
  });
}
