import type { BudgetStore } from "../budget/budget-store.ts";
import { reservationKey } from "../budget/posting.ts";
import type { PayeeAccounts } from "../confirmation/consent.ts";
import { confirm, type Entitlement, grantOf, withdraw } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import { type LineSuccessions, lineForNewOffers } from "../entitlement/line-for-offers.ts";
import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { type Fen, fen } from "../kernel/money.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import { recordVoid } from "../payment/draft-batch.ts";
import { isLive } from "../payment/payment.ts";
import type { OwedStore, PaymentStore } from "../payment/payment-store.ts";
import { withdrawUnpaid } from "../payment/withdraw-unpaid.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { topUpNotice } from "./recovery-notice.ts";
import type { FollowUpStore } from "./recovery-store.ts";

export type TopUpStores = Readonly<{
  entitlements: EntitlementStore;
  owed: Pick<OwedStore, "lock" | "setOffOf">;
  payments: PaymentStore;
  payees: PayeeAccounts;
  followUps: FollowUpStore;
  policyVersions: Pick<PolicyVersionStore, "titleOf">;
  budget: Pick<BudgetStore, "reserve" | "move">;
  lineSuccessions: LineSuccessions;
  notices: NoticeBoard;
  journal: Journal;
}>;

/** As long as for an offer of its own: 30 days, the day of the notice not counted. */
const CONFIRM_WITHIN_DAYS = 30;

/**
 * More was due than was paid: an additional entitlement, bound to the paid one and reserved from its
 * fund like any other, or from the line that this has gone on to. The firm's consent to the award
 * covers its right amount as long as the money goes to the account that it agreed to; else it is asked.
 *
 * @param award paid, and locked
 * @returns id of the new entitlement
 */
export async function grantTopUp(
  stores: TopUpStores,
  award: Entitlement,
  { amountFen, reassessmentId, at }: Readonly<{ amountFen: Fen; reassessmentId: string; at: Date }>,
): Promise<string> {
  const nth = (await stores.followUps.topUpsOf(award.id)).length + 1;
  const confirmBefore = startOfDay(addDays(dayOf(at), CONFIRM_WITHIN_DAYS + 1));
  const offered: Entitlement = {
    ...grantOf(award),
    budgetLine: lineForNewOffers(award.budgetLine, await stores.lineSuccessions.list()),
    id: derivedId("entitlement", award.id, "top-up", reassessmentId),
    period: `${award.period}+${nth}`,
    ...{ amountFen, offeredAt: at, confirmBefore, remindersSent: 0, status: "offered" },
  };
  await stores.entitlements.insert(offered);
  const { id: subject, decisionId } = offered;
  const actor = "system:recovery";
  const resultSha256 = await stores.followUps.resultOf(decisionId);
  const offer = { decisionId, resultSha256, amountFen: String(amountFen) };
  await stores.journal.append({ type: "entitlement-offered", subject, actor, at, payload: offer });
  const consent = (await isCovered(stores, award)) ? "covered" : "asked";
  const granted = { awardId: award.id, reassessmentId, amountFen: String(amountFen), consent } as const;
  await stores.journal.append({ type: "top-up-granted", subject, actor, at, payload: granted });
  if (consent === "covered") await agree(stores, subject, award, at);
  const title = await stores.policyVersions.titleOf(award.policyVersionId);
  const text = topUpNotice(title, amountFen, consent, addDays(dayOf(at), CONFIRM_WITHIN_DAYS));
  const id = derivedId("notice", "top-up", subject);
  await stores.notices.post({ ...text, id, firmCode: award.firmCode, kind: "top-up", entitlementIds: [subject], at });
  return subject;
}

async function isCovered({ payees }: TopUpStores, award: Entitlement): Promise<boolean> {
  if (!("bankAccountId" in award)) return false;
  return (await payees.activeOf(award.firmCode))?.id === award.bankAccountId;
}

/** Under the consent that the award was agreed to with; short funds mean the waiting list, as for anybody. */
async function agree(stores: TopUpStores, id: string, award: Entitlement, at: Date): Promise<void> {
  if (!("consentId" in award) || !("bankAccountId" in award)) throw new Error(`${award.id} is paid without a consent`);
  const { consentId, bankAccountId } = award;
  const { entitlement, rowVersion } = await stores.entitlements.get(id);
  const { budgetLine: line } = entitlement;
  const businessKey = reservationKey(id, consentId);
  const reserved = await stores.budget.reserve({ line, amountFen: entitlement.amountFen, businessKey, at });
  await stores.entitlements.save(
    confirm(entitlement, { consentId, bankAccountId, confirmedAt: at }, reserved),
    rowVersion,
  );
  const type = reserved === "reserved" ? "entitlement-confirmed" : "entitlement-waitlisted";
  const payload = { consentId, amountFen: String(entitlement.amountFen) };
  await stores.journal.append({ type, subject: id, actor: "system:recovery", at, payload });
}

/**
 * Takes back what was topped up and has not been paid: a newer correction says that it is not due.
 * One whose payment is on its way stays.
 *
 * @returns how much was taken back
 */
export async function withdrawTopUps(stores: TopUpStores, award: Entitlement, reason: string, at: Date): Promise<Fen> {
  const ids = await stores.followUps.topUpsOf(award.id);
  const found = await stores.owed.lock(ids);
  let withdrawnFen = 0n;
  for (const id of ids) {
    const topUp = found.get(id);
    if (topUp && (await withdrawOne(stores, topUp, reason, at))) withdrawnFen += topUp.entitlement.amountFen;
  }
  return fen(withdrawnFen);
}

async function withdrawOne(stores: TopUpStores, found: Versioned, reason: string, at: Date): Promise<boolean> {
  const { entitlement, rowVersion } = found;
  const { id, status, decisionId } = entitlement;
  if (status === "confirmed") {
    const live = (await stores.payments.lockOf([id])).filter(isLive);
    if (live.some((payment) => payment.status !== "reserved")) return false;
    for (const payment of live) await recordVoid(stores, payment, reason, at, "system:recovery");
    await withdrawUnpaid(stores, found, { reason, decisionId }, at);
    return true;
  }
  if (status !== "offered" && status !== "waitlisted") return false;
  await stores.entitlements.save(withdraw(entitlement, reason, at), rowVersion);
  const payload = { decisionId, reason };
  await stores.journal.append({ type: "entitlement-withdrawn", subject: id, actor: "system:recovery", at, payload });
  return true;
}
