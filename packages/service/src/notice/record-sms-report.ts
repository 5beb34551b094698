import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { ChannelName } from "./channel.ts";
import type { DeliverStores } from "./deliver-dispatches.ts";
import { recordBounce } from "./record-bounce.ts";

/** What became of one text message, as the gateway says. `id`: the one that the message was handed over with. */
export type SmsReport = Readonly<{ id: string; status: "delivered" | "failed"; reason?: string | undefined }>;

export type SmsReportStore = {
  /** `false` where this was reported before. */
  keep(report: SmsReport & Readonly<{ isKnown: boolean; at: Date }>): Promise<boolean>;
};

export type SmsReportDeps = Readonly<{
  transaction: Transaction<DeliverStores & Readonly<{ smsReports: SmsReportStore }>>;
  clock: Clock;
  channels: ReadonlySet<ChannelName>;
}>;

export type ReportOutcome = "recorded" | "repeated" | "set-aside";

/**
 * A text message arrived, which proves that its firm was told, or did not: then it goes by the next way, and
 * in the end to the people who call. Reports come in any order and often twice; each counts once, and
 * one that names no message of ours is set aside.
 */
export async function recordSmsReport(deps: SmsReportDeps, report: SmsReport): Promise<ReportOutcome> {
  return deps.transaction(async (stores) => {
    const at = deps.clock.now();
    const taken = await stores.dispatches.takenBy("sms", report.id);
    const isKnown = taken !== undefined || (await stores.dispatches.isOurs("sms", report.id));
    if (!(await stores.smsReports.keep({ ...report, isKnown, at }))) return "repeated";
    if (!isKnown) return "set-aside";
    // Known to have failed, and on its way by another channel: a late word changes nothing.
    if (!taken) return "recorded";
    if (report.status === "failed") {
      const within = { ...deps, transaction: <Result>(work: (of: typeof stores) => Promise<Result>) => work(stores) };
      await recordBounce(within, { dispatchId: report.id, reason: report.reason ?? "the gateway reports a failure" });
      return "recorded";
    }
    if (taken.letterId !== undefined) await stores.letters.settle([taken.letterId], "delivered");
    await stores.proofs.ofDispatches([report.id], at);
    const payload = { channel: "sms" };
    await stores.journal.append({ type: "notice-arrived", subject: report.id, actor: "system:notices", at, payload });
    return "recorded";
  });
}
