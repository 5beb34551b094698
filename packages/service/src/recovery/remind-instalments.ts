import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { addDays } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { openFen, standingOf } from "./instalments.ts";
import { cameBackOf, debtOf } from "./recovery.ts";
import { instalmentNotice } from "./recovery-notice.ts";
import type { RecoveryStore } from "./recovery-store.ts";

type Stores = Readonly<{
  recoveries: Pick<RecoveryStore, "listOwed">;
  entitlements: Pick<EntitlementStore, "get">;
  policyVersions: Pick<PolicyVersionStore, "titleOf">;
  notices: NoticeBoard;
}>;
export type RemindInstalmentsDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** So many days before an instalment is due its firm hears of it. */
const BEFORE_DAYS = 7;

/**
 * Tells firms what is due in a week and what is overdue; each instalment once of either, however often it runs.
 * @returns how many instalments are due soon, and how many are overdue
 */
export function remindInstalments({ transaction, clock }: RemindInstalmentsDeps) {
  return transaction(async ({ recoveries, entitlements, policyVersions, notices }) => {
    const at = clock.now();
    const day = today(clock);
    const count = { due: 0, overdue: 0 };
    for (const recovery of await recoveries.listOwed()) {
      const standing = standingOf(recovery, debtOf(recovery), cameBackOf(recovery), day);
      const told = standing.filter(({ dueOn, amountFen, paidFen }) => {
        return paidFen < amountFen && day >= addDays(dueOn, -BEFORE_DAYS);
      });
      if (told.length === 0) continue;
      const { id: recoveryId, entitlementId, firmCode } = recovery;
      const { policyVersionId } = (await entitlements.get(entitlementId)).entitlement;
      const title = await policyVersions.titleOf(policyVersionId);
      for (const instalment of told) {
        const kind = instalment.calledIn ? "called-in" : instalment.overdue ? "overdue" : "due";
        const id = derivedId("notice", "instalment", recoveryId, instalment.nth, kind);
        const later = standing.filter(({ nth }) => nth > instalment.nth);
        const text = instalmentNotice(title, recovery, { ...instalment, laterFen: openFen(later) });
        await notices.post({ ...text, id, firmCode, kind: "instalment-due", entitlementIds: [entitlementId], at });
        count[instalment.overdue ? "overdue" : "due"] += 1;
      }
    }
    return count;
  });
}
