import { offsetKept } from "../budget/posting.ts";
import { type Entitlement, markPaid } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { StackingStore } from "../entitlement/stacking-terms.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import { lesserFen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import { recordVoid } from "../payment/draft-batch.ts";
import { isSentBack } from "../payment/held-money.ts";
import { isLive, type Payment } from "../payment/payment.ts";
import type { OwedStore, PaymentStore, Standings } from "../payment/payment-store.ts";
import { recheckAll } from "../payment/prepare-payment.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { Offset, OffsetBasis } from "./offset.ts";
import { hold, type OwedRecovery, outstandingOf, type Recovery } from "./recovery.ts";
import { offsetNotice } from "./recovery-notice.ts";
import { bookOffset, type SettleOffsetStores } from "./settle-offset.ts";

export type AgreeOffsetStores = SettleOffsetStores &
  Readonly<{
    owed: Pick<OwedStore, "lock" | "saveOutcomes">;
    payments: PaymentStore;
    standings: Standings;
    entitlements: EntitlementStore;
    stacking: StackingStore;
    policyVersions: Pick<PolicyVersionStore, "titleOf">;
    notices: NoticeBoard;
  }>;
export type AgreeOffsetDeps = Readonly<{ transaction: Transaction<AgreeOffsetStores>; clock: Clock }>;

export type OffsetWanted = Readonly<{
  recoveryId: string;
  /** The benefit to keep it back of. */
  entitlementId: string;
  basis: OffsetBasis;
  ground: string;
  by: string;
  /** Whose pages it is wanted on; another firm's debt or benefit is as one that does not exist. */
  firmCode?: string | undefined;
}>;

/**
 * Keeps back of a benefit, before its money leaves, what its firm owes back: as much as is open, at most
 * all of it. The rest is paid as ever. Where nothing is left to pay, the benefit is paid by this alone, if the
 * newest facts say that it is due.
 * @throws DomainError recovery-not-found | entitlement-not-found | recovery-not-open | offset-not-possible | bad-input
 */
export function agreeOffset({ transaction, clock }: AgreeOffsetDeps, wanted: OffsetWanted): Promise<Offset> {
  const { recoveryId, entitlementId, basis, by, firmCode } = wanted;
  const ground = wanted.ground.trim();
  if (ground === "") throw new DomainError("bad-input", "请写明抵扣的依据。Say what allows it.");
  return transaction(async (stores) => {
    const at = clock.now();
    const benefit = (await stores.owed.lock([entitlementId])).get(entitlementId);
    const attempts = await stores.payments.lockOf([entitlementId]);
    const debt = await stores.recoveries.get(recoveryId);
    const owed = requirePossible(debt, benefit, attempts, firmCode);
    const earlier = await stores.offsets.liveOf(entitlementId);
    if (earlier?.recoveryId === recoveryId) return earlier;
    if (earlier || !benefit) throw notPossible("这项补贴已经有一笔抵扣。Something is kept back of it already.", wanted);
    const amountFen = lesserFen(outstandingOf(owed), benefit.entitlement.amountFen);
    if (amountFen === benefit.entitlement.amountFen) await requireDue(stores, benefit.entitlement, wanted, at);
    const nth = await stores.offsets.countOf(recoveryId, entitlementId);
    const offset: Offset = {
      ...{ id: derivedId("offset", recoveryId, entitlementId, nth), recoveryId, entitlementId, basis, ground },
      ...{ agreedBy: by, agreedAt: at, status: "agreed" },
      amountFen,
    };
    for (const payment of attempts.filter(isLive)) await recordVoid(stores, payment, `offset ${offset.id}`, at, by);
    await stores.offsets.insert(offset);
    if (isSentBack(attempts)) {
      const { budgetLine: line } = benefit.entitlement;
      await stores.budget.move([offsetKept({ line, amountFen }, offset.id)], at);
    }
    await stores.recoveries.save(hold(owed, offset.amountFen, at));
    const payload = { recoveryId, entitlementId, amountFen: String(offset.amountFen), basis };
    await stores.journal.append({ type: "offset-agreed", subject: offset.id, actor: by, at, payload });
    // The firm knows what it has agreed to; what is kept back without is told before the rest is paid.
    if (basis === "law") await tellOfOffset(stores, owed, benefit, offset, at);
    if (offset.amountFen < benefit.entitlement.amountFen) return offset;
    return payByOffset(stores, benefit, offset, by, at);
  });
}

