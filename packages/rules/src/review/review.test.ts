import { describe, expect, test } from "vitest";
import { parsePolicy } from "../policy/parse-policy.ts";
import { policyDocument, vocabulary, vocabularyDocument } from "../testing.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { modeOf } from "./mode.ts";
import { reviewPolicy } from "./review-policy.ts";
import { findSharedFunds } from "./shared-funds.ts";

/** A policy about which the review has nothing to say. */
const clauses = [
  "## 一 资格 [资格]\n人数 10 人以上，守信。",
  "## 二 金额 [金额]\n每户 1000 元。",
  "## 三 期限 [时限]\n自 2020-01-01 起。",
  "## 四 经办 [程序]\n直接拨付，先到先得，资金不足的排队轮候。",
];
const guide = { materials: [], contact: { zh: "热线", en: "Hotline" } };
const fund = { rule: "first-come", whenShort: "waiting-list", clause: "四" };
const staffed = (operator = "atLeast", value: unknown = 10) => ({
  name: "staffed",
  clause: "一",
  fact: "ent.staff",
  operator,
  value,
});
const good = { name: "good", clause: "一", fact: "ent.good", operator: "equal", value: true };
const cases = {
  asOf: "2025-11-03",
  facts: { "ent.subjectType": "企业", "ent.good": true, "ent.staff": 10 },
  cases: [
    { name: "at the limit", expect: { outcome: "eligible" } },
    { name: "below it", facts: { "ent.staff": 9 }, expect: { outcome: "ineligible" } },
  ],
};

type Change = Readonly<{ text?: readonly string[]; words?: Vocabulary; cases?: unknown }> &
  Readonly<Record<string, unknown>>;

function aPolicy({ text = clauses, words = vocabulary, cases: _, ...change }: Change = {}) {
  const document = policyDocument({
    validity: { from: "2020-01-01", governs: "decision-day", clause: "三" },
    conditions: { all: [staffed(), good] },
    guide,
    fund,
    timeLimits: { promised: { workingDays: 5, clause: "三" } },
    ...change,
  });
  return parsePolicy(document, words, text.join("\n\n"));
}

const codes = (change: Change = {}) =>
  reviewPolicy(aPolicy(change), change.cases ?? cases).findings.map(({ code, where }) => `${code} ${where}`);

const clauseOne = (text: string) => [`## 一 资格 [资格]\n${text}`, ...clauses.slice(1)];
const clauseTwo = (text: string) => [clauses[0] ?? "", `## 二 金额 [金额]\n${text}`, ...clauses.slice(2)];

test("a policy that says what its text says is left in peace", () => {
  expect(codes()).toEqual([]);
});

describe("conditions", () => {
  test.each<[string, object, string]>([
    [
      "no value meets",
      { all: [staffed(), { ...staffed("lessThan", 10), name: "b" }, good] },
      "unsatisfiable requirements",
    ],
    ["every value meets", { any: [staffed(), { ...staffed("lessThan", 10), name: "b" }] }, "always-true conditions"],
    [
      "that leave a single value out",
      { any: [staffed("lessThan", 10), { ...staffed("greaterThan", 10), name: "b" }] },
      "gap-in-tiers conditions",
    ],
  ])("%s are found", (_, conditions, expected) => {
    expect(codes({ conditions })).toContain(expected);
  });
  test("alternatives that meet, or that are far apart, are none", () => {
    const apart = { any: [staffed("lessThan", 10), { ...staffed("atLeast", 50), name: "b" }] };
    expect(codes({ conditions: apart }).filter((code) => code.startsWith("gap"))).toEqual([]);
  });
});

describe("limits", () => {
  test.each([
    ["人数超过 10 人", "limit-differs staffed"],
    ["人数 10 人以上", undefined],
    ["人数达到 10 人", undefined],
    ["人数满 10 人", undefined],
    ["人数不少于 10 人", undefined],
    // Words about those who are left out say the other side.
    ["人数不足 10 人的除外", undefined],
    ["人数为 10 人", undefined],
  ])("of “%s” tested as at least 10: %s", (text, expected) => {
    expect(codes({ text: clauseOne(text) }).filter((code) => code.startsWith("limit-differs"))).toEqual(
      expected === undefined ? [] : [expected],
    );
  });
  test.each([
    ["不超过 10 人", "lessThan", true],
    ["10 人以下", "lessThan", true],
    ["10 人以下", "atMost", false],
    ["不满 10 人", "atMost", true],
    ["不满 10 人", "lessThan", false],
  ])("of “%s” tested as %s are found: %s", (text, operator, isSlip) => {
    const found = codes({ text: clauseOne(text), conditions: { all: [staffed(operator), good] } });
    expect(found.includes("limit-differs staffed")).toBe(isSlip);
  });
});

