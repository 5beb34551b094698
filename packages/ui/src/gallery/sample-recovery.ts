import type { AuditCaseProps } from "../desk/audit-case.ts";
import type { OpenedRecovery } from "../desk/recoveries-page.tsx";

const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

export const noticedRecovery: OpenedRecovery = {
  ...{ id: "recovery_1", firmCode: "91410100MA0000000X", firmName: "郑州示例机械有限公司", policyTitle: title },
  ...{ status: "noticed", claimedFen: "60000", cameBackFen: "0", overdueFen: "0", ageDays: 12 },
  ...{ stateBy: "2025-12-04", openedAt: "2025-11-20T01:00:00.000Z", ground: "review" },
  document: "已兑付复核 reassessment_1",
  facts: "“上年单位缴纳失业保险费”认定时为 20,000.00 元，现核实为 19,000.00 元（认定日期 2025-11-03）。",
  reference: "AR7K3M9Q2XABCDEFGH0123",
  ...{ instalments: [], receipts: [], benefits: [] },
  ...{ entitlementId: "entitlement_1", reassessmentId: "reassessment_1", openedBy: "赵主任" },
  ruling: "allowed",
  proposed: { decidedYuan: "600.00", instalments: "2026-01-31 600.00" },
  maySetOff: false,
};

export const owedRecovery: OpenedRecovery = {
  ...noticedRecovery,
  ...{
    id: "recovery_2",
    status: "owed",
    debtFen: "50000",
    cameBackFen: "20000",
    overdueFen: "5000",
    ruling: "decided",
  },
  statement: { text: "我们已按要求整改，请求分期退回。", at: "2025-11-25T01:00:00.000Z" },
  decision: {
    ...{ decidedFen: "50000", reasons: "事实清楚，考虑企业困难，酌减并分期。", at: "2025-12-05T01:00:00.000Z" },
    callsInRest: true,
  },
  decidedBy: "李复核",
  instalments: [
    { nth: 1, dueOn: "2025-12-31", amountFen: "25000", paidFen: "20000", overdue: true },
    { nth: 2, dueOn: "2026-01-31", amountFen: "25000", paidFen: "0", overdue: false },
  ],
  receipts: [
    { kind: "bank", on: "2025-12-20", amountFen: "15000", reference: "B202512200001" },
    { kind: "offset", on: "2025-12-22", amountFen: "5000", reference: "offset_1" },
    { kind: "held", on: "2026-01-05", amountFen: "1000", reference: "offset_2" },
  ],
  benefits: [{ id: "entitlement_2", title, amountFen: "12000" }],
  maySetOff: true,
};

export const payTo = { name: "郑州市财政局（示例）", accountNo: "41000000000077", bankCode: "011491000016" };

/** What an auditor sees after payment. */
export const afterPayment: Pick<AuditCaseProps, "reviews" | "recoveries"> = {
  reviews: [
    {
      ...{
        id: "reassessment_1",
        status: "upheld",
        openedAt: "2025-11-20T01:00:00.000Z",
        ageDays: 6,
        paidFen: "1260000",
      },
      ...{ dueFen: "1200000", recoveryId: "recovery_1" },
    },
    {
      ...{
        id: "reassessment_2",
        status: "upheld",
        openedAt: "2025-11-18T01:00:00.000Z",
        ageDays: 8,
        paidFen: "1250000",
      },
      ...{ dueFen: "1260000", topUpId: "entitlement_2" },
    },
  ],
  recoveries: [
    {
      ...{ id: "recovery_1", status: "owed", reference: "AR7K3M9Q2XABCDEFGH0123", document: "已兑付复核" },
      ...{ facts: "缴费额核减", claimedFen: "60000", correctedFen: "10000", openedBy: "赵主任" },
      openedAt: "2025-11-20T02:00:00.000Z",
      statement: { text: "请求分期", at: "2025-11-25T01:00:00.000Z", by: "张会计" },
      decision: { decidedFen: "50000", reasons: "属实", at: "2025-12-05T01:00:00.000Z", by: "李复核" },
      receipts: [{ reference: "B202512200001", amountFen: "20000", bookedOn: "2025-12-20" }],
      offsets: [{ id: "offset_1", amountFen: "5000", status: "applied", entitlementId: "entitlement_9" }],
    },
  ],
};
