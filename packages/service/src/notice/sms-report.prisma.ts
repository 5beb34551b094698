import type { Tx } from "../platform/store.prisma.ts";
import type { SmsReportStore } from "./record-sms-report.ts";

export function smsReportStore(tx: Tx): SmsReportStore {
  return {
    async keep({ id, status, reason, isKnown, at }) {
      const row = { dispatchId: id, status, isKnown, reason: reason?.slice(0, 500) ?? null, receivedAt: at };
      const { count } = await tx.smsReport.createMany({ data: [row], skipDuplicates: true });
      return count === 1;
    },
  };
}
