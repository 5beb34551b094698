import type { FundEntry } from "../desk/fund-entries-page.tsx";
import type { FundLineView } from "../desk/funds-page.tsx";
import { firmName } from "./sample-benefits.ts";

/** An invented line that reaches as expected, and runs short if every firm agrees; one that is short already. */

const forecast: FundLineView["forecast"] = {
  months: [
    {
      ...{ month: "2025-11", offeredFen: "40000000", expectedFen: "30000000" },
      ...{ leftExpectedFen: "20000000", leftAllFen: "10000000" },
    },
    {
      ...{ month: "2025-12", offeredFen: "20000000", expectedFen: "15000000" },
      ...{ leftExpectedFen: "5000000", leftAllFen: "-10000000" },
    },
  ],
  answered: { agreedFen: "75000000", allFen: "100000000" },
  shortAll: "2025-12",
};

export const fundLines: readonly FundLineView[] = [
  {
    ...{ id: "refund-2025", title: { zh: "失业保险稳岗返还", en: "Refunds" }, year: 2025, department: "人社局" },
    accounts: [
      { account: "source", amountFen: "125000000" },
      { account: "available", amountFen: "50000000" },
      { account: "reserved", amountFen: "20000000" },
      { account: "committed", amountFen: "5000000" },
      { account: "in-transit", amountFen: "10000000" },
      { account: "paid", amountFen: "39000000" },
      { account: "returned", amountFen: "1000000" },
      { account: "carried", amountFen: "0" },
      { account: "receivable", amountFen: "300000" },
      { account: "recovered", amountFen: "100000" },
    ],
    waiting: { count: 0, amountFen: "0" },
    unpaid: { count: 12, overdue: 1 },
    forecast,
  },
  {
    ...{ id: "titles-2025", title: { zh: "称号奖励", en: "Titles" }, year: 2025 },
    accounts: [{ account: "available", amountFen: "1000000" }],
    waiting: { count: 2, amountFen: "3000000" },
    unpaid: { count: 0, overdue: 0 },
    forecast: {
      months: [
        {
          ...{ month: "2025-11", offeredFen: "0", expectedFen: "0" },
          ...{ leftExpectedFen: "-2000000", leftAllFen: "-2000000" },
        },
      ],
      shortExpected: "2025-11",
      shortAll: "2025-11",
    },
  },
];

export const fundEntries: readonly FundEntry[] = [
  {
    ...{ id: "p2", at: "2025-11-06T02:00:00Z", businessKey: "settle:payment_A1", amountFen: "1000000" },
    about: { firmName, policyTitle: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" } },
    links: [
      { kind: "batch", href: "/desk/batches/batch_1" },
      { kind: "case", href: "/audit/cases/ent_A1" },
    ],
  },
  {
    ...{ id: "p1", at: "2025-11-01T02:00:00Z", businessKey: "appropriate:refund-2025:budget-1", amountFen: "-300000" },
    links: [],
  },
];
