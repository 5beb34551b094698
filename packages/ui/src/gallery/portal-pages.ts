import { caseFirmPage } from "../portal/case-firm-page.tsx";
import { confirmPage } from "../portal/confirm-page.tsx";
import { declinePage } from "../portal/decline-page.tsx";
import { errorPage } from "../portal/error-page.tsx";
import { homePage } from "../portal/home-page.tsx";
import { inboxPage, messagePage } from "../portal/inbox-page.tsx";
import { nearlyPage } from "../portal/nearly-page.tsx";
import { overduePage } from "../portal/overdue-page.tsx";
import { receiptPage } from "../portal/receipt-page.tsx";
import { signInPage } from "../portal/sign-in-page.tsx";
import { waitingPage } from "../portal/waiting-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { publicPages } from "./public-pages.ts";
import { readBy } from "./readers.ts";
import {
  account,
  besideOffers,
  cases,
  conditions,
  creditCode,
  firmName,
  notGranted,
  offers,
} from "./sample-benefits.ts";
import { metBenefits, nearBenefits } from "./sample-nearly.ts";
import { policy } from "./sample-policy.ts";
import { clocks, overdue, queues } from "./sample-promises.ts";
import { longestReceipt } from "./sample-receipt.ts";

const demoAccounts = [
  { login: creditCode, password: "demo-firm", role: "enterprise", displayName: "张会计" },
  { login: "checker", password: "demo-checker", role: "finance-checker", displayName: "李复核" },
] as const;

const messages = [
  {
    id: "m1",
    subject: {
      zh: "贵公司符合 3 项补贴条件，共 1,020,840.00 元，不用申请",
      en: "Your firm qualifies for 3 benefits, CNY 1,020,840.00; no application needed",
    },
    createdAt: "2025-11-04T00:00:00Z",
    read: false,
  },
  { id: "m2", subject: "12,600.00 元已拨付", createdAt: "2025-11-06T01:00:00Z", read: true },
];

const ofFirm = (name: string, render: GalleryPage["render"]): GalleryPage => ({
  name,
  render: (context) => render(readBy(context, "enterprise")),
});

const allocation = {
  zh: "应兑合计 300.00 元，资金 100.00 元，同比例兑付",
  en: "CNY 300.00 are due and the fund has CNY 100.00: the same part for all",
};
const may = { changeAccount: false, confirmReceipt: false, reopen: false };
const firmCase = { conditions, receiptNo: "MSJX-20251104-7K3M9Q2X", account, may };

