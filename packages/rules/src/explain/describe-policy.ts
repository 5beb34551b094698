import { describeFund, limitsOf } from "../allocation/describe-fund.ts";
import type { Condition, Expected, Leaf } from "../condition/condition.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { inputsOf } from "../trace.ts";
import { factOf } from "../vocabulary/label.ts";
import { formatOf } from "./format.ts";
import { jsonText } from "./json-text.ts";
import { listed } from "./listed.ts";
import { groupPhrases, phraseOf } from "./phrase.ts";

/** A rule in words that speak of nobody in particular. */
export type PolicyDescription = Readonly<{
  requirements: readonly DescribedCondition[];
  /** What it gives, as its clause says. */
  benefit: Bilingual;
  /** How its money is given out when it is short, and by when it is paid; empty where no money of the treasury is. */
  money: readonly Bilingual[];
  /** By when it has to be there; among the sentences of `money` too. */
  timeLimits: readonly Bilingual[];
}>;

export type DescribedCondition = Readonly<{
  name: string;
  sentence: Bilingual;
  clause?: string;
  /** The department that answers for the fact, or those behind what is derived. */
  source?: Bilingual;
  children: readonly DescribedCondition[];
}>;

/** Says what a policy requires and gives, for the public page and for officials who review it. */
export function describePolicy(policy: Policy): PolicyDescription {
  const { benefit, clauses, requirements } = policy;
  const text = benefit.inKind?.zh ?? benefit.clauses.map((label) => clauses.get(label)?.text ?? label).join("\n");
  return {
    requirements: requirements.children.map((child) => described(policy, child)),
    benefit: { zh: text, en: benefit.inKind?.en ?? text },
    money: describeFund(policy),
    timeLimits: limitsOf(policy.timeLimits),
  };
}

function described(policy: Policy, condition: Condition): DescribedCondition {
  const { name, clause, label } = condition;
  const common = { name, ...(clause !== undefined && { clause }) };
  if (condition.kind === "leaf") {
    const source = sourceOf(policy, condition);
    return { ...common, sentence: requirement(policy, condition), ...(source && { source }), children: [] };
  }
  const phrase = groupPhrases[condition.kind] ?? { zh: condition.kind, en: condition.kind };
  const sentence = label ? { zh: `${label.zh}：${phrase.zh}`, en: `${label.en}: ${phrase.en}` } : phrase;
  const children = condition.kind === "not" ? [condition.child] : condition.children;
  return { ...common, sentence, children: children.map((child) => described(policy, child)) };
}

function requirement(policy: Policy, { fact, operator, expected, label: own }: Leaf): Bilingual {
  const { label: factLabel, format } = formatOf(policy, fact);
  const label = own ?? factLabel;
  const { zh, en } = phraseOf(operator, format.type === "date");
  const wanted = wantedText(policy, expected, (json) => jsonText(json, format));
  return { zh: `${label.zh}${zh} ${wanted.zh}`, en: `${label.en} ${en} ${wanted.en}` };
}

function wantedText(policy: Policy, expected: Expected, print: (json: Json) => Bilingual): Bilingual {
  switch (expected.kind) {
    case "literal":
      return print(expected.json);
    case "fact":
      return formatOf(policy, expected.id).label;
    case "formula":
      return { zh: expected.formula.source, en: expected.formula.source };
  }
}

function sourceOf(policy: Policy, { fact }: Leaf): Bilingual | undefined {
  const { facts, sources } = policy.vocabulary;
  const behind = policy.derived.has(fact) ? inputsOf(fact, policy, {}).map((input) => input.fact) : [factOf(fact)];
  const ids = new Set(behind.flatMap((id) => facts.get(id)?.source ?? []));
  const departments = [...ids].flatMap((id) => sources.get(id) ?? []);
  return departments.length === 0 ? undefined : listed(departments);
}
