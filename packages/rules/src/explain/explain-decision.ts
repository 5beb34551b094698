import type { Amount, ComputationStep, Decision, Outcome, Trace, TraceResult } from "../decision.ts";
import type { Bilingual } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { factOf, labelOf } from "../vocabulary/label.ts";
import { leafSentence, valueText } from "./leaf-sentence.ts";
import { excludedGroupPhrases, groupPhrases } from "./phrase.ts";
import { termsOf } from "./terms.ts";
import { grouped } from "./value-text.ts";

/** A decision in sentences, for pages and letters. */
export type Explanation = Readonly<{
  outcome: Bilingual;
  amount: Bilingual;
  /** How the amount comes about. */
  computation: readonly ComputationStep[];
  /** How it reaches the firm: instalments, who bears and who gets it, what is left to an office. */
  terms: readonly Bilingual[];
  /** Every requirement in the order of the policy; groups carry their parts. */
  conditions: readonly ExplainedCondition[];
  missing: readonly Readonly<{ fact: string; label: Bilingual; department: Bilingual }>[];
}>;

export type ExplainedCondition = Readonly<{
  name: string;
  result: TraceResult;
  /** Part of an exclusion: `true` says that the circumstance is there, which is what the policy excludes. */
  excluded?: true;
  /** `裁员率 1.2%，不高于 20%` */
  sentence: Bilingual;
  /** The value found, with its unit. */
  value?: Bilingual;
  /** The department that said so. */
  source?: Bilingual;
  /** Of what is derived: the departments behind it, once each. */
  sources?: readonly Bilingual[];
  /** Day the value speaks of; absent where it is derived from values of several. */
  asOf?: string;
  clause?: string;
  children: readonly ExplainedCondition[];
}>;

const outcomes: Readonly<Record<Outcome, Bilingual>> = {
  eligible: { zh: "符合条件", en: "Eligible" },
  ineligible: { zh: "不符合条件", en: "Not eligible" },
  undetermined: { zh: "尚不能确定", en: "Not yet determined" },
};

/** Says a decision in sentences made from the rule itself; nothing in it is written by hand. */
export function explainDecision(policy: Policy, decision: Decision): Explanation {
  return {
    outcome: outcomes[decision.outcome],
    amount: amountText(policy, decision.amount),
    computation: decision.computation,
    terms: decision.outcome === "ineligible" ? [] : termsOf(policy, decision),
    conditions: decision.trace.children.map((child) => explained(policy, child, false)),
    missing: decision.missing.map((id) => ({
      fact: id,
      label: labelOf(policy.vocabulary, id),
      department: departmentOf(policy, factOf(id)),
    })),
  };
}

function departmentOf({ vocabulary }: Policy, fact: string): Bilingual {
  const source = vocabulary.facts.get(fact)?.source;
  return sourceLabel(vocabulary, source ?? "");
}

function sourceLabel({ sources }: Policy["vocabulary"], source: string): Bilingual {
  return sources.get(source) ?? { zh: source, en: source };
}

function explained(policy: Policy, trace: Trace, excluded: boolean): ExplainedCondition {
  const { name, result, clause } = trace;
  const { source, sources, asOf } = originOf(policy, trace);
  const excludes = trace.operator === "not" ? !excluded : excluded;
  const value = valueText(policy, trace);
  return {
    name,
    result,
    ...(excluded && { excluded }),
    sentence: trace.fact === undefined ? groupSentence(trace, excluded) : leafSentence(policy, trace, excluded),
    ...(value && { value }),
    ...(source && { source }),
    ...(sources && { sources }),
    ...(asOf !== undefined && { asOf }),
    ...(clause !== undefined && { clause }),
    children: trace.children.map((child) => explained(policy, child, excludes)),
  };
}

/** What is derived comes from the departments behind it; it has a day where they all speak of the same. */
function originOf(
  { vocabulary }: Policy,
  { source, asOf, inputs = [] }: Trace,
): Pick<ExplainedCondition, "source" | "sources" | "asOf"> {
  if (inputs.length === 0) {
    return {
      ...(source !== undefined && { source: sourceLabel(vocabulary, source) }),
      ...(asOf !== undefined && { asOf }),
    };
  }
  const sources = [...new Set(inputs.flatMap((input) => input.source ?? []))];
  const [day, ...otherDays] = new Set(inputs.flatMap((input) => input.asOf ?? []));
  return {
    ...(sources.length > 0 && { sources: sources.map((each) => sourceLabel(vocabulary, each)) }),
    ...(day !== undefined && otherDays.length === 0 && { asOf: day }),
  };
}

function groupSentence({ label, operator = "all" }: Trace, excluded: boolean): Bilingual {
  const phrase = (excluded ? excludedGroupPhrases : groupPhrases)[operator] ?? { zh: operator, en: operator };
  return label ? { zh: `${label.zh}（${phrase.zh}）`, en: `${label.en} (${lowerFirst(phrase.en)})` } : phrase;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function amountText({ benefit }: Policy, amount: Amount): Bilingual {
  switch (amount.kind) {
    case "exact":
      return yuan(amount.fen);
    case "range": {
      const [min, max] = [yuan(amount.minFen), yuan(amount.maxFen)];
      return { zh: `${min.zh} 至 ${max.zh}`, en: `${min.en} to ${max.en}` };
    }
    case "unknown":
      return { zh: "金额尚不能确定", en: "the amount is not yet known" };
    case "none":
      return benefit.inKind ?? { zh: "无", en: "none" };
  }
}

function yuan(fen: string): Bilingual {
  const sign = fen.startsWith("-") ? "-" : "";
  const digits = fen.replace("-", "").padStart(3, "0");
  const text = `${sign}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
  return { zh: `${text} 元`, en: `CNY ${text}` };
}
