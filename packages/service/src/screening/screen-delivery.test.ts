import { describe, expect, test } from "vitest";
import { randomFor } from "../demo/sample-random.ts";
import type { FindingCode } from "./finding.ts";
import { type Change, column, numbers, type Row, rowsOf, screened } from "./testing-deliveries.ts";

const REVENUE = "上年营业收入（万元）";
const ASSETS = "上年末资产总额（万元）";
const ARREARS = "失业保险费欠费（元）";
const PREMIUM = "上年单位缴纳失业保险费（元）";
const EVASION = "近三年偷漏税";
const STAFF = "上年末职工人数";
const RATE = "裁员率（%）";

const takePart =
  (share: number): Change =>
  (rows) =>
    rows.slice(0, Math.floor(rows.length * share));
const shiftedDown =
  (header: string): Change =>
  (rows) =>
    rows.map((row, place) => ({ ...row, [header]: rows[(place + 1) % rows.length]?.[header] ?? "" }));
const without =
  (header: string): Change =>
  (rows) =>
    rows.map(({ [header]: _, ...row }) => row as Row);
const all =
  (...changes: readonly Change[]): Change =>
  (rows) =>
    changes.reduce((now, change) => change(now), rows);
const swapped =
  (one: string, other: string): Change =>
  (rows) =>
    rows.map((row) => ({ ...row, [one]: row[other] ?? "", [other]: row[one] ?? "" }));
const sometimes = (name: string, share: number, change: (cell: string) => string) => {
  const random = randomFor(11, name);
  return (cell: string) => (random.chance(share) ? change(cell) : cell);
};
const drift = (name: string, low: number, high: number) => {
  const random = randomFor(13, name);
  return (n: number) => n * (low + (high - low) * random.next());
};

/** Kinds of bad delivery that have happened to somebody, each planted into an honest one. */
const bad: readonly (readonly [sentence: string, sourceId: string, change: Change, code: FindingCode])[] = [
  ["元 in a column of 万元", "tax", numbers(REVENUE, (n) => n * 10_000), "unit-slip"],
  ["万元 in a column of 元", "tax", numbers(PREMIUM, (n) => n / 10_000, 2), "unit-slip"],
  ["thousands for units", "tax", numbers(ASSETS, (n) => n / 1000), "unit-slip"],
  ["a percentage as a fraction", "human-resources", numbers(RATE, (n) => n / 100, 4), "unit-slip"],
  ["a file cut off in the middle", "tax", takePart(0.5), "fewer-firms"],
  ["a list of which the first page alone came", "bank-accounts", takePart(0.3), "fewer-firms"],
  ["a column left out", "tax", without(REVENUE), "column-emptied"],
  [
    "a column half empty",
    "human-resources",
    column(STAFF, (cell, _, place) => (place % 2 ? cell : "")),
    "column-emptied",
  ],
  ["a filler in every row", "tax", column(PREMIUM, () => "9999.99"), "column-constant"],
  ["one column slipped by a row", "tax", shiftedDown(REVENUE), "values-of-other-firms"],
  ["names slipped by a row", "market-regulation", shiftedDown("企业名称"), "identities-rewritten"],
  ["two columns exchanged", "tax", swapped(REVENUE, PREMIUM), "unit-slip"],
  ["yes and no exchanged", "tax", column(EVASION, (cell) => (cell === "是" ? "否" : "是")), "answers-turned"],
  ["an export that cuts off at a largest value", "tax", numbers(REVENUE, (n) => Math.min(n, 800)), "values-clipped"],
  ["digits lost to rounding", "tax", numbers(PREMIUM, (n) => Math.round(n / 10_000) * 10_000), "values-coarser"],
  [
    "text read in the wrong encoding",
    "market-regulation",
    column("企业名称", (cell) => `锟斤拷${cell.slice(3)}`),
    "column-garbled",
  ],
  [
    "another edition of the industry codes",
    "market-regulation",
    column("行业大类代码", (cell) => String((Number(cell) % 90) + 1).padStart(2, "0")),
    "identities-rewritten",
  ],
  [
    "amounts with thousands separators in most rows",
    "tax",
    column(REVENUE, (cell) => (cell === "" ? "" : `1,${cell.padStart(6, "0")}`)),
    "many-refused",
  ],
  ["the day of the export for the day of the award", "finance", column("兑付日期", () => "2025-10-30"), "days-all-one"],
  [
    "the accounts of everybody changed",
    "bank-accounts",
    column("银行账号", (cell) => cell.replace(/\d{4}$/, "0000")),
    "identities-rewritten",
  ],
  ["everybody on the list of the dishonest", "credit", () => everybodyListed(), "answers-turned"],
  [
    "days rewritten by another year",
    "finance",
    column("兑付日期", (cell) => cell.replace(/^\d{4}/, "2019")),
    "days-rewritten",
  ],
];