describe("numbers", () => {
  test("of a requirement that its clause does not say are found", () => {
    expect(codes({ text: clauseOne("人数 12 人以上") })).toContain("number-not-in-clause staffed");
  });
  test("of the amount that no clause of it says are found", () => {
    const table = [{ below: 2_000_000, amount: 100_000 }, { amount: 300_000 }];
    const benefit = { clause: "二", amount: { bands: { of: "fin.sales", table } } };
    expect(codes({ benefit, text: clauseTwo("不足 200 万元 10 万元，以上 20 万元。") })).toEqual([
      "number-not-in-clause benefit",
    ]);
    expect(codes({ benefit, text: clauseTwo("不足 200 万元 10 万元，以上 30 万元。") })).toEqual([]);
  });
  test("a rate in ‰ and one in words are read", () => {
    const benefit = (percent: number | string) => ({
      clause: "二",
      amount: { percentage: { of: "fin.sales", percent } },
    });
    expect(codes({ benefit: benefit("0.2"), text: clauseTwo("按零售额的 2‰。") })).toEqual([]);
    expect(codes({ benefit: benefit(50), text: clauseTwo("减半征收。") })).toEqual([]);
  });
});

describe("amounts", () => {
  const benefit = { clause: "二", amount: { percentage: { of: "fin.sales", percent: 15 } } };
  const text = clauseTwo("不超过总投资的 15%。");
  test("that the text leaves open are found, unless a discretion or a setting deals with it", () => {
    expect(codes({ benefit, text })).toEqual(["amount-left-open 二"]);
    expect(codes({ benefit: { ...benefit, discretion: { clause: "二" } }, text })).toEqual([]);
    const settings = [
      {
        name: "most",
        question: { zh: "“不超过”取多少", en: "How much" },
        chosen: "full",
        options: { full: { zh: "上限", en: "All" }, less: { zh: "较低", en: "Less" } },
      },
    ];
    expect(codes({ benefit, text, settings })).toEqual([]);
  });
});

describe("exclusions", () => {
  const words = parseVocabulary([
    vocabularyDocument,
    {
      facts: {
        "firm.promise": {
          type: "boolean",
          label: { zh: "承诺", en: "Promise" },
          source: "tax",
          maxAgeDays: 30,
          privacy: "public",
          means: "declaration",
        },
      },
    },
  ]);
  const text = [...clauses, "## 五 除外 [非资格]\n有欺瞒的除外。"];
  test("by something that no record shows are found", () => {
    const excluded = { name: "honest", clause: "五", fact: "firm.promise", operator: "equal", value: true };
    expect(codes({ words, text, conditions: { all: [staffed(), good, excluded] } })).toEqual([
      "exclusion-without-list honest",
    ]);
  });
  test("by a department's record are none", () => {
    const excluded = { ...good, name: "good", clause: "五" };
    expect(codes({ text, conditions: { all: [staffed(), excluded] } })).toEqual([]);
  });
});

describe("the guide", () => {
  test.each<[string, Change, string]>([
    ["that is missing", { guide: undefined }, "guide-incomplete guide"],
    ["without a procedure", { text: clauses.slice(0, 3), fund: undefined }, "guide-incomplete guide"],
    [
      "that asks for what the government issues",
      { guide: { ...guide, materials: [{ name: { zh: "营业执照复印件", en: "Licence" }, how: "upload" }] } },
      "asks-for-shared-material guide.materials",
    ],
  ])("%s is found", (_, change, expected) => expect(codes(change)).toContain(expected));
  test("may ask for what only the firm has, and waive the rest", () => {
    const materials = [
      { name: { zh: "承诺书", en: "Declaration" }, how: "upload" },
      { name: { zh: "营业执照", en: "Licence" }, how: "waived" },
    ];
    expect(codes({ guide: { ...guide, materials } })).toEqual([]);
  });
});

describe("fair competition", () => {
  test.each([
    ["仅限国有企业。", "fair-competition-ownership"],
    ["优先购买本地产品。", "fair-competition-local-purchase"],
    ["按地方经济贡献的 60% 奖励。", "fair-competition-tax-rebate"],
    ["五年内不得迁出。", "fair-competition-no-move-out"],
  ])("“%s” has to be confirmed", (text, expected) => {
    expect(codes({ text: [...clauses, `## 五 其他 [程序]\n${text}`] })).toEqual([`${expected} 五`]);
  });
  test("a landlord that is a state-owned firm is no matter of competition", () => {
    expect(codes({ text: [...clauses, "## 五 其他 [程序]\n承租国有企业房屋。"] })).toEqual([]);
  });
});

describe("codes", () => {
  test("of an edition that came after the policy are found", () => {
    const grade = { ...vocabularyDocument.facts["ent.grade"], edition: { name: "第二版", from: "2022-01-01" } };
    const words = parseVocabulary([
      { ...vocabularyDocument, facts: { ...vocabularyDocument.facts, "ent.grade": grade } },
    ]);
    const conditions = {
      all: [staffed(), good, { name: "graded", clause: "一", fact: "ent.grade", operator: "equal", value: "A" }],
    };
    const validity = { from: "2020-01-01", to: "2021-12-31", governs: "decision-day", clause: "三" };
    expect(codes({ words, conditions, validity })).toEqual(["wrong-edition ent.grade"]);
    expect(codes({ words, conditions })).toEqual([]);
  });
});

