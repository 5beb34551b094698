import { z } from "zod";
import type { BudgetStore } from "../budget/budget-store.ts";
import { lineTerms } from "../budget/fund-line.ts";
import type { PayerAccountStore } from "../budget/payer-account.ts";
import { carryIn, carryOut, lapse, type Move } from "../budget/posting.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { recordVoid } from "./draft-batch.ts";
import { heldMoney } from "./held-money.ts";
import { isLive, type Payment } from "./payment.ts";
import type { CarryOvers, OwedStore, PaymentStore } from "./payment-store.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  owed: Pick<OwedStore, "lock" | "setOffOf">;
  payments: Pick<PaymentStore, "lockOf" | "saveAll">;
  budget: Pick<BudgetStore, "open" | "get" | "lock" | "move">;
  payerAccounts: PayerAccountStore;
  carryOvers: CarryOvers;
  journal: Journal;
}>;
export type CarryDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

const order = z.strictObject({
  from: z.string(),
  to: lineTerms,
  /** What becomes of money that is nobody's yet: goes on as well, or back to the treasury. */
  available: z.enum(["carried", "returned-to-treasury"]),
  /** Number of the document that says so. */
  document: z.string().trim().min(1).max(80),
  actor: z.string().min(1),
});

export type CarryOrder = z.input<typeof order>;
export type Carried = Readonly<{
  /** Benefits that are owed or offered from the new line now. */
  entitlements: number;
  /** Left where they are, because their payment is in a batch or at the bank. */
  underWay: number;
}>;

/**
 * Carries a budget line over to the next year's (结转): whoever agreed and is not paid keeps claim,
 * money and place in the queue. A payment that is on its way comes to its end on the old line; should
 * it come back, carrying over again takes it along. Doing it again moves only what has become free.
 *
 * @throws DomainError bad-input | budget-line-unknown | account-invalid
 */
export function carryOver({ transaction, clock }: CarryDeps, input: CarryOrder): Promise<Carried> {
  const { from, to, available, document, actor } = parse(input);
  return transaction(async (stores) => {
    const { carryOvers, owed, payments, budget, payerAccounts, journal } = stores;
    const at = clock.now();
    await budget.get(from);
    const found = await owed.lock(await carryOvers.openOn(from));
    const attempts = Map.groupBy(await payments.lockOf([...found.keys()]), ({ entitlementId }) => entitlementId);
    await budget.open(to);
    const payer = (await payerAccounts.list()).find(({ budgetLine }) => budgetLine === from);
    if (payer) await payerAccounts.assign({ ...payer, budgetLine: to.id });
    await carryOvers.insert({ from, to: to.id, document, actor, at });
    const moves: Move[] = [];
    let underWay = 0;
    for (const [id, each] of found) {
      const own = attempts.get(id) ?? [];
      if (own.some((payment) => isLive(payment) && payment.status !== "reserved")) underWay += 1;
      else moves.push(...(await carryOne(stores, each, own, { from, to: to.id, document, actor }, at)));
    }
    // In the one order in which everyone locks several lines, so that nobody waits in a circle.
    for (const line of [from, to.id].sort()) await budget.lock(line);
    const { availableFen } = await budget.get(from);
    const free = { line: from, amountFen: availableFen };
    if (availableFen > 0n && available === "returned-to-treasury") moves.push(lapse(free, document));
    if (availableFen > 0n && available === "carried") {
      moves.push(carryOut(free, document, "available"), carryIn({ ...free, line: to.id }, document, "available"));
    }
    await budget.move(moves, at);
    const entitlements = found.size - underWay;
    const payload = { to: to.id, document, available, availableFen: String(availableFen), entitlements, underWay };
    await journal.append({ type: "line-carried-over", subject: from, actor, at, payload });
    return { entitlements, underWay };
  });
}

type Step = Readonly<{ from: string; to: string; document: string; actor: string }>;

async function carryOne(
  stores: Stores,
  { entitlement, rowVersion }: Versioned,
  attempts: readonly Payment[],
  { from, to, document, actor }: Step,
  at: Date,
): Promise<Move[]> {
  const { id, status } = entitlement;
  const prepared = attempts.filter(isLive);
  for (const payment of prepared) await recordVoid(stores, payment, `carried over to ${to}`, at, actor);
  await stores.entitlements.save({ ...entitlement, budgetLine: to }, rowVersion);
  await stores.journal.append({ type: "entitlement-carried", subject: id, actor, at, payload: { from, to, document } });
  if (status !== "confirmed") return [];
  const { reservedFen, returnedFen } = heldMoney(entitlement, attempts, await stores.owed.setOffOf(id));
  return [
    ...goOn({ from, to, amountFen: reservedFen }, `${document}:${id}`, "reserved"),
    ...goOn({ from, to, amountFen: returnedFen }, `${document}:${id}:returned`, "returned"),
  ];
}

function goOn(
  { from, to, amountFen }: Pick<Step, "from" | "to"> & Readonly<{ amountFen: Fen }>,
  key: string,
  bucket: "reserved" | "returned",
): Move[] {
  if (amountFen === 0n) return [];
  return [carryOut({ line: from, amountFen }, key, bucket), carryIn({ line: to, amountFen }, key, bucket)];
}

function parse(input: CarryOrder): z.output<typeof order> {
  const { success, data, error } = order.safeParse(input);
  if (success && data.from !== data.to.id) return data;
  const places = success
    ? "to: is the line itself"
    : error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new DomainError("bad-input", `结转内容有误。The carry-over is not valid: ${places}.`);
}
