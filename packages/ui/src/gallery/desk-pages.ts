import { accountChecksPage } from "../desk/account-checks-page.tsx";
import { ageingPage } from "../desk/ageing-page.tsx";
import { bandsPage } from "../desk/bands-page.tsx";
import { batchPage } from "../desk/batch-page.tsx";
import { batchesPage } from "../desk/batches-page.tsx";
import { deliveriesPage } from "../desk/deliveries-page.tsx";
import { demoPage } from "../desk/demo-page.tsx";
import { type DeskHomeProps, deskHomePage } from "../desk/desk-home-page.tsx";
import { deskPoliciesPage } from "../desk/desk-policies-page.tsx";
import { fundEntriesPage } from "../desk/fund-entries-page.tsx";
import { fundsPage } from "../desk/funds-page.tsx";
import { suspensePage } from "../desk/suspense-page.tsx";
import { errorPage } from "../portal/error-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo as of } from "./readers.ts";
import { misnamedAccount, waitingAccount } from "./sample-account-checks.ts";
import { bandProposal, bands } from "./sample-bands.ts";
import { creditCode, fund } from "./sample-benefits.ts";
import { batches, deliveries, digest, paymentLines } from "./sample-desk.ts";
import { fundEntries, fundLines } from "./sample-funds.ts";
import { debts, stop } from "./sample-promises.ts";

const [draft] = batches;
if (draft === undefined) throw new Error("the sample has a drafted batch");
const batch = { ...draft, sha256: digest };
const sources = ["market-regulation", "tax", "human-resources"];
const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

const desk: Omit<DeskHomeProps, "context"> = {
  funds: [
    fund,
    {
      ...fund,
      id: "b",
      title: { zh: "2025 年工业称号奖励", en: "Industry titles 2025" },
      paidFen: "0",
      availableFen: "1200000000",
    },
  ],
  steps: { matched: 214, offered: 214, confirmed: 160, paid: 120, received: 88 },
  aside: { undetermined: 43, waitlisted: 3, declined: 6, lapsed: 12, withdrawn: 1 },
  jobs: [
    {
      job: "match",
      purpose: { zh: "夜间智能匹配", en: "Nightly match" },
      slot: "2025-11-03T02:00",
      finishedAt: "2025-11-02T18:01:00Z",
      outcome: "214 eligible",
    },
    { job: "payment-run", slot: "2025-11-04T09:00" },
  ],
  mail: { queued: 4, sent: 210, dead: 1 },
  exceptions: [
    { kind: "payment-returned", count: 1, href: "/desk/batches" },
    { kind: "suspense", count: 2, href: "/desk/suspense" },
    { kind: "calls-open", count: 1, href: "/desk/call-list" },
  ],
  tasks: [
    {
      text: { zh: "复核批次 MSJX-20251105-01", en: "Approve batch MSJX-20251105-01" },
      href: "/desk/batches/batch_1",
    },
  ],
};

