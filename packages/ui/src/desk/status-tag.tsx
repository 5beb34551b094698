import { catalogue, useWords } from "../kit/reader.ts";
import type { BatchStatus, EntitlementStatus, Outcome, PaymentStatus } from "../kit/status.ts";

const words = catalogue(
  {
    entitlement: {
      offered: "待确认",
      confirmed: "已确认",
      waitlisted: "排队",
      declined: "暂不领取",
      lapsed: "已过期",
      withdrawn: "已撤回",
      paid: "已拨付",
      received: "已到账",
    } satisfies Record<EntitlementStatus, string>,
    payment: {
      reserved: "已预留",
      batched: "已入批次",
      submitted: "已送银行",
      accepted: "银行已受理",
      settled: "已入账",
      rejected: "银行拒绝",
      returned: "银行退回",
      voided: "已作废",
    } satisfies Record<PaymentStatus, string>,
    batch: {
      drafted: "待复核",
      approved: "已复核",
      sending: "发送中",
      sent: "已送银行",
      closed: "已对账",
      cancelled: "已作废",
    } satisfies Record<BatchStatus, string>,
    outcome: { eligible: "符合", ineligible: "不符合", undetermined: "数据缺" } satisfies Record<Outcome, string>,
  },
  {
    entitlement: {
      offered: "offered",
      confirmed: "confirmed",
      waitlisted: "in the queue",
      declined: "declined",
      lapsed: "lapsed",
      withdrawn: "withdrawn",
      paid: "paid",
      received: "received",
    },
    payment: {
      reserved: "reserved",
      batched: "in a batch",
      submitted: "sent to bank",
      accepted: "accepted",
      settled: "settled",
      rejected: "rejected",
      returned: "returned",
      voided: "voided",
    },
    batch: {
      drafted: "to approve",
      approved: "approved",
      sending: "sending",
      sent: "sent to bank",
      closed: "reconciled",
      cancelled: "cancelled",
    },
    outcome: { eligible: "eligible", ineligible: "not eligible", undetermined: "undetermined" },
  },
);

type Kind = keyof (typeof words)["zh"];
type StatusOf<K extends Kind> = keyof (typeof words)["zh"][K] & string;

const good = new Set(["paid", "received", "settled", "closed", "eligible"]);
const bad = new Set(["rejected", "returned", "ineligible"]);
const warn = new Set(["waitlisted", "drafted", "undetermined"]);
const off = new Set(["declined", "lapsed", "withdrawn", "cancelled", "voided"]);

/** A state in words; the colour only helps. */
export function StatusTag<K extends Kind>({ kind, of }: Readonly<{ kind: K; of: StatusOf<K> }>) {
  const tone = good.has(of) ? "good" : bad.has(of) ? "bad" : warn.has(of) ? "warn" : off.has(of) ? "off" : "";
  const text: Readonly<Record<string, string>> = useWords(words)[kind];
  return <span className={`tag ${tone}`}>{text[of]}</span>;
}
