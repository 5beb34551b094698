import type { Bilingual } from "../json.ts";
import type { Bundle, BundleChoice, BundledAward, Cut } from "../stacking/bundle.ts";
import type { StackingRule } from "../stacking/stacking-rule.ts";
import { listed } from "./listed.ts";
import { yuan } from "./terms.ts";

/** Title of a policy by its id. */
export type TitleOf = (policy: string) => Bilingual;

/** One award of a bundle in words: its amount, and each rule that takes something from it. */
export type ExplainedAward = Readonly<{ amount: Bilingual; reasons: readonly Bilingual[] }>;

/** Why an award comes to what it comes to beside the others, in plain words, each with its clause. */
export function explainAward(award: BundledAward, titleOf: TitleOf): ExplainedAward {
  return {
    amount: amountText(award),
    reasons: [...award.cuts.map((cut) => cutText(cut, titleOf)), ...doubtText(award, titleOf)],
  };
}

/** What each of several that exclude each other would give, and how much less than the best that is. */
export function explainChoice({ rule, options }: BundleChoice, titleOf: TitleOf): readonly Bilingual[] {
  return options.map(({ awards, totalFen, lessFen, isProposed }): Bilingual => {
    const titles = listOf(awards, titleOf);
    const total = yuan(String(totalFen));
    const clause = clauseText(rule, titleOf);
    if (isProposed) {
      return {
        zh: `选择${titles.zh}：合计 ${total} 元（建议方案；${clause.zh}）`,
        en: `With ${titles.en}: CNY ${total} in all (proposed; ${clause.en})`,
      };
    }
    const difference = yuan(String(lessFen < 0n ? -lessFen : lessFen));
    const [zh, en] = lessFen < 0n ? ["多", "more"] : ["少", "less"];
    return {
      zh: `选择${titles.zh}：合计 ${total} 元，比建议方案${zh} ${difference} 元`,
      en: `With ${titles.en}: CNY ${total} in all, CNY ${difference} ${en} than proposed`,
    };
  });
}

/** A bundle as plain text. */
export function explainBundle({ awards, totalFen, choices }: Bundle, titleOf: TitleOf, lang: "zh" | "en"): string {
  const total = yuan(String(totalFen));
  const head: Bilingual = { zh: `合计 ${total} 元`, en: `CNY ${total} in all` };
  const lines = awards.flatMap((award) => {
    const { amount, reasons } = explainAward(award, titleOf);
    const colon = lang === "zh" ? "：" : ": ";
    return [`${titleOf(award.policy)[lang]}${colon}${amount[lang]}`, ...reasons.map((reason) => `  ${reason[lang]}`)];
  });
  const options = choices.flatMap((choice) => explainChoice(choice, titleOf).map((option) => `- ${option[lang]}`));
  return [head[lang], ...lines, ...options].join("\n");
}

function amountText({ state, askedFen, grantedFen }: BundledAward): Bilingual {
  const granted = yuan(String(grantedFen));
  const asked = askedFen === undefined ? undefined : yuan(String(askedFen));
  switch (state) {
    case "whole":
      return { zh: `${granted} 元`, en: `CNY ${granted}` };
    case "reduced":
      return { zh: `${granted} 元（单独计算为 ${asked} 元）`, en: `CNY ${granted} (CNY ${asked} by itself)` };
    case "left-out":
      return { zh: `不发放（单独计算为 ${asked ?? "?"} 元）`, en: `nothing (CNY ${asked ?? "?"} by itself)` };
    case "had":
      return { zh: "本期已领取或已确认", en: "paid or agreed to already for this period" };
    case "undetermined":
      return { zh: "暂不能确定", en: "cannot be settled yet" };
  }
}

