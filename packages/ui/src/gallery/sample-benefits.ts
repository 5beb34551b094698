import type { ConditionLine } from "../kit/condition.ts";
import type { Fund } from "../kit/fund.ts";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { BenefitCase, Offer } from "../portal/benefit.ts";
import type { FactRow } from "../portal/my-data-page.tsx";
import type { NotGranted } from "../portal/not-granted.tsx";

/** Invented benefits of an invented firm, for looking at pages and for testing them. */

export const firmName = "河南示例精密机械有限公司";
export const creditCode = "91410100MA3X0000XX";

export const account: MaskedAccount = {
  holderName: firmName,
  accountNoMasked: "6217 **** **** 0123",
  bankName: "示例银行郑州高新区支行",
  source: "bank-accounts",
};

export const conditions: readonly ConditionLine[] = [
  {
    result: "true",
    sentence: { zh: "在河南省参加失业保险", en: "Insured against unemployment in Henan" },
    source: "human-resources",
    asOf: "2025-10-31",
    clause: "第一条",
  },
  {
    result: "true",
    sentence: { zh: "上年度裁员率 1.2%，不高于 20%", en: "Layoff rate last year 1.2%, not above 20%" },
    value: "1.2%",
    source: "human-resources",
    asOf: "2025-10-31",
    clause: "第四条（一）",
  },
  {
    result: "true",
    sentence: { zh: "没有列入严重失信主体名单", en: "Not listed for serious dishonesty" },
    value: { zh: "未列入", en: "not listed" },
    source: "credit",
    asOf: "2025-11-02",
    clause: "第六条",
  },
];

export const offers: readonly Offer[] = [
  {
    id: "ent_A1",
    policyId: "henan/o01",
    policyVersion: 1,
    title: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" },
    amountFen: "1260000",
    confirmBefore: "2025-12-31T16:00:00Z",
    conditions,
    calculation: {
      zh: "上年度实缴失业保险费 21,000.00 元，按中小微企业 60% 返还。",
      en: "CNY 21,000.00 of premiums paid last year; small firms get 60% back.",
    },
    document: "《示例办法》（豫示〔2025〕1 号）",
  },
  {
    id: "ent_B2",
    policyId: "zhengzhou/o07a",
    policyVersion: 2,
    title: { zh: "智能制造称号级差奖励", en: "Award for a higher smart-manufacturing title" },
    amountFen: "100000000",
    confirmBefore: "2025-12-31T16:00:00Z",
    conditions: conditions.slice(1),
  },
  {
    id: "ent_C3",
    policyId: "zhengzhou/o10",
    policyVersion: 1,
    title: { zh: "高新技术企业首次认定奖补", en: "Grant for first recognition as high-tech enterprise" },
    amountFen: "824000",
    confirmBefore: "2025-12-15T16:00:00Z",
    conditions: conditions.slice(2),
  },
];

/** Two that exclude each other, and one that a ceiling made less. */
const choices = [
  {
    zh: "选择“智能制造称号级差奖励”：合计 1,012,600.00 元（建议方案；示例办法 第四条）",
    en: "With the title award: CNY 1,012,600.00 in all (proposed)",
  },
  {
    zh: "选择“高新技术企业首次认定奖补”：合计 20,840.00 元，比建议方案少 991,760.00 元",
    en: "With the grant for high-tech enterprises: CNY 991,760.00 less than proposed",
  },
];
const ceiling = {
  zh: "最高限额（示例办法 第五条）：每户 2025 年度最高 12,600.00 元",
  en: "Ceiling (Sample rule, 5): at most CNY 12,600.00 in 2025 for a firm",
};
const beside = [
  { isProposed: true, reasons: [ceiling], choices: [] },
  { isProposed: true, reasons: [], choices },
  { isProposed: false, reasons: [], choices },
];
export const besideOffers: readonly Offer[] = offers.map((offer, place) => ({ ...offer, beside: beside[place] }));

const base = { policyId: "henan/o01", confirmBefore: "2025-12-31T16:00:00Z", amountFen: "1260000" };
const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

