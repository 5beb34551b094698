import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Profile } from "../profile.ts";
import { aFirm, aPolicy, profile, vocabulary } from "../testing.ts";
import { describePolicy } from "./describe-policy.ts";
import { explain } from "./explain.ts";
import { type ExplainedCondition, explainDecision } from "./explain-decision.ts";
import { factText } from "./fact-text.ts";

const policy = aPolicy({
  conditions: {
    clause: "一",
    all: [
      { name: "growth", fact: "fin.growth", operator: "atMost", value: 20 },
      { name: "staff", fact: "ent.staff", operator: "atLeast", value: 5 },
      { name: "since", fact: "ent.since", operator: "lessThan", value: "2020-01-01" },
    ],
  },
  benefit: {
    clause: "二",
    amount: { percentage: { of: "fin.sales", percent: { by: "ent.grade", table: { A: 30, B: 60, C: 60 } } } },
  },
});

const facts = {
  "ent.subjectType": "企业",
  "fin.growth": "1.2",
  "ent.staff": 1200,
  "ent.since": "2019-12-31",
  "fin.sales": "100000",
  "ent.grade": "B",
};

async function explained(change = {}) {
  const decision = await decide(policy, profile({ ...facts, ...change }), { asOf: "2025-11-03" });
  return { decision, ...explainDecision(policy, decision) };
}

async function sentence(name: string, lang: "zh" | "en", change = {}) {
  const { conditions } = await explained(change);
  return conditions.flatMap(({ children }) => children).find((child) => child.name === name)?.sentence[lang];
}

test("a requirement is said with what was found, its unit and its limit", async () => {
  expect(await sentence("growth", "zh")).toBe("增幅 1.2%，不高于 20%");
  expect(await sentence("staff", "zh")).toBe("人数 1,200 人，不低于 5 人");
  expect(await sentence("since", "zh")).toBe("成立日期 2019-12-31，早于 2020-01-01");
  expect(await sentence("staff", "en")).toBe("Staff: 1,200 people, is at least 5 people");
});

test("a failed or open requirement says what is asked for", async () => {
  expect(await sentence("staff", "zh", { "ent.staff": 4 })).toBe("人数 4 人，要求不低于 5 人");
  const { "ent.staff": _, ...without } = facts;
  const decision = await decide(policy, profile(without), { asOf: "2025-11-03" });
  expect(explain(policy, decision, "zh")).toContain("? 人数 尚未取得，须不低于 5 人");
  expect(explainDecision(policy, decision).missing).toEqual([
    { fact: "ent.staff", label: { zh: "人数", en: "Staff" }, department: { zh: "人社局", en: "People bureau" } },
  ]);
});

test("the amount is explained by what it was computed from", async () => {
  const { amount, computation, outcome } = await explained();
  expect([outcome.zh, amount.zh]).toEqual(["符合条件", "60,000.00 元"]);
  expect(computation.map(({ label, text }) => `${label.zh} ${text.zh}`)).toEqual([
    "销售收入 100,000 元",
    "等级 乙",
    "比例 60%",
  ]);
});

test("as text, every line carries its mark, source and clause", async () => {
  const { decision } = await explained();
  expect(explain(policy, decision, "zh").split("\n")).toContain("    ✓ 人数 1,200 人，不低于 5 人 [人社局，一]");
  expect(explain(policy, decision, "en")).toContain("Test: Eligible\nAmount: CNY 60,000.00");
});

describe("a condition on what is derived", () => {
  const derived = {
    "x.perHead": {
      ...{ type: "decimal", label: { zh: "人均", en: "Per head" } },
      formula: "fin.sales / ent.staff",
    },
  };
  const perHead = { name: "perHead", clause: "一", fact: "x.perHead", operator: "atLeast", value: 5 };
  const deriving = aPolicy({ derived, conditions: { all: [perHead] } });
  const one = (conditions: readonly ExplainedCondition[]) => conditions.flatMap(({ children }) => children).at(-1);

  test("names the departments behind it, once each, and their day where they speak of the same", async () => {
    const on = async (salesAsOf: string, staffAsOf: string) => {
      const facts: Profile = {
        ...profile(aFirm),
        "fin.sales": { state: "known", value: "100", source: "tax", asOf: salesAsOf },
        "ent.staff": { state: "known", value: 4, source: "people", asOf: staffAsOf },
      };
      return one(explainDecision(deriving, await decide(deriving, facts, { asOf: "2025-11-03" })).conditions);
    };
    const sources = [
      { zh: "税务局", en: "Tax bureau" },
      { zh: "人社局", en: "People bureau" },
    ];
    expect(await on("2025-10-31", "2025-10-31")).toMatchObject({ result: "true", sources, asOf: "2025-10-31" });
    const differing = await on("2025-10-31", "2025-10-01");
    expect(differing).toMatchObject({ sources });
    expect(differing).not.toHaveProperty("asOf");
  });

  test("names them too where it is described to anybody", () => {
    const [description] = describePolicy(deriving).requirements.slice(-1);
    const leaf = description?.children.at(-1) ?? description;
    expect(leaf?.source).toEqual({ zh: "税务局、人社局", en: "Tax bureau, People bureau" });
  });
});

test("an amount that is a range is said as one", async () => {
  const { "ent.grade": _, ...without } = facts;
  const decision = await decide(policy, profile(without), { asOf: "2025-11-03" });
  expect(explainDecision(policy, decision).amount.zh).toBe("30,000.00 元 至 60,000.00 元");
});

