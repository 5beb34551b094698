import { expect, test } from "vitest";
import { cases, offers } from "../gallery/sample-benefits.ts";
import type { PageContext } from "../kit/page-context.ts";
import { homePage } from "./home-page.tsx";
import type { NotGranted } from "./not-granted.tsx";

const context: PageContext = { lang: "zh", largeText: false, path: "/" };
const nothing = { context, offers: [], cases: [], notGranted: [], messages: [] };
const policy: NotGranted = { policyId: "p", title: "示例政策", outcome: "undetermined", open: [], missing: [] };

test("what waits for the firm comes first, with the sum of it", () => {
  const html = homePage({ ...nothing, offers });
  expect(html).toContain("有 3 项补贴等您确认");
  expect(html).toContain("1,020,840.00 元");
  expect(html.indexOf("等您确认")).toBeLessThan(html.indexOf("办理中"));
});

test("an answered benefit is where its state puts it", () => {
  const html = homePage({ ...nothing, cases: Object.values(cases) });
  const sectionOf = (id: string) => html.slice(html.indexOf(`id="${id}"`)).split("</section>")[0] ?? "";
  expect(sectionOf("under-way")).toContain("/cases/c1");
  expect(sectionOf("under-way")).toContain("银行退回：户名不一致。请改账户，不影响资格。");
  expect(sectionOf("paid")).toContain("/cases/c5");
  expect(sectionOf("closed")).toContain("/cases/c6");
});

test("missing facts are named once by department", () => {
  const missing = ["裁员率", "参保人数"].map((label) => ({ label, source: "human-resources" }));
  const html = homePage({ ...nothing, notGranted: [{ ...policy, missing: [...missing, { label: "首次认定年份" }] }] });
  expect(html).toContain("裁员率、参保人数（人社局）；首次认定年份。");
});

test("what is met is left out of what is missing, except within an exclusion", () => {
  const met = { result: "true", sentence: "参加失业保险" } as const;
  const listed = { result: "true", excluded: true, sentence: "列入严重失信主体名单" } as const;
  const absent = { result: "false", excluded: true, sentence: "三年内偷逃税" } as const;
  const open = [
    { result: "false", sentence: "同时满足", children: [met, { result: "false", sentence: "裁员率不高于 20%" }] },
    { result: "false", sentence: "下列情形不成立", children: [{ ...listed, children: [listed, absent] }] },
  ] as const;
  const html = homePage({ ...nothing, notGranted: [{ ...policy, outcome: "ineligible", open }] });
  expect(html).not.toContain("参加失业保险");
  expect(html).toContain("裁员率不高于 20%");
  expect(html).toContain("有此情形</strong> 列入严重失信主体名单");
  expect(html).not.toContain("三年内偷逃税");
});