/** What a year's end brings without anyone being wrong. */
const honest: readonly (readonly [sentence: string, sourceId: string, change: Change])[] = [
  ["the same again", "tax", (rows) => rows],
  ["a year of growth", "tax", numbers(REVENUE, drift("growth", 0.9, 1.4))],
  ["a boom", "tax", numbers(REVENUE, drift("boom", 1.1, 2.2))],
  ["a slump", "tax", numbers(REVENUE, drift("slump", 0.4, 1.0))],
  ["premiums halved by law", "tax", numbers(PREMIUM, (n) => n / 2)],
  ["all arrears paid", "tax", numbers(ARREARS, () => 0)],
  [
    "new arrears",
    "tax",
    column(ARREARS, (cell, _, place) => (place % 11 === 0 ? `${place * 371}.${(place % 80) + 11}` : cell)),
  ],
  [
    "a few evaders more",
    "tax",
    column(
      EVASION,
      sometimes("evasion", 0.03, () => "是"),
    ),
  ],
  ["new assets", "tax", numbers(ASSETS, drift("assets", 0.7, 1.8))],
  ["a twentieth of the firms gone", "tax", takePart(0.95)],
  ["a quarter of the firms new", "tax", (rows) => [...rows, ...rows.slice(0, 60)]],
  ["other people hired and let go", "human-resources", numbers(STAFF, drift("staff", 0.7, 1.4), 0)],
  [
    "layoffs unlike last year's",
    "human-resources",
    column(RATE, (_, __, place) => String(((place * 377) % 2100) / 100)),
  ],
  [
    "a new year's start from the old year's end",
    "human-resources",
    (rows) => rows.map((row) => ({ ...row, 上年初职工人数: row[STAFF] ?? "" })),
  ],
  ["three more months paid", "human-resources", numbers("足额缴费月数", (n) => n + 3, 0)],
  [
    "some cells more empty",
    "human-resources",
    column(
      RATE,
      sometimes("empty", 0.1, () => ""),
    ),
  ],
  [
    "some firms renamed",
    "market-regulation",
    column(
      "企业名称",
      sometimes("renamed", 0.05, (cell) => cell.replace("示例", "新示例")),
    ),
  ],
  [
    "some firms moved",
    "market-regulation",
    column(
      "住所行政区划代码",
      sometimes("moved", 0.05, () => "410105"),
    ),
  ],
  [
    "some firms closed",
    "market-regulation",
    column(
      "登记状态",
      sometimes("closed", 0.06, () => "注销"),
    ),
  ],
  [
    "some firms deemed abnormal",
    "market-regulation",
    column(
      "列入经营异常名录",
      sometimes("abnormal", 0.05, () => "是"),
    ),
  ],
  [
    "new awards",
    "finance",
    (rows) => [...rows, ...rows.slice(0, 9).map((row) => ({ ...row, 兑付日期: "2025-10-20" }))],
  ],
  [
    "new titles",
    "industry",
    (rows) => [
      ...rows,
      ...rows.slice(0, 5).map((row) => ({ ...row, 认定日期: "2025-10-20", 称号: "省级智能制造标杆" })),
    ],
  ],
  [
    "some firms with a new account",
    "bank-accounts",
    column(
      "银行账号",
      sometimes("account", 0.08, (cell) => cell.replace(/\d{4}$/, "0000")),
    ),
  ],
];

function everybodyListed(): Row[] {
  return rowsOf("market-regulation").map((row) => ({
    统一社会信用代码: row.统一社会信用代码 ?? "",
    主体名称: row.企业名称 ?? "",
    名单类别: "市场监督管理严重违法失信名单",
  }));
}

describe("a delivery is held when it has", () => {
  test.each(bad)("%s", (_, sourceId, change, code) => {
    const before = rowsOf(sourceId);
    expect(screened(sourceId, before, change(before)).map((finding) => finding.code)).toContain(code);
  });

  test("twenty kinds of harm are planted at least", () => {
    expect(bad.length).toBeGreaterThanOrEqual(20);
    expect(honest.length).toBeGreaterThanOrEqual(20);
  });
});

describe("a delivery is not held for", () => {
  test.each(honest)("%s", (_, sourceId, change) => {
    const before = rowsOf(sourceId);
    expect(screened(sourceId, before, change(before))).toEqual([]);
  });

  test("everything of a year's end at once", () => {
    const before = rowsOf("tax");
    const change = all(
      numbers(REVENUE, drift("year", 0.8, 1.5)),
      numbers(ASSETS, drift("year-assets", 0.8, 1.5)),
      numbers(PREMIUM, drift("year-premium", 0.9, 1.2)),
      takePart(0.97),
    );
    expect(screened("tax", before, change(before))).toEqual([]);
  });
});