export const cases = {
  confirmed: { ...base, id: "c1", title, status: "confirmed", confirmedAt: "2025-11-04T08:00:00Z" },
  returned: {
    ...base,
    id: "c2",
    title: { zh: "智能制造称号级差奖励", en: "Award for a higher smart-manufacturing title" },
    amountFen: "100000000",
    status: "confirmed",
    confirmedAt: "2025-11-04T08:00:00Z",
    reviewedAt: "2025-11-05T02:00:00Z",
    sentAt: "2025-11-05T03:00:00Z",
    payment: { status: "returned", attempt: 1, reasonCode: "AC01", reason: "户名不一致" },
  },
  waitlisted: { ...base, id: "c3", title, status: "waitlisted", confirmedAt: "2025-11-04T08:00:00Z" },
  paid: {
    ...base,
    id: "c4",
    title,
    status: "paid",
    confirmedAt: "2025-11-04T08:00:00Z",
    reviewedAt: "2025-11-05T02:00:00Z",
    sentAt: "2025-11-05T03:00:00Z",
    paidAt: "2025-11-06T01:00:00Z",
    payment: { status: "settled", attempt: 1 },
  },
  received: {
    ...base,
    id: "c5",
    title: { zh: "一次性扩岗补助", en: "One-off subsidy for new jobs" },
    amountFen: "450000",
    status: "received",
    confirmedAt: "2025-09-04T08:00:00Z",
    paidAt: "2025-09-08T01:00:00Z",
    receivedAt: "2025-09-09T01:00:00Z",
  },
  declined: {
    ...base,
    id: "c6",
    title: { zh: "高新技术企业首次认定奖补", en: "Grant for first recognition as high-tech enterprise" },
    status: "declined",
    closedAt: "2025-11-04T08:05:00Z",
    closedReason: "not-now",
  },
} as const satisfies Readonly<Record<string, BenefitCase>>;

export const notGranted: readonly NotGranted[] = [
  {
    policyId: "zhengzhou/o10",
    title: { zh: "高新技术企业首次认定奖补", en: "Grant for first recognition as high-tech enterprise" },
    outcome: "undetermined",
    open: [
      {
        result: "unknown",
        sentence: { zh: "首次认定年份在 2019 年至 2021 年", en: "First recognised in 2019 to 2021" },
        clause: "第三条",
      },
    ],
    missing: [
      {
        label: { zh: "首次认定年份", en: "Year of first recognition" },
        source: "science",
        reason: "not-obtained",
      },
    ],
  },
  {
    policyId: "henan/o04",
    title: { zh: "研发费用后补助", en: "Subsidy for research spending" },
    outcome: "ineligible",
    open: [
      {
        result: "false",
        sentence: { zh: "研发投入占比 2.4%，需要达到 3%", en: "Research share 2.4%, must reach 3%" },
        source: "tax",
        asOf: "2025-10-31",
        clause: "第二条",
      },
    ],
    missing: [],
  },
];

export const facts: readonly FactRow[] = [
  {
    id: "ent.status",
    label: { zh: "登记状态", en: "Status of registration" },
    source: "market-regulation",
    usedFor: [title],
    state: "known",
    value: { zh: "在营", en: "operating" },
    asOf: "2025-11-01",
  },
  {
    id: "ui.layoffRate",
    label: { zh: "上年度裁员率", en: "Layoff rate last year" },
    source: "human-resources",
    usedFor: [title],
    state: "known",
    value: "1.2%",
    asOf: "2025-10-31",
  },
  {
    id: "hte.firstRecognisedYear",
    label: { zh: "高新技术企业首次认定年份", en: "Year of first recognition as high-tech enterprise" },
    source: "science",
    usedFor: [offers[2]?.title ?? ""],
    state: "unknown",
    reason: "not-obtained",
  },
  {
    id: "title.held",
    label: { zh: "持有称号", en: "Titles held" },
    source: "industry",
    usedFor: [],
    state: "unknown",
    reason: "conflict",
    detail: {
      zh: "两份名单的认定日期不同，正在核实。",
      en: "Two lists give different days of recognition; it is being checked.",
    },
  },
];

export const fund: Fund = {
  id: "henan-2025-unemployment-insurance-fund",
  title: { zh: "2025 年失业保险基金（稳岗返还）", en: "Unemployment insurance fund 2025 (refunds)" },
  year: 2025,
  appropriatedFen: "1500000000",
  availableFen: "700000000",
  reservedFen: "220000000",
  inTransitFen: "80000000",
  paidFen: "500000000",
};
