import type { OpenedDispute } from "../desk/disputes-page.tsx";
import type { OpenedReassessment } from "../desk/reassessments-page.tsx";
import type { DisputeView } from "../portal/dispute-page.tsx";

const factId = "ui.layoffRate";
const label = { zh: "裁员率", en: "Layoff rate" };

export const disputes: readonly DisputeView[] = [
  { id: "dispute_1", factId, label, claim: "5.1%", status: "open", answerBy: "2025-11-10", overdue: false },
  { id: "dispute_2", factId, label, claim: "4.9%", status: "open", answerBy: "2025-10-31", overdue: true },
  {
    ...{ id: "dispute_3", factId, label, claim: "3%", status: "upheld", answerBy: "2025-10-20", overdue: false },
    answer: "经核对参保记录，数据无误。",
  },
];

export const openedDispute: OpenedDispute = {
  id: "dispute_1",
  label,
  firmCode: "91410100MA0000000X",
  firmName: "郑州示例机械有限公司",
  sourceId: "human-resources",
  status: "open",
  answerBy: "2025-11-10",
  overdue: true,
  factId: "ui.layoffRate",
  unit: "%",
  was: "6.1%",
  asOf: "2025-10-29",
  claim: "5.1%",
  grounds: "退休人员不应计入",
  evidenceName: "名单.pdf",
  openedAt: "2025-11-03T01:00:00.000Z",
  mayAnswer: true,
};

export const openedReassessment: OpenedReassessment = {
  id: "reassessment_1",
  firmCode: "91410100MA0000000X",
  firmName: "郑州示例机械有限公司",
  policyTitle: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" },
  paidFen: "1260000",
  dueFen: "1200000",
  consequence: { kind: "recovery", fen: "60000" },
  status: "open",
  openedAt: "2025-11-20T01:00:00.000Z",
  ageDays: 6,
  entitlementId: "entitlement_1",
  deliveryId: "delivery_9",
  asOf: "2025-11-03",
  changed: [
    {
      label: { zh: "上年单位缴纳失业保险费", en: "Paid by the employer last year" },
      was: "20,000.00 元",
      now: "19,000.00 元",
      source: "tax",
    },
  ],
  mayClose: true,
};
