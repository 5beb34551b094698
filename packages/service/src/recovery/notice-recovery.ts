import type { Entitlement } from "../entitlement/entitlement.ts";
import { dayOf } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { Ground, Recovery } from "./recovery.ts";
import { recoveryNotice } from "./recovery-notice.ts";
import { type RecoveryStore, STATE_WITHIN_WORKING_DAYS } from "./recovery-store.ts";
import { referenceOf } from "./reference.ts";

export type NoticeRecoveryStores = Readonly<{
  recoveries: RecoveryStore;
  policyVersions: Pick<PolicyVersionStore, "titleOf">;
  notices: NoticeBoard;
  journal: Journal;
}>;

export type Claim = Readonly<{ ground: Ground; facts: string; claimedFen: bigint; by: string; at: Date }>;

/** Asks a firm for money of a paid award, in a notice that says why and until when it is heard. */
export async function noticeRecovery(
  { recoveries, policyVersions, notices, journal }: NoticeRecoveryStores,
  { id: entitlementId, firmCode, budgetLine, policyVersionId }: Entitlement,
  { ground, facts, claimedFen, by, at }: Claim,
): Promise<Readonly<{ recovery: Recovery; isNew: boolean }>> {
  const id = derivedId("recovery", entitlementId, ground.kind, ground.document);
  const stateBy = addWorkingDays(dayOf(at), STATE_WITHIN_WORKING_DAYS);
  const recovery: Recovery = {
    ...{ id, entitlementId, firmCode, budgetLine, ground, facts, stateBy },
    reference: referenceOf(id),
    claimedFen: fen(claimedFen),
    correctedFen: fen(0),
    openedBy: by,
    openedAt: at,
    status: "noticed",
  };
  if ((await recoveries.insert(recovery)) === "already") return { recovery: await recoveries.get(id), isNew: false };
  const text = recoveryNotice(await policyVersions.titleOf(policyVersionId), recovery);
  await notices.post({
    ...text,
    id: derivedId("notice", "recovery", id),
    firmCode,
    kind: "recovery",
    entitlementIds: [entitlementId],
    at,
  });
  const reassessmentId = ground.kind === "review" ? ground.reassessmentId : null;
  const payload = {
    entitlementId,
    ground: ground.kind,
    reassessmentId,
    claimedFen: String(recovery.claimedFen),
    stateBy,
  };
  await journal.append({ type: "recovery-noticed", subject: id, actor: by, at, payload });
  return { recovery, isNew: true };
}