describe("an exclusion", () => {
  const excluding = aPolicy({
    subject: { types: ["企业", "机关"], clause: "一" },
    conditions: {
      clause: "一",
      not: {
        name: "listed",
        any: [
          { name: "kind", fact: "ent.subjectType", operator: "in", value: ["机关"] },
          { name: "shrinks", fact: "fin.growth", operator: "lessThan", value: 0 },
          { name: "good", fact: "ent.good", operator: "equal", value: false },
        ],
      },
    },
  });

  async function circumstance(name: string, known: Record<string, string | boolean>) {
    const decision = await decide(excluding, profile({ "ent.subjectType": "企业", ...known }), { asOf: "2025-11-03" });
    const all = (lines: readonly ExplainedCondition[]): ExplainedCondition[] =>
      lines.flatMap((line) => [line, ...all(line.children)]);
    const line = all(explainDecision(excluding, decision).conditions).find((each) => each.name === name);
    return { line, text: (lang: "zh" | "en") => explain(excluding, decision, lang) };
  }

  test("that does not apply says what is the case, and asks for nothing", async () => {
    const { line, text } = await circumstance("kind", { "fin.growth": "1.2", "ent.good": true });
    expect(line).toMatchObject({
      result: "false",
      excluded: true,
      sentence: { zh: "主体类型 企业，不属于 机关", en: "Kind of subject: enterprise, is none of organ" },
    });
    expect(text("zh")).toContain("✓ 无此情形：增幅 1.2%，不低于 0%");
    expect(text("zh")).toContain("✓ 无此情形：守信 是");
    expect(text("en")).toContain("✓ not the case: Growth: 1.2%, is at least 0%");
    expect(text("zh")).not.toMatch(/✗|要求/);
    expect(text("en")).not.toMatch(/✗|required/);
  });

  test("that applies says so", async () => {
    const { line, text } = await circumstance("kind", { "ent.subjectType": "机关" });
    expect(line?.sentence.zh).toBe("主体类型 机关，属于 机关");
    expect(text("zh")).toContain("✗ 有此情形：主体类型 机关，属于 机关");
  });

  test("that is open says what must come out", async () => {
    expect((await circumstance("shrinks", {})).line?.sentence.zh).toBe("增幅 尚未取得，须不低于 0%");
    expect((await circumstance("good", {})).line?.sentence).toEqual({
      zh: "守信 尚未取得，须为 是",
      en: "In good standing: not yet obtained, to be checked: is yes",
    });
  });

  test("is a group of circumstances, not of requirements", async () => {
    const { line } = await circumstance("listed", { "fin.growth": "1.2", "ent.good": true });
    expect(line?.sentence).toEqual({ zh: "有下列情形之一", en: "Any of the following is the case" });
  });
});

test("a list is said by the labels of its fields, in the vocabulary's order", () => {
  const paid = [
    { paidOn: null, amount: "1000", family: "A" },
    { amount: "2", family: "B", paidOn: "2024-05-01" },
  ];
  expect(factText(vocabulary, "ledger.paid", paid)).toEqual({
    zh: "类别 A，金额 1,000 元，日期 无；类别 B，金额 2 元，日期 2024-05-01",
    en: "Family A, Amount CNY 1,000, Day none; Family B, Amount CNY 2, Day 2024-05-01",
  });
  expect(factText(vocabulary, "ledger.paid", []).zh).toBe("无");
});

test("every policy can be explained in both languages, whatever is missing", async () => {
  for (const known of [{}, aFirm, facts]) {
    const decision = await decide(policy, profile(known), { asOf: "2025-11-03" });
    for (const lang of ["zh", "en"] as const) expect(explain(policy, decision, lang)).not.toMatch(/undefined|\[object/);
  }
});

test("how a benefit reaches the firm is told where it is more than one sum to its account", async () => {
  const who = (zh: string, en: string) => ({ who: { zh, en } });
  const payout = { budgetLine: "x", period: "year", confirmWithinDays: 15 };
  const told = async (benefit: object, more: object = {}) => {
    const policy = aPolicy({ benefit: { clause: "二", ...benefit }, payout: { ...payout, ...more } });
    const decision = await decide(policy, profile(aFirm), { asOf: "2025-11-03" });
    return explainDecision(policy, decision).terms.map(({ zh, en }) => `${zh} | ${en}`);
  };
  expect(await told({ amount: 1000 })).toEqual([]);
  expect(
    await told(
      {
        amount: 1000,
        kind: "rentReduction",
        instalments: { years: 2 },
        split: [
          { payer: "省", percent: 30 },
          { payer: "市", rest: true },
        ],
      },
      { payee: who("银行", "the bank"), payer: who("房东", "the landlord") },
    ),
  ).toEqual([
    "以减免租金的方式享受 | Granted as a reduction of rent",
    "付给：银行 | Paid to: the bank",
    "由此方承担：房东 | Borne by: the landlord",
    "第 1 年 500.00 元 | Year 1: CNY 500.00",
    "第 2 年 500.00 元 | Year 2: CNY 500.00",
    "省承担 300.00 元 | 省 bears CNY 300.00",
    "市承担 700.00 元 | 市 bears CNY 700.00",
  ]);
  expect(await told({ amount: 1000, discretion: { clause: "二" } })).toEqual([
    "由主管部门在上限内确定 | An office decides on the amount, up to the most",
  ]);
});