function requirePossible(
  debt: Recovery,
  benefit: Versioned | undefined,
  attempts: readonly Payment[],
  firmCode: string | undefined,
): OwedRecovery {
  if (firmCode !== undefined && debt.firmCode !== firmCode) {
    throw new DomainError("recovery-not-found", "没有这件追缴。No such recovery.", { id: debt.id });
  }
  if (benefit?.entitlement.firmCode !== debt.firmCode) {
    throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.");
  }
  if (debt.status !== "owed") {
    throw new DomainError("recovery-not-open", "这件追缴没有应退的金额。Nothing of it is owed.", { id: debt.id });
  }
  const { id, status } = benefit.entitlement;
  const isOnItsWay = attempts.some((payment) => isLive(payment) && payment.status !== "reserved");
  if (status !== "confirmed" || isOnItsWay || outstandingOf(debt) === 0n) {
    throw notPossible("只有已确认、还没有送银行的补贴可以抵扣。Only what is agreed and has not left can be set off.", {
      recoveryId: debt.id,
      entitlementId: id,
    });
  }
  return debt;
}

/** No payment looks again at what a set-off alone pays, so that it is looked at here. */
async function requireDue(
  { standings, ...stores }: AgreeOffsetStores,
  benefit: Entitlement,
  wanted: OffsetWanted,
  at: Date,
): Promise<void> {
  const standing = (await standings.of([benefit.id])).get(benefit.id);
  if (!standing) throw new Error(`entitlement ${benefit.id} has no decision`);
  const answer = await recheckAll(stores, benefit, standing, at);
  if (answer.kind === "due") return;
  const message = "这项补贴还要复核，确定应付后才能抵扣。It can be set off once the newest facts say that it is due.";
  throw notPossible(message, wanted, { waitsFor: answer.reason });
}

async function tellOfOffset(
  { policyVersions, notices }: AgreeOffsetStores,
  { reference }: OwedRecovery,
  { entitlement: { id: entitlementId, firmCode, policyVersionId, amountFen } }: Versioned,
  offset: Offset,
  at: Date,
): Promise<void> {
  const title = await policyVersions.titleOf(policyVersionId);
  await notices.post({
    ...offsetNotice(title, { reference, ground: offset.ground, amountFen: offset.amountFen, benefitFen: amountFen }),
    ...{ id: derivedId("notice", "offset", offset.id), firmCode, kind: "recovery-decided" },
    ...{ entitlementIds: [entitlementId], at },
  });
}

async function payByOffset(
  stores: AgreeOffsetStores,
  { entitlement, rowVersion }: Versioned,
  offset: Offset,
  actor: string,
  at: Date,
): Promise<Offset> {
  const applied = await bookOffset(stores, offset, entitlement.budgetLine, at);
  await stores.owed.saveOutcomes([{ entitlement: markPaid(entitlement, at), rowVersion }]);
  const payload = { offsetId: offset.id, amountFen: String(offset.amountFen) };
  await stores.journal.append({ type: "entitlement-set-off", subject: entitlement.id, actor, at, payload });
  return applied;
}

function notPossible(
  message: string,
  { recoveryId, entitlementId }: Pick<OffsetWanted, "recoveryId" | "entitlementId">,
  more: Readonly<Record<string, string>> = {},
) {
  return new DomainError("offset-not-possible", message, { recoveryId, entitlementId, ...more });
}
