import { isWindowed } from "@apply-free/rules";
import { admit, type Entitlement } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { BudgetStore } from "./budget-store.ts";
import type { FundRules } from "./fund-rules.ts";
import { reservationKey } from "./posting.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  budget: Pick<BudgetStore, "reserveForWaiting" | "list">;
  funds: FundRules;
  journal: Journal;
}>;
export type AdmitDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

type Waitlisted = Extract<Entitlement, { status: "waitlisted" }>;

/**
 * Admits those who agreed when a fund was exhausted, in their public order, as far as its money
 * now reaches. The first who does not fit ends the line's turn: nobody smaller overtakes. Who waits
 * for a window to close is served with all the others when it does.
 *
 * @returns number admitted
 */
export async function admitWaitlisted(deps: AdmitDeps): Promise<number> {
  const waiting = await deps.transaction(async ({ entitlements, funds, budget }) => {
    const queue: Waitlisted[] = [];
    const isOpen = openWindows(funds);
    const lines = new Set((await budget.list()).map(({ id }) => id));
    for (const { entitlement } of await entitlements.listByStatus("waitlisted")) {
      // A later part of an award may rest on the line of a year that has none yet.
      if (entitlement.status !== "waitlisted" || !lines.has(entitlement.budgetLine)) continue;
      if (!(await isOpen(entitlement))) queue.push(entitlement);
    }
    return queue;
  });
  let admitted = 0;
  for (const queue of Map.groupBy(waiting, ({ budgetLine }) => budgetLine).values()) {
    for (const entitlement of inPublicOrder(queue)) {
      const answer = await admitOne(deps, entitlement.id);
      if (answer === "exhausted") break;
      if (answer === "admitted") admitted += 1;
    }
  }
  return admitted;
}

/** By the place that an allocation gave, then first come first served; those of one instant by their id. */
export function inPublicOrder<Waiting extends Pick<Waitlisted, "id" | "confirmedAt" | "waitingPlace">>(
  queue: readonly Waiting[],
): Waiting[] {
  const last = Number.MAX_SAFE_INTEGER;
  return queue.toSorted(
    (a, b) =>
      (a.waitingPlace ?? last) - (b.waitingPlace ?? last) ||
      a.confirmedAt.getTime() - b.confirmedAt.getTime() ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

/** Whether consents to an award are still being collected; each award is asked about once. */
export function openWindows(funds: FundRules) {
  const answers = new Map<string, Promise<boolean>>();
  return ({ policyVersionId, policyId, period, budgetLine }: Entitlement): Promise<boolean> => {
    const key = JSON.stringify([policyVersionId, period, budgetLine]);
    const known = answers.get(key);
    if (known) return known;
    const answer = funds.of(policyVersionId).then(async (fund) => {
      return isWindowed(fund) && !(await funds.isAllocated({ policyId, period, budgetLine }));
    });
    answers.set(key, answer);
    return answer;
  };
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