export const portalPages: readonly GalleryPage[] = [
  { name: "overdue", render: (context) => overduePage({ context, rows: overdue, csvHref: "/overdue.csv" }) },
  { name: "overdue-none", render: (context) => overduePage({ context, rows: [], csvHref: "/overdue.csv" }) },
  { name: "waiting", render: (context) => waitingPage({ context, queues }) },
  { name: "waiting-none", render: (context) => waitingPage({ context, queues: [] }) },
  { name: "sign-in", render: (context) => signInPage({ context, next: "/offers", demoAccounts }) },
  { name: "sign-in-failed", render: (context) => signInPage({ context, login: "x", problem: "sign-in-failed" }) },
  ofFirm("home", (context) => homePage({ context, offers, cases: Object.values(cases), notGranted, messages })),
  ofFirm("nearly", (context) => nearlyPage({ context, benefits: nearBenefits, met: metBenefits })),
  ofFirm("nearly-none", (context) => nearlyPage({ context, benefits: [], met: [] })),
  ofFirm("home-recovery", (context) =>
    homePage({ context, offers: [], cases: [], notGranted: [], messages: [], openRecoveries: 1, nearly: 2 }),
  ),
  ofFirm("home-empty", (context) => homePage({ context, offers: [], cases: [], notGranted: [], messages: [] })),
  ofFirm("confirm", (context) => confirmPage({ context, requestKey: "key-1", offers, account })),
  ofFirm("confirm-delegate", (context) =>
    confirmPage({
      ...{ context, requestKey: "key-1", offers, account },
      bounds: {
        policies: [{ zh: "稳岗返还", en: "Refund for keeping jobs" }],
        capFen: "5000000",
        expiresOn: "2026-06-30",
      },
    }),
  ),
  ofFirm("confirm-choice", (context) => confirmPage({ context, requestKey: "key-1", offers: besideOffers, account })),
  ofFirm("confirm-none", (context) => confirmPage({ context, requestKey: "key-1", offers: [], account })),
  ofFirm("confirm-nothing-chosen", (context) =>
    confirmPage({ context, requestKey: "key-1", offers, account, chosen: [], problem: { code: "nothing-chosen" } }),
  ),
  ofFirm("confirm-amount-changed", (context) =>
    confirmPage({
      context,
      requestKey: "key-1",
      offers,
      account,
      chosen: ["ent_A1"],
      problem: {
        code: "amount-changed",
        changes: [
          {
            id: "ent_A1",
            seenFen: "1248000",
            nowFen: "1260000",
            because: { zh: "11 月 25 日社保数据修正", en: "insurance data corrected on 25 Nov" },
          },
        ],
      },
    }),
  ),
  ofFirm("confirm-closed", (context) =>
    confirmPage({
      context,
      requestKey: "key-1",
      offers: offers.slice(1),
      problem: { code: "confirmation-closed", titles: [offers[0]?.title ?? ""] },
    }),
  ),
  ofFirm("decline", (context) => declinePage({ context, requestKey: "key-2", offers, chosen: ["ent_B2"] })),
  ofFirm("receipt", (context) =>
    receiptPage({
      context,
      receiptNo: "MSJX-20251104-7K3M9Q2X",
      firmName,
      creditCode,
      at: "2025-11-04T08:00:00Z",
      actorName: "张会计",
      account,
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      lines: offers.map(({ id, title, amountFen, policyVersion }, index) => ({
        entitlementId: id,
        title,
        amountFen,
        policyVersion,
        answer: index === 2 ? "waitlisted" : "confirmed",
      })),
    }),
  ),
  ofFirm("receipt-longest", (context) => receiptPage({ context, ...longestReceipt })),
  ofFirm("receipt-declined", (context) =>
    receiptPage({
      context,
      receiptNo: "MSJX-20251104-9Q2X7K3M",
      firmName,
      creditCode,
      at: "2025-11-04T08:05:00Z",
      actorName: "张会计",
      lines: [
        { entitlementId: "ent_B2", title: policy.title, amountFen: "1260000", policyVersion: 1, answer: "declined" },
      ],
    }),
  ),
  ofFirm("case-under-way", (context) =>
    caseFirmPage({ ...firmCase, context, case: cases.confirmed, clocks, allocation }),
  ),
  ofFirm("case-not-carried", (context) =>
    caseFirmPage({
      ...{ ...firmCase, context, may },
      case: {
        ...cases.returned,
        payment: { status: "returned", attempt: 1, reason: "户名不一致", goesToNoAccount: true },
      },
    }),
  ),
  ofFirm("case-returned", (context) =>
    caseFirmPage({ ...firmCase, context, case: cases.returned, may: { ...may, changeAccount: true } }),
  ),
  ofFirm("case-account-wrong", (context) =>
    caseFirmPage({
      ...firmCase,
      context,
      case: cases.returned,
      may: { ...may, changeAccount: true },
      accountForm: {
        values: { holderName: firmName, accountNo: "6217-0001", bankName: "示例银行", bankCode: "1024" },
        errors: {
          accountNo: { zh: "账号只能是数字，请核对。", en: "The account number has digits only; please check." },
          bankCode: { zh: "联行号是 12 位数字，请核对。", en: "The bank code has 12 digits; please check." },
        },
      },
    }),
  ),
  ofFirm("case-paid", (context) =>
    caseFirmPage({ ...firmCase, context, case: cases.paid, may: { ...may, confirmReceipt: true } }),
  ),
  ofFirm("case-received", (context) => caseFirmPage({ ...firmCase, context, case: cases.received, done: "received" })),
  ofFirm("case-withdrawn", (context) =>
    caseFirmPage({ conditions, may, context, case: { ...cases.confirmed, status: "withdrawn", payment: undefined } }),
  ),
  ofFirm("case-lapsed", (context) =>
    caseFirmPage({ conditions, may, context, case: { ...cases.confirmed, status: "lapsed", payment: undefined } }),
  ),
  ofFirm("case-declined", (context) =>
    caseFirmPage({ ...firmCase, context, case: cases.declined, may: { ...may, reopen: true } }),
  ),
  ofFirm("messages", (context) => inboxPage({ context, messages, nextHref: "/messages?before=m2" })),
  ofFirm("message", (context) =>
    messagePage({
      context,
      message: {
        id: "m1",
        subject: "贵公司符合 3 项补贴条件，共 1,020,840.00 元，不用申请",
        createdAt: "2025-11-04T00:00:00Z",
        read: true,
        kind: "offer",
        body: "贵公司符合 3 项补贴条件，共 1,020,840.00 元，不用申请，只需您确认一次：\n· 失业保险稳岗返还：12,600.00 元\n\nYour firm qualifies for 3 benefits. No application is needed, only your confirmation.",
      },
    }),
  ),
  ofFirm("not-found", (context) =>
    errorPage({ context, status: 404, code: "entitlement-not-found", message: "x", requestId: "req-1" }),
  ),
  {
    name: "failure",
    render: (context) => errorPage({ context, status: 500, code: "internal", message: "x", requestId: "req-2" }),
  },
  ...publicPages,
];
