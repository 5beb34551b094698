import type { BudgetStore } from "../budget/budget-store.ts";
import { offsetBack, offsetFellAway, offsetPaid } from "../budget/posting.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { apply, fallAway, type Offset, type OffsetStore } from "./offset.ts";
import { fallBack, setOff } from "./recovery.ts";
import type { RecoveryStore } from "./recovery-store.ts";

export type SettleOffsetStores = Readonly<{
  offsets: OffsetStore;
  recoveries: RecoveryStore;
  budget: Pick<BudgetStore, "move">;
  journal: Journal;
}>;
type Stores = SettleOffsetStores & Readonly<{ entitlements: Pick<EntitlementStore, "get"> }>;
export type SettleOffsetDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

const actor = "system:recovery";

/** The rest of a benefit is booked: now what was kept back of it is paid by the debt, and the debt by it. */
export function applyOffset({ transaction, clock }: SettleOffsetDeps, entitlementId: string): Promise<void> {
  return transaction(async (stores) => {
    const offset = await stores.offsets.liveOf(entitlementId);
    if (offset?.status !== "agreed") return;
    const { budgetLine } = (await stores.entitlements.get(entitlementId)).entitlement;
    await bookOffset(stores, offset, budgetLine, clock.now());
  });
}

/** In both lines' books, or in neither. */
export async function bookOffset(
  { offsets, recoveries, budget, journal }: SettleOffsetStores,
  offset: Offset,
  benefitLine: string,
  at: Date,
): Promise<Offset> {
  const { id, recoveryId, entitlementId, amountFen } = offset;
  const debt = await recoveries.get(recoveryId);
  if (debt.status !== "owed") throw new Error(`offset ${id} is of a debt that is ${debt.status}`);
  const applied = apply(offset, at);
  await offsets.save(applied);
  const settled = setOff(debt, amountFen, at);
  await recoveries.save(settled);
  await budget.move(
    [offsetPaid({ line: benefitLine, amountFen }, id), offsetBack({ line: debt.budgetLine, amountFen }, id)],
    at,
  );
  const payload = { recoveryId, entitlementId, amountFen: String(amountFen) };
  await journal.append({ type: "offset-applied", subject: id, actor, at, payload });
  if (settled.status === "closed") {
    await journal.append({ type: "recovery-closed", subject: recoveryId, actor, at, payload: { how: "came-back" } });
  }
  return applied;
}

/**
 * A benefit was withdrawn before its money left, or after it had come back: what was kept back of it is
 * owed again. What the withdrawal freed did not hold this part where it had been booked.
 */
export function dropOffset({ transaction, clock }: SettleOffsetDeps, entitlementId: string): Promise<void> {
  return transaction(async ({ offsets, recoveries, budget, journal }) => {
    const offset = await offsets.liveOf(entitlementId);
    if (!offset) return;
    const at = clock.now();
    const { id, recoveryId, amountFen, status } = offset;
    const debt = await recoveries.get(recoveryId);
    if (debt.status !== "owed" && debt.status !== "closed") throw new Error(`offset ${id} is of a ${debt.status} debt`);
    await offsets.save(fallAway(offset, at));
    await recoveries.save(fallBack(debt, amountFen, status === "applied" ? "offset" : "held", at));
    if (status === "applied") {
      // Its benefit may have gone on to another year's line since.
      const benefit = await offsets.paidFrom(id);
      await budget.move(offsetFellAway({ benefit, debt: debt.budgetLine, amountFen }, id), at);
    }
    const payload = { recoveryId, entitlementId, amountFen: String(amountFen) };
    await journal.append({ type: "offset-fell-away", subject: id, actor, at, payload });
  });
}