/** A rule that keeps an award from more, in words. */
export function cutText({ rule, year, receivedFen, beside }: Cut, titleOf: TitleOf): Bilingual {
  const head = clauseText(rule, titleOf);
  const limit = rule.kind === "ceiling" ? ceilingText(rule, year) : effects[rule.kind];
  const received = receivedFen === 0n ? undefined : yuan(String(receivedFen));
  const others = beside.length === 0 ? undefined : listOf(beside, titleOf);
  return {
    zh: [`${head.zh}：${limit.zh}`, received && `此前已得 ${received} 元`, others && `同时计入${others.zh}`]
      .filter(Boolean)
      .join("；"),
    en: [
      `${head.en}: ${limit.en}`,
      received && `CNY ${received} received before`,
      others && `counted beside ${others.en}`,
    ]
      .filter(Boolean)
      .join("; "),
  };
}

/** `不重复享受（一次性扩岗补助 四）` */
function clauseText({ label, policies, clause }: StackingRule, titleOf: TitleOf): Bilingual {
  const title = titleOf(policies[0] ?? "");
  return { zh: `${label.zh}（${title.zh} ${clause}）`, en: `${label.en} (${title.en}, ${clause})` };
}

const effects: Readonly<Record<Exclude<StackingRule["kind"], "ceiling">, Bilingual>> = {
  exclusive: { zh: "只能享受其中一项", en: "only one of them is granted" },
  highest: { zh: "只按最高的一项，已得较低一项的补足差额", en: "the highest alone, less a lower one that was paid" },
  levelDifference: { zh: "补足到本政策标准", en: "made up to this policy's standard" },
  deduct: { zh: "扣除已获得的部分", en: "less what was received" },
};

function ceilingText({ mostFen, per, during }: Extract<StackingRule, { kind: "ceiling" }>, year?: number): Bilingual {
  const most = yuan(String(mostFen));
  const window: Bilingual =
    during.kind === "ever"
      ? { zh: "累计", en: "in all" }
      : during.kind === "calendarYear"
        ? { zh: `${year} 年度`, en: `in ${year}` }
        : { zh: `近 ${during.years} 年`, en: `in ${during.years} years` };
  const whose = owners[per];
  return { zh: `${whose.zh}${window.zh}最高 ${most} 元`, en: `at most CNY ${most} ${window.en} ${whose.en}` };
}

const owners: Readonly<Record<StackingRule["per"], Bilingual>> = {
  firm: { zh: "每户", en: "for a firm" },
  group: { zh: "同一集团", en: "for a group of companies" },
  person: { zh: "每人", en: "for a person" },
  loan: { zh: "每笔贷款", en: "for a loan" },
  project: { zh: "每个项目", en: "for a project" },
};

function doubtText({ doubt }: BundledAward, titleOf: TitleOf): Bilingual[] {
  if (!doubt) return [];
  const { what } = doubt;
  if (what === "entangled")
    return [{ zh: "规定之间关联过多，须人工核定", en: "The rules are too entangled; a person has to look" }];
  const rule = doubt.rule && clauseText(doubt.rule, titleOf);
  const said = doubts[what];
  const beside = doubt.beside === undefined ? undefined : listOf([doubt.beside], titleOf);
  return [
    {
      zh: [rule?.zh, `${said.zh}${beside?.zh ?? ""}`].filter(Boolean).join("："),
      en: [rule?.en, `${said.en}${beside ? ` ${beside.en}` : ""}`].filter(Boolean).join(": "),
    },
  ];
}

const doubts: Readonly<Record<"amount" | "history" | "object" | "beside", Bilingual>> = {
  amount: { zh: "金额尚未确定", en: "its amount is not certain" },
  history: { zh: "此前领取情况尚不清楚", en: "what was received before is not known" },
  object: { zh: "没有说明是哪个人、贷款或项目", en: "it does not say for which person, loan or project it is" },
  beside: { zh: "须先确定", en: "first has to be settled:" },
};

/** Titles of awards: `“甲”、“乙”`. */
function listOf(awards: readonly string[], titleOf: TitleOf): Bilingual {
  const titles = awards.map((award) => titleOf(award.split("|")[0] ?? award));
  return listed(titles.map(({ zh, en }) => ({ zh: `“${zh}”`, en: `“${en}”` })));
}
