import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, formatYuan } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { OwedStore } from "../payment/payment-store.ts";
import { type NoticeRecoveryStores, noticeRecovery } from "./notice-recovery.ts";
import type { Recovery } from "./recovery.ts";
import type { FollowUpStore } from "./recovery-store.ts";

export type OpenRecoveryStores = NoticeRecoveryStores &
  Readonly<{ owed: Pick<OwedStore, "lock">; followUps: Pick<FollowUpStore, "standingOf"> }>;
export type OpenRecoveryDeps = Readonly<{ transaction: Transaction<OpenRecoveryStores>; clock: Clock }>;

export type OpenRecovery = Readonly<{
  entitlementId: string;
  kind: "repealed-decision" | "revoked-title";
  /** Number of the paper that repeals or revokes (文号). */
  document: string;
  facts: string;
  claimedFen: Fen;
  by: string;
}>;

/**
 * An official asks money back because the decision was repealed or the title revoked after it was
 * paid. The same paper again is the same recovery.
 * @throws DomainError entitlement-not-found | entitlement-not-open: not paid | bad-input: nothing, or more than the
 *   award stands at
 */
export function openRecovery(
  { transaction, clock }: OpenRecoveryDeps,
  { entitlementId, kind, document, facts, claimedFen, by }: OpenRecovery,
): Promise<Recovery> {
  return transaction(async (stores) => {
    const award = (await stores.owed.lock([entitlementId])).get(entitlementId)?.entitlement;
    if (!award) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    const { status } = award;
    if (status !== "paid" && status !== "received") {
      throw new DomainError("entitlement-not-open", "还没有拨付，不需要追缴。It is not paid.", {
        id: award.id,
        status,
      });
    }
    const paper = document.trim();
    const known = (await stores.recoveries.lockOfAward(award.id)).find(
      ({ ground }) => ground.kind === kind && ground.document === paper,
    );
    if (known) return known;
    const most = await stores.followUps.standingOf(award.id);
    if (claimedFen <= 0n || claimedFen > most) {
      throw new DomainError(
        "bad-input",
        `金额应大于零，且不超过 ${formatYuan(most)} 元（已拨付减去已在追缴的）。At most CNY ${formatYuan(most)} of this award can be asked back.`,
        { id: award.id, standingFen: String(most) },
      );
    }
    const claim = { ground: { kind, document: paper }, facts: facts.trim(), claimedFen, by, at: clock.now() };
    return (await noticeRecovery(stores, award, claim)).recovery;
  });
}
