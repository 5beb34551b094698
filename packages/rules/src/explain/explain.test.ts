import { expect, test } from "vitest";
import { decide } from "../decide.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import { explain } from "./explain.ts";
import { explainDecision } from "./explain-decision.ts";

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

test("an amount that is a range is said as one", async () => {
  const { "ent.grade": _, ...without } = facts;
  const decision = await decide(policy, profile(without), { asOf: "2025-11-03" });
  expect(explainDecision(policy, decision).amount.zh).toBe("30,000.00 元 至 60,000.00 元");
});

test("every policy can be explained in both languages, whatever is missing", async () => {
  for (const known of [{}, aFirm, facts]) {
    const decision = await decide(policy, profile(known), { asOf: "2025-11-03" });
    for (const lang of ["zh", "en"] as const) expect(explain(policy, decision, lang)).not.toMatch(/undefined|\[object/);
  }
});
