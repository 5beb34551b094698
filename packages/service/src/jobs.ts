import { type CloseDeps, closeEnded } from "./access/end-sessions.ts";
import { type CompareDeps, compareBooks } from "./audit/compare-books.ts";
import { type SealJournalDeps, sealJournal } from "./audit/seal-journal.ts";
import { type AdmitDeps, admitWaitlisted } from "./budget/admit-waitlisted.ts";
import { type AllocateDeps, allocateFunds } from "./budget/allocate-funds.ts";
import { type Clock, today } from "./kernel/clock.ts";
import { DomainError } from "./kernel/errors.ts";
import type { StoresOf, Transaction } from "./kernel/transaction.ts";
import { type FirmAnswers, type MatchingDeps, type MatchingStores, runMatching } from "./matching/run-matching.ts";
import { applyAnswers } from "./notice/apply-answers.ts";
import { type HoldDeps, holdUnseen } from "./notice/hold-unseen.ts";
import { type DeadlineDeps, lapseOffers, remindFirms } from "./notice/watch-deadlines.ts";
import type { OtherChannel } from "./payment/channel-tables.ts";
import { type DraftDeps, draftBatch } from "./payment/draft-batch.ts";
import { type PartsDeps, prepareDueParts } from "./payment/parts.ts";
import { type CollectDeps, collectBankReports } from "./payment/receive-bank-file.ts";
import { type SendDeps, sendApprovedBatches } from "./payment/send-batch.ts";
import { type PublishResultsDeps, publishResults } from "./publication/publish-results.ts";
import { type RemindInstalmentsDeps, remindInstalments } from "./recovery/remind-instalments.ts";
import { type PurgeDeps, purgeFacts } from "./retention/purge-facts.ts";
import { purgeKeptFiles } from "./retention/purge-kept-files.ts";
import type { Job } from "./run-jobs.ts";

type AnswerStores = Parameters<typeof applyAnswers>[0];
export type JobStores = MatchingStores &
  AnswerStores &
  StoresOf<AdmitDeps> &
  StoresOf<DeadlineDeps> &
  StoresOf<HoldDeps> &
  StoresOf<DraftDeps> &
  StoresOf<PartsDeps> &
  StoresOf<CollectDeps> &
  StoresOf<SendDeps> &
  StoresOf<CompareDeps> &
  StoresOf<AllocateDeps> &
  StoresOf<PublishResultsDeps> &
  StoresOf<PurgeDeps> &
  StoresOf<CloseDeps> &
  StoresOf<RemindInstalmentsDeps> &
  StoresOf<SealJournalDeps>;

export type JobsDeps = Pick<MatchingDeps, "clock" | "compiled" | "onProgress" | "everybody"> &
  Pick<SendDeps, "bank" | "onDoubt"> &
  Pick<CollectDeps, "bank" | "onRefused" | "onUnheard"> &
  Readonly<{
    transaction: Transaction<JobStores>;
    /** Real time, by which sessions end. */
    wallClock: Clock;
    institutions: ReadonlyMap<OtherChannel, SendDeps["bank"] & CollectDeps["bank"]>;
    /** Account id under which payment batches are drafted; somebody else approves them. */
    maker: string;
    /** Carries out what follows from events, sends waiting letters, seals the journal. */
    pump(): Promise<void>;
  }>;

