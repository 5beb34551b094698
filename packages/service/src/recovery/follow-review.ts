import { factText, labelOf } from "@apply-free/rules";
import { unclaim } from "../budget/posting.ts";
import type { Entitlement } from "../entitlement/entitlement.ts";
import type { Clock } from "../kernel/clock.ts";
import { type Fen, fen, lesserFen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { Reassessment } from "../reassessment/reassessment.ts";
import type { ReassessmentStore } from "../reassessment/reassessment-store.ts";
import { tell } from "./decide-recovery.ts";
import { type NoticeRecoveryStores, noticeRecovery } from "./notice-recovery.ts";
import { correct, correctableFen, debtOf, type Recovery } from "./recovery.ts";
import { grantTopUp, type TopUpStores, withdrawTopUps } from "./top-up.ts";

export type FollowReviewStores = TopUpStores &
  NoticeRecoveryStores &
  Readonly<{ reassessments: Pick<ReassessmentStore, "get">; policyVersions: PolicyVersionStore }>;

export type FollowReviewDeps = Readonly<{
  transaction: Transaction<FollowReviewStores>;
  clock: Clock;
  compiled: CompiledPolicies;
}>;

type Upheld = Extract<Reassessment, { status: "upheld" | "dismissed" | "superseded" }>;

/**
 * What an upheld review leads to, exactly once. Less was due: what was topped up and not paid yet is
 * taken back, and the rest is asked back, with a hearing. More was due: what earlier reviews asked back
 * and has not come yet is not asked any more, and the rest is paid on top.
 */
export function followReview(
  { transaction, clock, compiled }: FollowReviewDeps,
  reassessmentId: string,
): Promise<void> {
  return transaction(async (stores) => {
    const review = await stores.reassessments.get(reassessmentId);
    if (review.status !== "upheld" || review.dueFen === undefined) return;
    const { entitlementId: awardId, paidFen, dueFen } = review;
    const award = (await stores.owed.lock([awardId])).get(awardId)?.entitlement;
    if (!award) throw new Error(`review ${reassessmentId} is of no entitlement`);
    if (await stores.followUps.isFollowed(reassessmentId)) return;
    const at = clock.now();
    const rule = await compiled.load(stores.policyVersions, award.policyVersionId);
    const said = { facts: factsOf(review, rule), document: documentOf(review, rule) };
    if (dueFen < paidFen) await takeBack(stores, award, review, fen(paidFen - dueFen), said, at);
    else await giveMore(stores, award, review, fen(dueFen - paidFen), at);
  });
}

async function takeBack(
  stores: FollowReviewStores,
  award: Entitlement,
  review: Upheld,
  lessFen: Fen,
  { facts, document }: Readonly<{ facts: string; document: string }>,
  at: Date,
): Promise<void> {
  const reassessmentId = review.id;
  const withdrawnFen = await withdrawTopUps(stores, award, `review ${reassessmentId}`, at);
  const followed = { reassessmentId, awardId: award.id, correctedFen: fen(0), withdrawnFen, at };
  if (withdrawnFen >= lessFen) {
    const amountFen = fen(withdrawnFen - lessFen);
    const topUp = amountFen > 0n && {
      entitlementId: await grantTopUp(stores, award, { amountFen, reassessmentId, at }),
      amountFen,
    };
    return stores.followUps.insert({ ...followed, ...(topUp && { topUp }) });
  }
  const ground = { kind: "review", reassessmentId, document } as const;
  const claimedFen = fen(lessFen - withdrawnFen);
  const { recovery } = await noticeRecovery(stores, award, { ground, facts, claimedFen, by: review.closedBy, at });
  await stores.followUps.insert({ ...followed, recoveryId: recovery.id });
}

async function giveMore(
  stores: FollowReviewStores,
  award: Entitlement,
  { id: reassessmentId }: Upheld,
  moreFen: Fen,
  at: Date,
): Promise<void> {
  let rest: bigint = moreFen;
  // The newest claim first: it is the one that the newest facts contradict.
  for (const recovery of (await stores.recoveries.lockOfAward(award.id)).toReversed()) {
    const amountFen = lesserFen(correctableFen(recovery), rest);
    if (amountFen === 0n) continue;
    await correctClaim(stores, recovery, amountFen, reassessmentId, at);
    rest -= amountFen;
  }
  const followed = { reassessmentId, awardId: award.id, correctedFen: fen(moreFen - rest), withdrawnFen: fen(0), at };
  if (rest === 0n) return stores.followUps.insert(followed);
  const amountFen = fen(rest);
  const entitlementId = await grantTopUp(stores, award, { amountFen, reassessmentId, at });
  await stores.followUps.insert({ ...followed, topUp: { entitlementId, amountFen } });
}

async function correctClaim(
  stores: FollowReviewStores,
  recovery: Recovery,
  amountFen: Fen,
  reassessmentId: string,
  at: Date,
): Promise<void> {
  const { id, budgetLine: line, status } = recovery;
  const corrected = correct(recovery, amountFen, at);
  await stores.recoveries.save(corrected);
  // What was waived is not in the books; only what is owed less moves.
  const lessFen = fen(debtOf(recovery) - debtOf(corrected));
  if (lessFen > 0n) await stores.budget.move([unclaim({ line, amountFen: lessFen }, id, reassessmentId)], at);
  const actor = "system:recovery";
  const payload = { reassessmentId, amountFen: String(amountFen) };
  await stores.journal.append({ type: "recovery-corrected", subject: id, actor, at, payload });
  if (corrected.status === status) return;
  await tell(stores, corrected, at);
  await stores.journal.append({ type: "recovery-closed", subject: id, actor, at, payload: { how: "corrected" } });
}

/** What a claim rests on: the policy as published, and the review that applied it to the facts as they are known now. */
function documentOf({ id }: Reassessment, { policy }: CompiledPolicy): string {
  const { issuer, no } = policy.document;
  return `${no ? `${issuer}（${no}）` : issuer}“${policy.title.zh}”，已兑付复核 ${id}`.slice(-200);
}

/** The facts as the firm reads them: what the award was decided with, and what is known now. */
function factsOf({ changed, asOf }: Reassessment, { vocabulary }: CompiledPolicy): string {
  const said = changed.map(({ factId, was, now }) => {
    const text = (value: typeof was) => (value === undefined ? "没有数据" : factText(vocabulary, factId, value).zh);
    return `“${labelOf(vocabulary, factId).zh}”认定时为 ${text(was)}，现核实为 ${text(now)}`;
  });
  return `${said.join("；")}（认定日期 ${asOf}）。`.slice(0, 2000);
}
