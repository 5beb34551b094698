import { evaluate, type Scope } from "./formula/evaluate.ts";
import type { StaticType } from "./formula/expression.ts";
import { type Names, parseFormula } from "./formula/parse.ts";
import { NOTHING, type Value } from "./formula/value.ts";
import type { Json } from "./json.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import type { Policy } from "./policy/policy.ts";
import { profileOf } from "./profile.ts";
import { anyValueOf, staticTypeOf, valueOfFact } from "./vocabulary/fact-value.ts";
import { parseVocabulary } from "./vocabulary/parse-vocabulary.ts";
import type { Vocabulary } from "./vocabulary/vocabulary.ts";

/** A small world for tests of this package: two departments, one fact of each type. */

const label = { zh: "某项", en: "Something" };
const common = { label, source: "tax", maxAgeDays: 366, privacy: "business" };

const paidFields = {
  family: { type: "text", label: { zh: "类别", en: "Family" } },
  amount: { type: "money", min: 0, label: { zh: "金额", en: "Amount" } },
  paidOn: { type: "date", nullable: true, label: { zh: "日期", en: "Day" } },
};

export const vocabularyDocument = {
  sources: { tax: { zh: "税务局", en: "Tax bureau" }, people: { zh: "人社局", en: "People bureau" } },
  codeLists: {
    "subject-types": { 企业: { zh: "企业", en: "enterprise" }, 机关: { zh: "机关", en: "organ" } },
    grades: { A: { zh: "甲", en: "A" }, B: { zh: "乙", en: "B" }, C: { zh: "丙", en: "C" } },
  },
  facts: {
    "ent.subjectType": {
      ...common,
      type: "code",
      codes: "subject-types",
      label: { zh: "主体类型", en: "Kind of subject" },
    },
    "ent.region": { ...common, type: "code", digits: 6 },
    "ent.grade": { ...common, type: "code", codes: "grades", label: { zh: "等级", en: "Grade" } },
    "ent.good": { ...common, type: "boolean", label: { zh: "守信", en: "In good standing" } },
    "ent.since": { ...common, type: "date", label: { zh: "成立日期", en: "Founded on" } },
    "ent.movedOn": { ...common, type: "date", nullable: true },
    "ent.staff": {
      ...common,
      type: "integer",
      min: 0,
      unit: { zh: "人", en: "people" },
      source: "people",
      label: { zh: "人数", en: "Staff" },
    },
    "fin.sales": { ...common, type: "money", min: 0, label: { zh: "销售收入", en: "Sales" } },
    "fin.growth": { ...common, type: "percent", label: { zh: "增幅", en: "Growth" } },
    "ent.name": { ...common, type: "text" },
    "ent.controller": { ...common, type: "text", nullable: true },
    "ledger.paid": { ...common, type: "list", label: { zh: "已兑付", en: "Paid before" }, fields: paidFields },
    "group.paid": { ...common, type: "list", acrossGroup: "ledger.paid", fields: paidFields },
  },
};

export const vocabulary: Vocabulary = parseVocabulary([vocabularyDocument]);

export const clauseText = "## 一 资格 [资格]\n须满 5 人。\n\n## 二 金额 [金额]\n按比例。\n";

type Change = Readonly<Record<string, unknown>>;

/** A policy that anyone in the right kind meets, with the parts that a test cares about put in. */
export function policyDocument(change: Change = {}): Record<string, unknown> {
  return {
    id: "test-policy",
    version: 1,
    title: { zh: "测试", en: "Test" },
    document: { issuer: "某局" },
    validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { all: [{ name: "good", clause: "一", fact: "ent.good", operator: "equal", value: true }] },
    benefit: { clause: "二", amount: 1000 },
    payout: { budgetLine: "test-2025", period: "once", confirmWithinDays: 30 },
    ...change,
  };
}

export function aPolicy(change: Change = {}, words = vocabulary): Policy {
  return parsePolicy(policyDocument(change), words, clauseText);
}

export const aFirm: Readonly<Record<string, Json>> = { "ent.subjectType": "企业", "ent.good": true };

export function profile(facts: Readonly<Record<string, Json>>) {
  return profileOf(facts, vocabulary);
}

/** Names of the test vocabulary, and the decision day. */
export const names: Names = {
  typeOf: (id): StaticType | undefined => {
    const fact = vocabulary.facts.get(id);
    return id === "asOf" ? { kind: "date" } : fact && staticTypeOf(fact);
  },
  ids: () => vocabulary.facts.keys(),
};

/** Evaluates a formula on facts of the test vocabulary; those not given are unknown. */
export function feel(source: string, facts: Readonly<Record<string, Json>> = {}, asOf = "2025-11-03"): Value {
  const { expression } = parseFormula(source, "test", names);
  const scope: Scope = { fact: (id) => factValue(id, facts, asOf), locals: undefined };
  return evaluate(expression, scope);
}

function factValue(id: string, facts: Readonly<Record<string, Json>>, asOf: string): Value {
  if (id === "asOf") return { kind: "date", day: asOf };
  const fact = vocabulary.facts.get(id);
  if (!fact) return NOTHING;
  const given = facts[id];
  if (given === undefined) return anyValueOf(fact, [id]);
  const value = valueOfFact(fact, given);
  if ("misfit" in value) throw new Error(`${id}: ${value.misfit}`);
  return value;
}