describe("a superior policy", () => {
  const review = (own: object, theirs: object) =>
    reviewPolicy(aPolicy({ conditions: { all: [own, good] } }), cases, aPolicy({ conditions: { all: [theirs, good] } }))
      .findings.filter(({ code }) => code === "stricter-than-parent")
      .map(({ where }) => where);
  test.each<[object, object, string[]]>([
    [staffed("atLeast", 20), staffed("atLeast", 10), ["staffed"]],
    [staffed("greaterThan", 10), staffed("atLeast", 10), ["staffed"]],
    [staffed("atLeast", 10), staffed("atLeast", 10), []],
    [staffed("atLeast", 5), staffed("atLeast", 10), []],
    [staffed("atMost", 5), staffed("atMost", 10), ["staffed"]],
  ])("%j under %j: stricter at %j", (own, theirs, expected) => expect(review(own, theirs)).toEqual(expected));
});

describe("the mode", () => {
  const facts = { label: { zh: "某", en: "X" }, type: "boolean", source: "tax", maxAgeDays: 30, privacy: "public" };
  const words = parseVocabulary([
    vocabularyDocument,
    { facts: { "firm.says": { ...facts, means: "declaration" }, "panel.says": { ...facts, means: "judgement" } } },
  ]);
  const asks = (fact: string) => ({
    all: [staffed(), { name: "said", clause: "一", fact, operator: "equal", value: true }],
  });
  const openAmount = {
    clause: "二",
    amount: { percentage: { of: "fin.sales", percent: 15 } },
    discretion: { clause: "二" },
  };
  test.each<[string, Change, string, number]>([
    ["everything comes from records", {}, "apply-free", 1],
    ["the firm has to declare something", { words, conditions: asks("firm.says") }, "fast-track", 0.75],
    ["somebody has to judge", { words, conditions: asks("panel.says") }, "manual", 0.75],
    ["an office decides on the amount", { benefit: openAmount }, "manual", 1],
    [
      "the text shows no amount",
      { benefit: { clause: "二", inKind: { zh: "另定", en: "Set elsewhere" } } },
      "manual",
      1,
    ],
    ["the text does not say from when it is in force", { validity: "unstated" }, "manual", 1],
    [
      "a title is given, and records decide",
      { benefit: { clause: "二", kind: "qualification", inKind: { zh: "资格", en: "Status" } } },
      "apply-free",
      1,
    ],
  ])("where %s is %s", (_, change, mode, machineChecked) => {
    const report = modeOf(aPolicy(change));
    expect([report.mode, report.machineChecked]).toEqual([mode, machineChecked]);
    expect(report.reasons.length > 0).toBe(mode !== "apply-free");
  });
});

describe("the fund", () => {
  const lottery = {
    rule: "lottery",
    seedSha256: "0".repeat(64),
    whenShort: "turned-away",
    closes: "2025-11-30",
    clause: "四",
  };
  test("that a policy of the treasury's money does not speak of is asked for", () => {
    expect(codes({ fund: undefined })).toEqual(["fund-undeclared fund"]);
    expect(codes({ fund: undefined, payout: { ...onceFrom, payer: { who: { zh: "业主", en: "Owner" } } } })).toEqual(
      [],
    );
  });
  test("that is paid whenever it suits is asked for its limits", () => {
    expect(codes({ timeLimits: undefined })).toEqual(["time-limit-undeclared timeLimits"]);
  });
  test("of one line is given out by one rule", () => {
    const own = aPolicy();
    const other = aPolicy({ id: "other", fund: lottery });
    const elsewhere = aPolicy({ id: "elsewhere", fund: lottery, payout: { ...onceFrom, budgetLine: "another-2025" } });
    expect(findSharedFunds(own, [own, other, elsewhere]).map(({ code }) => code)).toEqual(["fund-shared-by-two-rules"]);
    expect(findSharedFunds(own, [own, aPolicy({ id: "third", fund: undefined })])).toEqual([]);
  });
  test("whose rule or answer the clause does not speak of is looked at again", () => {
    expect(codes({ fund: lottery })).toEqual(["fund-clause-silent 四", "fund-clause-silent 四"]);
    expect(codes({ fund: { ...fund, whenShort: "turned-away" } })).toEqual(["fund-clause-silent 四"]);
  });
  test("cannot be given out where no money of the treasury is, or when the policy is not in force", () => {
    expect(codes({ payout: { ...onceFrom, payer: { who: { zh: "业主", en: "Owner" } } } })).toEqual([
      "fund-without-money fund",
    ]);
    expect(codes({ fund: { ...lottery, closes: "2019-11-30" } })).toContain("fund-window-outside-validity fund.closes");
  });
});
const onceFrom = { budgetLine: "test-2025", period: "once", confirmWithinDays: 30 };