export const deskPages: readonly GalleryPage[] = [
  of("finance-checker", "desk", (context) => deskHomePage({ context, ...desk })),
  of("finance-checker", "desk-stopped", (context) => deskHomePage({ context, ...desk, stop })),
  of("operator", "desk-empty", (context) =>
    deskHomePage({
      context,
      funds: [],
      steps: { matched: 0, offered: 0, confirmed: 0, paid: 0, received: 0 },
      aside: { undetermined: 0, waitlisted: 0, declined: 0, lapsed: 0, withdrawn: 0 },
      jobs: [],
      mail: { queued: 0, sent: 0, dead: 0 },
      exceptions: [],
      tasks: [],
    }),
  ),
  of("finance-maker", "batches", (context) => batchesPage({ context, batches, nextHref: "/desk/batches?cursor=2" })),
  of("finance-maker", "batches-empty", (context) => batchesPage({ context, batches: [] })),
  of("finance-checker", "batch", (context) =>
    batchPage({
      ...{ context, batch, lines: paymentLines, approval: "allowed", mayCancel: true, firstSaw: "the-same" },
      previous: { id: "batch_0", messageId: "MSJX-20251104-01", count: 3, totalFen: "201260000" },
    }),
  ),
  of("finance-maker", "batch-of-maker", (context) =>
    batchPage({ context, batch, lines: paymentLines, approval: "reader-is-maker", mayCancel: true }),
  ),
  of("finance-checker", "batch-that-does-not-add-up", (context) =>
    batchPage({ context, batch, lines: paymentLines.slice(1), approval: "allowed", mayCancel: true }),
  ),
  of("finance-checker", "funds", (context) => fundsPage({ context, lines: fundLines })),
  of("finance-maker", "funds-stopped", (context) => fundsPage({ context, lines: [], stop })),
  of("auditor", "fund-entries", (context) =>
    fundEntriesPage({
      ...{ context, lineTitle: "失业保险稳岗返还", account: "paid", nextHref: "/desk/funds/refund-2025?cursor=2" },
      ...{ sumFen: "700000", balanceFen: "700000", entries: fundEntries },
    }),
  ),
  of("finance-checker", "fund-entries-that-differ", (context) =>
    fundEntriesPage({
      ...{ context, lineTitle: "称号奖励", account: "available", sumFen: "0", balanceFen: "1", entries: [] },
    }),
  ),
  of("finance-checker", "ageing", (context) => ageingPage({ context, debts, totalFen: "1500000" })),
  of("finance-checker", "ageing-stopped", (context) =>
    ageingPage({ context, debts: [], totalFen: "0", stop, problem: "账仍不符，不能恢复。" }),
  ),
  of("auditor", "ageing-resumed", (context) => ageingPage({ context, debts: [], totalFen: "0", done: "resumed" })),
  of("finance-checker", "accounts", (context) =>
    accountChecksPage({
      context,
      isChecked: true,
      accounts: [waitingAccount, { ...misnamedAccount, may: "recorded-it" }],
    }),
  ),
  of("finance-maker", "accounts-refused", (context) =>
    accountChecksPage({
      context,
      isChecked: false,
      accounts: [misnamedAccount],
      problem: { message: "请写明向谁、用什么方式核实。", bankAccountId: "account_2", note: "已问" },
    }),
  ),
  of("auditor", "accounts-empty", (context) => accountChecksPage({ context, accounts: [], isChecked: false })),
  of("finance-checker", "bands", (context) => bandsPage({ context, bands, proposal: bandProposal, mayPropose: true })),
  of("finance-maker", "bands-refused", (context) =>
    bandsPage({
      ...{ context, bands, mayPropose: true },
      problem: { message: "与现行限额相同。", amount: "5000000", document: "豫财〔2025〕12 号" },
    }),
  ),
  of("auditor", "bands-read", (context) =>
    bandsPage({
      ...{ context, bands: bands.slice(1), mayPropose: false, done: "dropped" },
      proposal: { ...bandProposal, may: "no-role" },
    }),
  ),
  of("finance-maker", "bands-own", (context) =>
    bandsPage({
      ...{ context, bands, mayPropose: true, done: "proposed" },
      proposal: { ...bandProposal, may: "proposed-it" },
    }),
  ),
  of("finance-maker", "suspense", (context) =>
    suspensePage({
      context,
      lines: [
        {
          id: "s1",
          reference: "20251106-000777",
          direction: "credit",
          amountFen: "99900",
          bookedOn: "2025-11-06",
          note: "没有端到端编号，金额也对不上任何一笔",
        },
      ],
    }),
  ),
  of("finance-maker", "suspense-empty", (context) => suspensePage({ context, lines: [] })),
  of("operator", "deliveries", (context) =>
    deliveriesPage({
      context,
      deliveries,
      held: 2,
      disputed: 1,
      underReview: 3,
      sources,
      mayUpload: true,
      opened: {
        ...(deliveries[0] as (typeof deliveries)[number]),
        issues: [
          { line: 17, column: "ui.layoffRate", reason: "“1,2” 不是数字" },
          { line: 44, reason: { zh: "信用代码校验位不对", en: "check digit of the credit code is wrong" } },
        ],
      },
    }),
  ),
  of("operator", "deliveries-refused", (context) =>
    deliveriesPage({
      context,
      deliveries: [],
      held: 0,
      disputed: 0,
      underReview: 0,
      sources,
      mayUpload: true,
      upload: {
        source: "tax",
        asOf: "2025-10-31",
        problem: {
          code: "delivery-repeated",
          message: { zh: "这份文件已经导入过。", en: "This file has been imported already." },
        },
      },
    }),
  ),
  of("author", "desk-policies", (context) =>
    deskPoliciesPage({
      context,
      policies: [
        {
          id: "henan/o01",
          title,
          versions: [
            {
              version: 1,
              sha256: digest,
              publishedBy: "孙起草",
              approvedBy: "周审核",
              publishedAt: "2025-11-03T00:30:00Z",
              validFrom: "2025-01-01",
            },
          ],
          reach: { eligible: 214, ineligible: 243, undetermined: 43 },
          promisedFen: "1515400000",
          fund,
        },
      ],
    }),
  ),
  of("auditor", "desk-not-allowed", (context) =>
    errorPage({ context, status: 403, code: "not-allowed", message: "x", requestId: "req-3", backHref: "/audit" }),
  ),
  {
    name: "demo",
    render: (context) =>
      demoPage({
        context: { ...context, demoClock: "2025-11-03T01:00:00Z" },
        now: "2025-11-03T01:00:00Z",
        next: { at: "2025-11-04T01:00:00Z", what: { zh: "生成拨付批次", en: "Payment run" } },
        accounts: [
          { login: creditCode, password: "demo-firm", role: "enterprise", displayName: "张会计" },
          { login: "auditor", password: "demo-auditor", role: "auditor", displayName: "钱审计" },
        ],
        mails: [
          {
            id: "1",
            to: "firm@example.invalid",
            subject: "贵公司符合 3 项补贴条件",
            at: "2025-11-03T01:00:00Z",
            text: "不用申请，只需您确认一次。\n疑问拨 12345。",
          },
        ],
        ran: [{ at: "2025-11-03T00:00:00Z", what: { zh: "匹配 500 家企业", en: "Matched 500 firms" } }],
      }),
  },
];
