import { counterPage } from "../desk/counter-page.tsx";
import { helpedPage } from "../desk/helped-page.tsx";
import { confirmPage } from "../portal/confirm-page.tsx";
import { type DelegateView, delegatesPage } from "../portal/delegates-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { firmName, offers } from "./sample-benefits.ts";

const research = { id: "research", title: { zh: "研发费用补助", en: "Research subsidy" } };
const policies = [research, { id: "jobs", title: { zh: "稳岗返还", en: "Refund for keeping jobs" } }];
const login = "91410100MA0000000X-2";
const delegate: DelegateView = {
  id: "delegation-1",
  displayName: "王会计",
  login,
  policies: [research.title],
  capFen: "5000000",
  expiresOn: "2026-06-30",
  state: "live",
};
const because =
  "合计 80,000.00 元，超过您的授权上限 50,000.00 元。CNY 80,000.00 is beyond your cap of CNY 50,000.00.请由法定代表人（陈某）办理或重新授权。";
const shown = { requestKey: "key-1", policies, helpers: [{ id: "helper-1", displayName: "郑帮扶" }] };

const counter = { personName: "王会计", paperNo: "QRS-2025-0117" };
const opened = {
  ...counter,
  firmCode: "91410100MA0000000X",
  firmName,
  bankName: "示例银行",
  offers,
  requestKey: "key-1",
};

/** People who act for a firm. */
export const delegatePages: readonly GalleryPage[] = [
  shownTo("enterprise", "confirm-beyond-delegation", (context) =>
    confirmPage({ context, requestKey: "key-1", offers, problem: { code: "delegation-cap-exceeded", because } }),
  ),
  shownTo("enterprise", "delegates-empty", (context) =>
    delegatesPage({ ...shown, context, delegates: [], helpers: [] }),
  ),
  shownTo("enterprise", "delegates", (context) =>
    delegatesPage({
      ...{ ...shown, context },
      delegates: [
        delegate,
        { ...delegate, id: "delegation-2", displayName: "李出纳", policies: undefined, state: "expired" },
        { ...delegate, id: "delegation-3", displayName: "赵助理", state: "revoked" },
      ],
      done: "revoked",
    }),
  ),
  shownTo("enterprise", "delegates-key", (context) =>
    delegatesPage({
      ...{ ...shown, context, delegates: [delegate] },
      done: "granted",
      handOver: { login, password: "A".repeat(43) },
    }),
  ),
  shownTo("enterprise", "delegates-problem", (context) =>
    delegatesPage({
      ...{ ...shown, context, delegates: [] },
      typed: { displayName: "王会计", capYuan: "很多", expiresOn: "", policy: ["research"] },
      problem: "上限请写成 50000.00，并选择到期日。Write the cap as 50000.00, and name a day.",
    }),
  ),
  shownTo("helper", "helped-empty", (context) => helpedPage({ context, firms: [] })),
  shownTo("helper", "helped", (context) => helpedPage({ context, firms: [{ code: opened.firmCode, name: firmName }] })),
  shownTo("helper", "helped-opened", (context) =>
    helpedPage({ context, firms: [], opened: { code: opened.firmCode, name: firmName, offers } }),
  ),
  shownTo("window-clerk", "counter", (context) => counterPage({ context })),
  shownTo("window-clerk", "counter-opened", (context) => counterPage({ context, opened })),
  shownTo("window-clerk", "counter-nothing", (context) =>
    counterPage({ context, opened: { ...opened, bankName: undefined, offers: [] } }),
  ),
  shownTo("hotline-agent", "hotline", (context) => counterPage({ context })),
  shownTo("hotline-agent", "hotline-opened", (context) => counterPage({ context, opened })),
  shownTo("window-clerk", "counter-done", (context) => counterPage({ context, receiptNo: "MSJX-20251104-7K3M9Q2X" })),
  shownTo("window-clerk", "counter-problem", (context) =>
    counterPage({
      context,
      typed: { code: "9141", ...counter },
      problem: "没有登记这个代码。No firm with this code is registered.",
    }),
  ),
];
