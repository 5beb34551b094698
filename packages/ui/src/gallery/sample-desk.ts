import type { AuditCaseProps } from "../desk/audit-case.ts";
import type { PaymentLine } from "../desk/batch-page.tsx";
import type { BatchBrief } from "../desk/batches-page.tsx";
import type { DeliveryBrief } from "../desk/deliveries-page.tsx";
import type { JournalEventView } from "../desk/journal-table.tsx";
import type { KnownFact } from "../desk/known-facts-page.tsx";
import type { HeldDelivery } from "../desk/quarantine-page.tsx";
import { conditions, creditCode, firmName } from "./sample-benefits.ts";
import { afterPayment } from "./sample-recovery.ts";

/** Invented work of an invented finance bureau, for looking at pages and for testing them. */

export const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

export const batches: readonly BatchBrief[] = [
  {
    id: "batch_1",
    messageId: "MSJX-20251105-01",
    status: "drafted",
    count: 2,
    totalFen: "101260000",
    maker: "王经办",
    draftedAt: "2025-11-05T01:00:00Z",
  },
  {
    id: "batch_0",
    messageId: "MSJX-20251104-01",
    status: "closed",
    count: 12,
    totalFen: "34000000",
    maker: "王经办",
    checker: "李复核",
    draftedAt: "2025-11-04T01:00:00Z",
    approvedAt: "2025-11-04T02:00:00Z",
    sentAt: "2025-11-04T03:00:00Z",
    closedAt: "2025-11-05T09:00:00Z",
  },
];

export const paymentLines: readonly PaymentLine[] = [
  {
    paymentId: "pay_1",
    firmHref: "/audit/cases/ent_A1",
    endToEndId: "E2E7K3M9Q2X0001",
    firmName,
    policyTitle: title,
    holderName: firmName,
    accountNoMasked: "**** 0123",
    amountFen: "1260000",
    attempt: 1,
    status: "batched",
  },
  {
    paymentId: "pay_2",
    firmHref: "/desk/register?find=91410100MA0000002X",
    endToEndId: "E2E7K3M9Q2X0002",
    firmName: "郑州示例智能装备股份有限公司",
    policyTitle: { zh: "智能制造称号级差奖励", en: "Award for a higher smart-manufacturing title" },
    holderName: "郑州示例智能装备公司",
    accountNoMasked: "**** 4567",
    amountFen: "100000000",
    attempt: 2,
    difference: "other-account",
    status: "returned",
    reason: "户名不一致",
  },
];

export const deliveries: readonly DeliveryBrief[] = [
  {
    id: "del_1",
    sourceId: "human-resources",
    fileName: "人社-2025-10.csv",
    sha256: digest,
    asOf: "2025-10-31",
    obtainedAt: "2025-11-03T01:00:00Z",
    rowsGood: 497,
    rowsBad: 3,
    importedBy: "赵运维",
  },
  {
    id: "del_2",
    sourceId: "market-regulation",
    fileName: "market-2025-11.xlsx",
    sha256: digest,
    asOf: "2025-11-01",
    obtainedAt: "2025-11-03T01:02:00Z",
    rowsGood: 500,
    rowsBad: 0,
    importedBy: "赵运维",
  },
];

export const events: readonly JournalEventView[] = [
  {
    seq: "1042",
    type: "payment-settled",
    subject: "pay_1",
    actor: "system:reconciliation",
    at: "2025-11-06T01:00:00Z",
    payload: { entitlementId: "ent_A1", amountFen: "1260000", reference: "20251106-000123", bookedOn: "2025-11-06" },
  },
  {
    seq: "1001",
    type: "entitlement-confirmed",
    subject: "ent_A1",
    actor: "account_7K3M9Q2X",
    actorName: "张会计",
    at: "2025-11-04T08:00:00Z",
    payload: { consentId: "consent_1", amountFen: "1260000" },
    seal: { index: "1001", hash: digest },
  },
];

