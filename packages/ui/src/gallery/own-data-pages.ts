import { declarePage } from "../portal/declare-page.tsx";
import { disputePage } from "../portal/dispute-page.tsx";
import { myDataPage } from "../portal/my-data-page.tsx";
import { noticeSettingsPage } from "../portal/notice-settings-page.tsx";
import { firmRecoveriesPage } from "../portal/recovery-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { creditCode, facts, firmName } from "./sample-benefits.ts";
import { disputes } from "./sample-corrections.ts";
import { noticedRecovery, owedRecovery, payTo } from "./sample-recovery.ts";

/** What is known of the firm, and what it can say about it. */
export const ownDataPages: readonly GalleryPage[] = [
  shownTo("enterprise", "my-data", (context) =>
    myDataPage({ context, firm: { name: firmName, creditCode, regionCode: "410100" }, facts, disputes }),
  ),
  shownTo("enterprise", "firm-recoveries", (context) =>
    firmRecoveriesPage({ context, recoveries: [noticedRecovery, owedRecovery] }),
  ),
  shownTo("enterprise", "firm-recoveries-empty", (context) => firmRecoveriesPage({ context, recoveries: [] })),
  shownTo("enterprise", "firm-recovery-noticed", (context) =>
    firmRecoveriesPage({ context, recoveries: [], opened: { ...noticedRecovery, mayState: true } }),
  ),
  shownTo("enterprise", "firm-recovery-owed", (context) =>
    firmRecoveriesPage({ context, recoveries: [], opened: { ...owedRecovery, mayState: false, payTo } }),
  ),
  shownTo("enterprise", "declare", (context) =>
    declarePage({
      context,
      questions: [
        {
          factId: "rd.selfFundedFirst",
          label: { zh: "先行投入自筹资金", en: "Own money invested first" },
          kind: "yes-no",
          usedFor: [{ zh: "研发费用补助", en: "Research subsidy" }],
        },
        {
          factId: "x.day",
          label: { zh: "开工日期", en: "Begun on" },
          kind: "day",
          usedFor: [{ zh: "研发费用补助", en: "Research subsidy" }],
        },
        {
          factId: "x.share",
          label: { zh: "自筹比例", en: "Own share" },
          unit: "%",
          kind: "text",
          usedFor: [{ zh: "研发费用补助", en: "Research subsidy" }],
          typed: "很多",
        },
      ],
      problem: { zh: "不是数字。", en: "Not a number." },
    }),
  ),
  shownTo("enterprise", "declare-nothing", (context) => declarePage({ context, questions: [] })),
  shownTo("enterprise", "notice-settings", (context) =>
    noticeSettingsPage({
      context,
      contact: { email: "firm@firms.example" },
      language: "zh",
      muted: ["progress"],
      own: [],
    }),
  ),
  shownTo("enterprise", "notice-settings-secret", (context) =>
    noticeSettingsPage({
      context,
      contact: { email: "firm@firms.example", phone: "13800000000" },
      language: "en",
      muted: [],
      webhookUrl: "https://firm.example/hook",
      secret: `whsec_${"A".repeat(43)}=`,
      done: "saved",
    }),
  ),
  shownTo("enterprise", "notice-settings-problem", (context) =>
    noticeSettingsPage({
      context,
      contact: {},
      language: "zh",
      muted: [],
      endpoint: { typed: "http://10.0.0.1/", problem: "not-https" },
    }),
  ),
  shownTo("enterprise", "notice-settings-contacts", (context) =>
    noticeSettingsPage({
      ...{ context, contact: { email: "firm@firms.example" }, language: "zh", muted: [] },
      own: [
        { kind: "email", value: "office@firms.example", isVerified: true },
        { kind: "phone", value: "13800000000", isVerified: false },
      ],
      provable: ["email"],
      contactProblem: { kind: "phone", typed: "138" },
    }),
  ),
  shownTo("enterprise", "notice-settings-code", (context) =>
    noticeSettingsPage({
      ...{ context, contact: { email: "firm@firms.example" }, language: "zh", muted: [] },
      own: [
        { kind: "email", value: "office@firms.example", isVerified: false },
        { kind: "phone", value: "13800000000", isVerified: true },
      ],
      ...{ provable: ["email", "phone"], codeProblem: { kind: "email", problem: { code: "code-wrong", left: 4 } } },
    }),
  ),
  shownTo("enterprise", "dispute", (context) =>
    disputePage({
      context,
      fact: {
        id: "ui.layoffRate",
        label: { zh: "裁员率", en: "Layoff rate" },
        source: "human-resources",
        value: "6.1%",
        asOf: "2025-10-29",
      },
    }),
  ),
  shownTo("enterprise", "dispute-problem", (context) =>
    disputePage({
      context,
      fact: { id: "ent.zones", label: { zh: "所在功能区", en: "Zones it lies in" }, source: "zone-committees" },
      typed: { claim: "高新区", grounds: "" },
      problem: { zh: "请写明您认为应当是什么，以及为什么。", en: "Say what it is, and why." },
    }),
  ),
];
