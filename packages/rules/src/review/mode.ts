import { type Leaf, leavesOf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { Means } from "../vocabulary/vocabulary.ts";

/** How a benefit can reach a firm: without any act of it, with a declaration, or through people who judge. */
export type Mode = "apply-free" | "fast-track" | "manual";

export type ModeReport = Readonly<{
  mode: Mode;
  /** Share of requirements that data decide without asking the firm, 0 to 1. */
  machineChecked: number;
  /** Why it is not apply-free. */
  reasons: readonly string[];
}>;

/** Computed, never declared: apply-free only if every fact comes from a department and the amount follows from the text. */
export function modeOf(policy: Policy): ModeReport {
  const asked = policy.facts.filter((fact) => meansOf(fact, policy) === "declaration");
  const judged = policy.facts.filter((fact) => meansOf(fact, policy) === "judgement");
  const open = openQuestionsOf(policy);
  const leaves = leavesOf(policy.requirements);
  const checked = leaves.filter((leaf) => factsOf(leaf, policy).every((fact) => isMechanical(meansOf(fact, policy))));
  return {
    mode: judged.length > 0 || open.length > 0 ? "manual" : asked.length > 0 ? "fast-track" : "apply-free",
    machineChecked: Math.round((checked.length / leaves.length) * 1000) / 1000,
    reasons: [
      ...asked.map((fact) => `${fact}: the firm has to declare it`),
      ...judged.map((fact) => `${fact}: somebody has to judge it`),
      ...open,
    ],
  };
}

/** What the text leaves to people, however good the data are. */
function openQuestionsOf({ benefit, validity }: Policy): string[] {
  return [
    ...(benefit.term || benefit.kind === "qualification" ? [] : ["the text does not show the amount"]),
    ...(benefit.discretion && !benefit.discretion.term ? ["the text sets only the most that may be granted"] : []),
    ...(validity ? [] : ["the text does not show when it is in force"]),
  ];
}

const isMechanical = (means: Means) => means === "records" || means === "inspection";

function meansOf(fact: string, { vocabulary }: Policy): Means {
  return vocabulary.facts.get(fact)?.means ?? "judgement";
}

/** The facts that a requirement rests on, through derived facts. */
function factsOf({ fact, expected }: Leaf, policy: Policy): readonly string[] {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (policy.vocabulary.facts.has(id)) found.add(id);
    for (const inner of policy.derived.get(id)?.formula.facts ?? []) visit(inner);
  };
  visit(fact);
  if (expected.kind === "fact") visit(expected.id);
  if (expected.kind === "formula") expected.formula.facts.forEach(visit);
  return [...found];
}
