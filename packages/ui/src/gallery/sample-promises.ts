import type { DebtView, PaymentStopView } from "../desk/ageing-page.tsx";
import type { ClockView } from "../kit/payment-clock.ts";
import type { OverdueRow } from "../portal/overdue-page.tsx";
import type { WaitingQueue } from "../portal/waiting-page.tsx";
import { firmName } from "./sample-benefits.ts";

/** Invented debts: in time, due today, late, paid late, and one that waits for its firm. */

const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };
const line = { zh: "2025 年稳岗返还资金", en: "Refunds 2025" };
const maskedName = "郑州****有限公司";
const maskedCode = "91410100********1K";

export const clocks: readonly ClockView[] = [
  { kind: "statutory", dueOn: "2025-12-01", isProvisional: false, state: "running", days: 12 },
  { kind: "promised", dueOn: "2025-11-11", isProvisional: false, state: "overdue", days: 2 },
];
const kept: readonly ClockView[] = [
  { kind: "promised", dueOn: "2027-01-11", isProvisional: true, state: "running", days: 0 },
];
const missed: readonly ClockView[] = [
  { kind: "statutory", dueOn: "2025-11-24", isProvisional: false, state: "kept", days: 1 },
  { kind: "promised", dueOn: "2025-11-11", isProvisional: false, state: "missed", days: 8 },
];

export const debts: readonly DebtView[] = [
  {
    ...{ caseId: "ent_A1", firmName, policyTitle: title, lineTitle: line, department: "人社局", amountFen: "1000000" },
    ...{ startedOn: "2025-11-04", ageWorkingDays: 7, clocks, waitsForFirm: false },
  },
  {
    ...{ caseId: "ent_A2", firmName, policyTitle: title, lineTitle: line, amountFen: "300000" },
    ...{ startedOn: "2025-11-05", ageWorkingDays: 6, clocks: kept, waitsForFirm: false },
  },
  {
    ...{ caseId: "ent_A3", firmName, policyTitle: title, lineTitle: line, amountFen: "200000" },
    ...{ startedOn: "2025-11-05", ageWorkingDays: 6, clocks: [], waitsForFirm: true },
  },
];

export const stop: PaymentStopView = {
  stoppedAt: "2025-11-13T02:15:00Z",
  causes: [
    { sentence: "balances-follow-postings", subject: "henan-2025-fund", detail: "balances [1, 2], postings [1, 3]" },
  ],
  mayResume: true,
};

export const overdue: readonly OverdueRow[] = [
  { id: "ent_A1", maskedName, maskedCode, policyTitle: title, department: "人社局", amountFen: "1000000", clocks },
  {
    ...{ id: "ent_A4", maskedName, maskedCode, policyTitle: title, amountFen: "500000" },
    ...{ paidOn: "2025-11-21", clocks: missed },
  },
];

const agreedAt = "2025-11-04T01:30:00Z";
export const queues: readonly WaitingQueue[] = [
  {
    line: "fund-a",
    lineTitle: line,
    rows: [
      { id: "ent_W1", place: 1, maskedName, maskedCode, policyTitle: title, amountFen: "400000", agreedAt },
      { id: "ent_W2", maskedName, maskedCode, policyTitle: title, amountFen: "100000", agreedAt },
    ],
  },
];