/** What the clock starts, in the order in which jobs due at the same time run. */
export function jobsOf(deps: JobsDeps): readonly Job[] {
  const { clock, maker, pump, institutions } = deps;
  const others = [...institutions].map(([channel, bank]) => ({ ...deps, channel, bank }));
  return [
    {
      name: "lapse",
      purpose: {
        zh: "延长没有送达凭据的期限，关闭逾期未答复的补贴",
        en: "Hold offers nobody is known to have seen, close those without an answer",
      },
      schedule: { kind: "daily", at: "00:05", days: "all" },
      async run() {
        const { extended, called } = await holdUnseen(deps);
        const lapsed = await lapseOffers(deps);
        return {
          zh: `关闭 ${lapsed} 项，延期 ${extended} 项，新增待电话联系 ${called} 家`,
          en: `${lapsed} closed, ${extended} extended, ${called} more firms to call`,
        };
      },
    },
    {
      name: "match",
      purpose: { zh: "夜间智能匹配", en: "Nightly match" },
      schedule: { kind: "daily", at: "02:00", days: "all" },
      async run(slot) {
        const apply = (stores: JobStores, answers: readonly FirmAnswers[], runId: string) =>
          applyAnswers(stores, answers, runId, clock.now());
        const counts = await runMatching({ ...deps, apply }, slot);
        const { eligible, ineligible, undetermined, recorded, decided } = counts;
        return {
          zh: `判定 ${decided} 家，新决定 ${recorded}；共符合 ${eligible}，不符合 ${ineligible}，差数据 ${undetermined}`,
          en: `${decided} firms decided, ${recorded} new; in all ${eligible} eligible, ${ineligible} ineligible, ${undetermined} undetermined`,
        };
      },
    },
    {
      name: "purge-facts",
      purpose: { zh: "清理超过保存期限的数据", en: "Let facts go that were kept long enough" },
      schedule: { kind: "daily", at: "04:00", days: "all" },
      async run() {
        const purged = await purgeFacts(deps);
        const files = await purgeKeptFiles(deps);
        return { zh: `清理 ${purged} 项、文件 ${files} 份`, en: `${purged} purged, ${files} files` };
      },
    },
    {
      name: "close-sessions",
      purpose: {
        zh: "清理已结束的登录和到期授权的登录",
        en: "Close sessions that ended, and those of delegations that ran out",
      },
      schedule: { kind: "daily", at: "00:10", days: "all" },
      async run() {
        const { sessions, delegates, leftovers } = await closeEnded(deps, today(clock));
        return {
          zh: `登录 ${sessions}，到期授权 ${delegates}，其他 ${leftovers}`,
          en: `${sessions} sessions, ${delegates} of ended delegations, ${leftovers} leftovers`,
        };
      },
    },
    {
      name: "allocate",
      purpose: { zh: "按政策公布的规则分配资金", en: "Give out funds whose window has closed" },
      schedule: { kind: "daily", at: "00:30", days: "all" },
      async run() {
        const { served, waiting, turnedAway } = await allocateFunds(deps);
        return {
          zh: `兑付 ${served}，轮候 ${waiting}，未获 ${turnedAway}`,
          en: `${served} served, ${waiting} waiting, ${turnedAway} turned away`,
        };
      },
    },
    {
      name: "remind",
      purpose: { zh: "到期前提醒", en: "Reminders before the deadline" },
      // With the end of quiet hours, so that a reminder goes into the letter of its day.
      schedule: { kind: "daily", at: "08:00", days: "all" },
      async run() {
        const reminded = await remindFirms(deps);
        return { zh: `提醒 ${reminded} 家`, en: `${reminded} reminded` };
      },
    },
    {
      name: "compare-books",
      purpose: { zh: "核对分录、余额、拨付与银行", en: "Compare ledger, balances, payments and bank" },
      schedule: { kind: "every", minutes: 15 },
      async run() {
        const differences = await compareBooks(deps);
        if (differences === 0) return { zh: "一致", en: "all agree" };
        return { zh: `${differences} 处不符，停付`, en: `${differences} differences, payment is stopped` };
      },
    },
    {
      name: "remind-instalments",
      purpose: { zh: "退款到期和逾期提醒", en: "Reminders of instalments due and overdue" },
      schedule: { kind: "daily", at: "09:10", days: "working" },
      async run() {
        const { due, overdue } = await remindInstalments(deps);
        return { zh: `将到期 ${due} 期，逾期 ${overdue} 期`, en: `${due} due soon, ${overdue} overdue` };
      },
    },
    {
      name: "draft-payments",
      purpose: { zh: "编制拨付批次", en: "Draft the payment batch" },
      schedule: { kind: "daily", at: "10:00", days: "working" },
      async run() {
        const admitted = await admitWaitlisted(deps);
        await prepareDueParts(deps);
        await pump();
        const drafted = await unlessStopped(async () => {
          const drafts = [await draftBatch(deps, { maker })];
          for (const { channel } of others) drafts.push(await draftBatch(deps, { maker, channel }));
          return sumOf(drafts, "payments", "waiting", "withdrawn");
        });
        if (drafted === "stopped") return stopped;
        const { payments, waiting, withdrawn } = drafted;
        return {
          zh: `入批 ${payments} 笔，补位 ${admitted}，待排 ${waiting}，撤回 ${withdrawn}`,
          en: `${payments} in the batch, ${admitted} admitted, ${waiting} waiting, ${withdrawn} withdrawn`,
        };
      },
    },
    {
      name: "send-payments",
      purpose: { zh: "发送已复核的批次", en: "Send approved batches" },
      schedule: { kind: "every", minutes: 15 },
      async run() {
        const outcome = await unlessStopped(async () => {
          const runs = [await sendApprovedBatches(deps)];
          for (const each of others) runs.push(await sendApprovedBatches(each));
          return sumOf(runs, "sent", "inDoubt");
        });
        if (outcome === "stopped") return stopped;
        const { sent, inDoubt } = outcome;
        return { zh: `送银行 ${sent} 批，待查 ${inDoubt}`, en: `${sent} sent, ${inDoubt} in doubt` };
      },
    },
    {
      name: "reconcile",
      purpose: { zh: "银行回单对账", en: "Reconcile with the bank" },
      schedule: { kind: "every", minutes: 30 },
      async run() {
        const runs = [await collectBankReports(deps)];
        for (const each of others) runs.push(await collectBankReports(each));
        const { files, settled, returned, rejected, recovered, suspended } = sumOf(
          runs,
          "files",
          "settled",
          "returned",
          "rejected",
          "recovered",
          "suspended",
        );
        return {
          zh: `${files} 份回单：到账 ${settled}，退回 ${returned}，拒绝 ${rejected}，收回 ${recovered}，待查 ${suspended}`,
          en: `${files} files: ${settled} settled, ${returned} returned, ${rejected} rejected, ${recovered} recovered, ${suspended} in suspense`,
        };
      },
    },
    {
      name: "publish",
      purpose: { zh: "结果公示", en: "Publish results" },
      schedule: { kind: "daily", at: "18:00", days: "working" },
      async run() {
        const published = await publishResults(deps);
        return { zh: `公示 ${published} 笔`, en: `${published} published` };
      },
    },
    {
      name: "seal",
      purpose: { zh: "处理事件、发送通知、封存日志", en: "Follow up events, send notices, seal the journal" },
      schedule: { kind: "every", minutes: 5 },
      async run() {
        await pump();
        const { sealed } = await sealJournal(deps);
        return { zh: `封存 ${sealed} 条`, en: `${sealed} sealed` };
      },
    },
  ];
}

/** The counts of several runs, one by one. */
function sumOf<Name extends string>(
  runs: readonly Readonly<Record<Name, number>>[],
  ...names: readonly Name[]
): Record<Name, number> {
  const sums = names.map((name) => [name, runs.reduce((sum, run) => sum + run[name], 0)] as const);
  return Object.fromEntries(sums) as Record<Name, number>;
}

const stopped = { zh: "账实不符，停付中", en: "payment is stopped: the books differ" };

/** While payment is stopped a job is done when it has left everything where it is. */
async function unlessStopped<Result>(work: () => Promise<Result>): Promise<Result | "stopped"> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DomainError && cause.code === "payments-stopped") return "stopped";
    throw cause;
  }
}
