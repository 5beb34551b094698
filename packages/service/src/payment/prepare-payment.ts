import type { BudgetStore } from "../budget/budget-store.ts";
import { renewal } from "../budget/posting.ts";
import type { AwardParts } from "../entitlement/award-part.ts";
import { type Destinations, replacementOf } from "../entitlement/destination.ts";
import { type Entitlement, redirect } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { StackingStore } from "../entitlement/stacking-terms.ts";
import { standsAgainst } from "../entitlement/stands-against.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { isSentBack } from "./held-money.ts";
import { NAMED_BY_FIRM, type PayeeAccount, type PayeeAccountStore } from "./payee-account.ts";
import { isLive, type Payee, type Payment, prepare } from "./payment.ts";
import type { OwedStore, PaymentStore, Standings } from "./payment-store.ts";
import { type Recheck, recheck, recheckBeside, type Standing } from "./recheck.ts";
import { withdrawUnpaid } from "./withdraw-unpaid.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  awardParts: Pick<AwardParts, "waitsFor" | "of" | "accountsBeside">;
  destinations: Destinations;
  stacking: StackingStore;
  payments: PaymentStore;
  owed: Pick<OwedStore, "lock" | "setOffOf">;
  payeeAccounts: PayeeAccountStore;
  standings: Standings;
  budget: Pick<BudgetStore, "move">;
  journal: Journal;
}>;
export type PrepareDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

export type Prepared =
  | "prepared"
  /** A payment of it is under way, or has arrived. */
  | "already"
  /** The bank refused the account that the firm has named; it must name another. */
  | "awaiting-account"
  /** It does not hold any more: taken back, and its money is free. */
  | "withdrawn"
  /** The entitlement is in no state to be paid, or it is a part whose turn has not come. */
  | "not-due";

/**
 * Prepares the payment of one confirmed entitlement, to the account agreed to. To be called
 * whenever one may have become due; repeating it prepares nothing twice.
 *
 * @throws DomainError entitlement-not-found
 */
export function preparePayment(
  { transaction, clock }: PrepareDeps,
  { entitlementId }: Readonly<{ entitlementId: string }>,
): Promise<Prepared> {
  return transaction(async (stores) => {
    const found = (await stores.owed.lock([entitlementId])).get(entitlementId);
    if (!found) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    if (found.entitlement.status !== "confirmed") return "not-due";
    const attempts = await stores.payments.lockOf([entitlementId]);
    if (attempts.some(isLive)) return "already";
    const at = clock.now();
    if (await stores.awardParts.waitsFor(entitlementId, dayOf(at))) return "not-due";
    const standing = (await stores.standings.of([entitlementId])).get(entitlementId);
    if (!standing) throw new Error(`entitlement ${entitlementId} has no decision`);
    const answer = await recheckAll(stores, found.entitlement, standing, at);
    if (answer.kind === "not-due") {
      await withdrawUnpaid(stores, found, answer, at);
      return "withdrawn";
    }
    const payee = await payeeOf(stores, found, attempts.at(-1), at);
    if (!payee) return "awaiting-account";
    const { setOffFen } = await stores.owed.setOffOf(entitlementId);
    const payment = prepare(found.entitlement, attempts.length + 1, payee, at, setOffFen);
    const prepared = await record(stores, payment, at);
    const { budgetLine: line, amountFen } = payment;
    if (prepared === "prepared" && isSentBack(attempts))
      await stores.budget.move([renewal({ line, amountFen }, payment.id)], at);
    return prepared;
  });
}

/** Due by itself, and still due beside all else that the firm was promised or has received by now. */
export async function recheckAll(
  stores: Pick<Stores, "entitlements" | "stacking">,
  owed: Entitlement,
  standing: Standing,
  at: Date,
): Promise<Recheck> {
  const alone = recheck(owed, standing);
  if (alone.kind !== "due") return alone;
  return recheckBeside(await standsAgainst(stores, [owed], at), standing.decision.id);
}

/** The account agreed to, unless the bank refused it: then the one that the firm has named since. */
async function payeeOf(
  stores: Stores,
  { entitlement, rowVersion }: Versioned,
  last: Payment | undefined,
  at: Date,
): Promise<PayeeAccount | undefined> {
  const { entitlements, payeeAccounts } = stores;
  const agreed = agreedAccount(entitlement);
  const refused = last?.status === "rejected" || last?.status === "returned" ? last.bankAccountId : undefined;
  const account = await payeeAccounts.get(agreed);
  if (agreed !== refused) return account;
  // What is no account cannot be replaced by one: it arrives where the institution's records say, or waits for them.
  if (account.channel) return elsewhereAnew(stores, { entitlement, rowVersion }, account, at);
  const active = await payeeAccounts.activeOf(entitlement.firmCode);
  if (!active || active.id === refused || active.source !== NAMED_BY_FIRM) return undefined;
  await entitlements.save(redirect(entitlement, active.id), rowVersion);
  return active;
}

async function elsewhereAnew(
  { entitlements, payeeAccounts, destinations, awardParts }: Stores,
  { entitlement, rowVersion }: Versioned,
  refused: PayeeAccount,
  at: Date,
): Promise<PayeeAccount | undefined> {
  const { id: claim, firmCode, amountFen } = entitlement;
  const part = (await awardParts.of([claim])).get(claim);
  const { places = [] } = await destinations.of({ ...entitlement, amountFen: part?.awardFen ?? amountFen });
  const beside = await awardParts.accountsBeside(claim);
  const place = replacementOf(entitlement, { refused: refused.id, beside }, places);
  if (!place) return undefined;
  const id = await destinations.accountAt(firmCode, place, at);
  await entitlements.save(redirect(entitlement, id), rowVersion);
  return payeeAccounts.get(id);
}

function agreedAccount(entitlement: Entitlement): string {
  if (!("bankAccountId" in entitlement)) throw new Error(`entitlement ${entitlement.id} names no account`);
  return entitlement.bankAccountId;
}

async function record({ payments, journal }: Stores, payment: Payment, at: Date): Promise<"prepared" | "already"> {
  if ((await payments.insert(payment)) === "already") return "already";
  const { id, entitlementId, attempt, amountFen } = payment;
  const payload = { entitlementId, attempt, amountFen: String(amountFen), accountDigest: accountDigest(payment) };
  await journal.append({ type: "payment-prepared", subject: id, actor: "system:payment", at, payload });
  return "prepared";
}

/**
 * Stands for an account in the journal, which holds no personal data. Made of the blind index, since a
 * plain digest of a number gives the number away to whoever tries them all.
 */
export function accountDigest({
  holderName,
  accountIndex,
  bankCode,
}: Pick<Payee, "holderName" | "accountIndex" | "bankCode">): string {
  return digestOf({ holderName, accountIndex, bankCode });
}
