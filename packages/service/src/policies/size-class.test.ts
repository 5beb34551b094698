import path from "node:path";
import { decide, parsePolicy, parseVocabulary, profileOf } from "@apply-free/rules";
import { expect, test } from "vitest";
import { readVocabularyDocuments } from "./policy-source.fs.ts";

const directory = path.join(import.meta.dirname, "../../../../rules/vocabulary");
const vocabulary = parseVocabulary(await readVocabularyDocuments(directory));

/** Pays 1 元 for 微型, 2 for 小型, 3 for 中型, 4 for 大型, 5 for what the standard does not cover. */
const policy = parsePolicy(
  {
    id: "size-class",
    version: 1,
    title: { zh: "划型", en: "Size class" },
    document: { issuer: "国家统计局" },
    validity: { from: "2018-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { clause: "一", name: "any", fact: "ent.subjectType", operator: "equal", value: "企业" },
    benefit: {
      clause: "一",
      amount: {
        percentage: {
          of: 100,
          percent: { by: "ent.sizeClass", table: { 微型: 1, 小型: 2, 中型: 3, 大型: 4, 不适用: 5 } },
        },
      },
    },
    payout: { budgetLine: "none", period: "once", confirmWithinDays: 1 },
  },
  vocabulary,
  "## 一 [资格、金额]\n",
);

type Known = Readonly<{ staff?: number; revenue?: string; assets?: string }>;

async function classesOf(industry: string | undefined, { staff, revenue, assets }: Known) {
  const facts = {
    "ent.subjectType": "企业",
    ...(industry !== undefined && { "ent.industry": industry }),
    ...(staff !== undefined && { "hr.staffYearEnd": staff }),
    ...(revenue !== undefined && { "fin.revenue": revenue }),
    ...(assets !== undefined && { "fin.totalAssets": assets }),
  };
  const { amount } = await decide(policy, profileOf(facts, vocabulary), { asOf: "2025-11-03" });
  const name = (fen: string) => ["", "微型", "小型", "中型", "大型", "不适用"][Number(fen) / 100];
  if (amount.kind === "exact") return name(amount.fen);
  return amount.kind === "range" ? `${name(amount.minFen)}–${name(amount.maxFen)}` : amount.kind;
}

// Source: 统计上大中小微型企业划分办法（2017）; the class is the lowest over the indicators of the industry.
test.each<[string, string, Known, string]>([
  ["工业 1000 人 4 亿", "34", { staff: 1000, revenue: "400000000" }, "大型"],
  ["工业 1000 人 3.9999 亿", "34", { staff: 1000, revenue: "399990000" }, "中型"],
  ["工业 999 人 4 亿", "34", { staff: 999, revenue: "400000000" }, "中型"],
  ["工业 300 人 2000 万", "34", { staff: 300, revenue: "20000000" }, "中型"],
  ["工业 299 人 5 亿", "34", { staff: 299, revenue: "500000000" }, "小型"],
  ["工业 19 人 5 亿", "34", { staff: 19, revenue: "500000000" }, "微型"],
  ["零售 50 人 499 万", "52", { staff: 50, revenue: "4990000" }, "小型"],
  ["软件 10 人 49 万", "65", { staff: 10, revenue: "490000" }, "微型"],
  ["商务服务 300 人，资产 7999 万", "72", { staff: 300, assets: "79990000" }, "小型"],
  ["教育", "83", { staff: 5000, revenue: "9000000000" }, "不适用"],
  ["铁路运输", "53", { staff: 5000, revenue: "9000000000" }, "不适用"],
  ["农业只看收入", "01", { revenue: "200000000" }, "大型"],
  ["建筑业看收入和资产", "47", { revenue: "800000000", assets: "799999999.99" }, "中型"],
  ["其他未列明行业只看人数", "73", { staff: 100 }, "中型"],
])("%s", async (_, industry, known, expected) => {
  expect(await classesOf(industry, known)).toBe(expected);
});

test.each<[string, string | undefined, Known, string]>([
  ["工业 1200 人、收入未知，四类皆有可能", "34", { staff: 1200 }, "微型–大型"],
  ["工业 800 人、收入未知，不会是大型", "34", { staff: 800 }, "微型–中型"],
  ["工业 10 人、收入未知，必是微型", "34", { staff: 10 }, "微型"],
  ["行业未知，什么都可能，包括不能划型", undefined, { staff: 10, revenue: "1000000" }, "unknown"],
  ["59 类：装卸搬运与仓储结论一致时可以确定", "59", { staff: 15, revenue: "5000000" }, "微型"],
  ["59 类：结论不一致时不能确定", "59", { staff: 150, revenue: "300000000" }, "unknown"],
  [
    "70 类：房地产开发、物业、其他结论不一致时不能确定",
    "70",
    { staff: 5, revenue: "5000000", assets: "60000000" },
    "unknown",
  ],
])("%s", async (_, industry, known, expected) => {
  expect(await classesOf(industry, known)).toBe(expected);
});