export const auditCase: Omit<AuditCaseProps, "context"> = {
  caseId: "ent_A1",
  firm: { code: creditCode, name: firmName, regionCode: "410100" },
  policyTitle: title,
  period: "2025",
  amountFen: "1260000",
  status: "paid",
  payments: [
    {
      id: "pay_1",
      attempt: 2,
      endToEndId: "E2E7K3M9Q2X0003",
      amountFen: "1260000",
      status: "settled",
      holderName: firmName,
      accountNoMasked: "**** 0123",
      createdAt: "2025-11-05T00:30:00Z",
      bookings: [{ reference: "20251106-000123", direction: "debit", bookedOn: "2025-11-06", fileSha256: digest }],
      batch: {
        id: "batch_1",
        messageId: "MSJX-20251105-01",
        status: "closed",
        maker: "王经办",
        checker: "李复核",
        sha256: digest,
        draftedAt: "2025-11-05T01:00:00Z",
        approvedAt: "2025-11-05T02:00:00Z",
        sentAt: "2025-11-05T03:00:00Z",
      },
    },
  ],
  consents: [
    {
      receiptNo: "MSJX-20251104-7K3M9Q2X",
      actor: "张会计",
      at: "2025-11-04T08:00:00Z",
      answer: "confirmed",
      amountFenSeen: "1260000",
      requestSha256: digest,
    },
  ],
  notices: [
    {
      id: "n1",
      kind: "offer",
      subject: "贵公司符合 1 项补贴条件，共 12,600.00 元，不用申请",
      createdAt: "2025-11-03T18:00:00Z",
      readAt: "2025-11-04T07:50:00Z",
      sendings: [
        { channel: "email", status: "dead", attempts: 8 },
        { channel: "sms", status: "sent", attempts: 1, sentAt: "2025-11-04T00:00:00Z" },
      ],
    },
  ],
  offer: {
    at: "2025-11-03T18:00:00Z",
    confirmBefore: "2025-12-31T16:00:00Z",
    amountFen: "1260000",
    beside: {
      askedFen: "1560000",
      reasons: [
        {
          zh: "最高限额（示例办法 第五条）：每户 2025 年度最高 12,600.00 元",
          en: "Ceiling (Sample rule, 5): at most CNY 12,600.00",
        },
      ],
    },
    remindersSent: 0,
  },
  disclosures: [],
  ...afterPayment,
  decision: {
    id: "decision_1",
    runId: "run_1",
    asOf: "2025-11-03",
    decidedAt: "2025-11-03T18:00:00Z",
    outcome: "eligible",
    amount: { zh: "12,600.00 元", en: "CNY 12,600.00" },
    engine: "apply-free-rules 0.1.0",
    inputSha256: digest,
    resultSha256: digest,
    trace: {
      result: "true",
      sentence: { zh: "符合条件", en: "Eligible" },
      children: [
        ...conditions,
        {
          result: "true",
          sentence: { zh: "满足下面任一条", en: "Any of the following" },
          children: [
            { result: "false", sentence: { zh: "是大型企业", en: "A large enterprise" }, clause: "第四条（一）" },
            { result: "true", sentence: { zh: "是中小微企业", en: "A small enterprise" }, clause: "第四条（一）" },
          ],
        },
      ],
    },
  },
  facts: [
    {
      id: "ui.layoffRate",
      label: { zh: "上年度裁员率", en: "Layoff rate last year" },
      source: "human-resources",
      value: "1.2%",
      asOf: "2025-10-31",
      delivery: { id: "del_1", fileName: "人社-2025-10.csv", sha256: digest },
    },
    {
      id: "tax.evasion3y",
      label: { zh: "三年内偷逃税", en: "Tax evasion within three years" },
      source: "tax",
      unknown: "not-obtained",
    },
  ],
  version: {
    policyId: "henan/o01",
    version: 1,
    sha256: digest,
    publishedBy: "孙起草",
    approvedBy: "周审核",
    publishedAt: "2025-11-03T00:30:00Z",
    validFrom: "2025-01-01",
    validTo: "2025-12-31",
  },
  clauses: [{ name: "第四条（一）", text: "大型企业按上年度实际缴纳失业保险费的 30% 返还，中小微企业按 60% 返还。" }],
  events,
};

export const heldDelivery: HeldDelivery = {
  id: "quarantine_1",
  sourceId: "tax",
  fileName: "税务-2025-11.csv",
  asOf: "2025-11-10",
  arrivedAt: "2025-11-11T01:00:00Z",
  status: "endorsed",
  sha256: digest,
  importedBy: "赵运维",
  pays: true,
  findings: [
    {
      column: "fin.revenue",
      message: {
        zh: "同一企业的值普遍变为上次的10000倍：可能按元填进了万元列（或反之）。",
        en: "A typical firm's value is 10000 times the one before: 元 in a column of 万元, or the reverse.",
      },
    },
  ],
  endorsedBy: "孙起草",
  affected: {
    count: 300,
    first: [
      {
        firmCode: "91410105MX0000019X",
        firmName: "郑州示例智能装备有限公司",
        changes: [
          { column: "fin.revenue", before: "12000000", now: "120000000000" },
          { column: "fin.totalAssets", now: "8000000" },
        ],
      },
    ],
  },
  mayDecide: true,
};

export const knownFacts: readonly KnownFact[] = [
  {
    id: "ui.layoffRate",
    label: { zh: "裁员率", en: "Layoff rate" },
    source: { zh: "人社局", en: "Human resources" },
    state: "known",
    value: { zh: "3.2%", en: "3.2%" },
    asOf: "2025-10-31",
    obtainedAt: "2025-11-03T00:30:00.000Z",
    deliveryId: "delivery_1",
  },
  {
    id: "fin.revenue",
    label: { zh: "营业收入", en: "Revenue" },
    source: { zh: "税务局", en: "Tax authority" },
    state: "unknown",
    reason: "conflict",
    detail: "tax 2025-10-28: 12000000; finance 2025-10-30: 1200",
  },
];
