import type { ComputationStep, Decision, TraceResult } from "../decision.ts";
import type { Policy } from "../policy/policy.ts";
import { type ExplainedCondition, explainDecision } from "./explain-decision.ts";
import { listed } from "./listed.ts";

type Lang = "zh" | "en";

const marks: Readonly<Record<TraceResult, string>> = { true: "✓", false: "✗", unknown: "?" };

const words = {
  amount: { zh: "金额", en: "Amount" },
  computed: { zh: "计算依据", en: "Computed from" },
  conditions: { zh: "条件", en: "Conditions" },
  missing: { zh: "尚缺信息", en: "Still missing" },
  asOf: { zh: "截至", en: "as of" },
  present: { zh: "有此情形：", en: "the case: " },
  absent: { zh: "无此情形：", en: "not the case: " },
} as const;

/** A decision as plain text, one line per requirement, with source, day and clause. */
export function explain(policy: Policy, decision: Decision, lang: Lang): string {
  const { outcome, amount, computation, terms, conditions, missing } = explainDecision(policy, decision);
  const colon = lang === "zh" ? "：" : ": ";
  const lines = [`${policy.title[lang]}${colon}${outcome[lang]}`];
  if (decision.outcome !== "ineligible") lines.push(`${words.amount[lang]}${colon}${amount[lang]}`);
  for (const term of terms) lines.push(`  ${term[lang]}`);
  if (computation.length > 0)
    lines.push(`${words.computed[lang]}${colon}`, ...computation.map((step) => stepLine(step, lang)));
  lines.push(`${words.conditions[lang]}${colon}`, ...conditions.flatMap((each) => conditionLines(each, lang, 1)));
  if (missing.length > 0) {
    lines.push(`${words.missing[lang]}${colon}`);
    for (const { label, department } of missing) lines.push(`  - ${label[lang]} (${department[lang]})`);
  }
  return lines.join("\n");
}

function conditionLines(condition: ExplainedCondition, lang: Lang, depth: number): string[] {
  const { asOf, clause, children } = condition;
  const { source = listed(condition.sources ?? []) } = condition;
  const origin = [source[lang], asOf && `${words.asOf[lang]} ${asOf}`, clause]
    .filter(Boolean)
    .join(lang === "zh" ? "，" : ", ");
  const line = `${"  ".repeat(depth)}${verdict(condition, lang)}${origin === "" ? "" : ` [${origin}]`}`;
  return [line, ...children.flatMap((child) => conditionLines(child, lang, depth + 1))];
}

/** The mark says whether it speaks for the firm; what an exclusion names speaks for it when absent. */
function verdict({ result, sentence, excluded }: ExplainedCondition, lang: Lang): string {
  if (!excluded || result === "unknown") return `${marks[result]} ${sentence[lang]}`;
  return result === "true"
    ? `${marks.false} ${words.present[lang]}${sentence[lang]}`
    : `${marks.true} ${words.absent[lang]}${sentence[lang]}`;
}

function stepLine({ label, text }: ComputationStep, lang: Lang): string {
  return `  ${label[lang]} ${text[lang]}`;
}
