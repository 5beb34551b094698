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
  const reasons: string[] = [];
  const means = new Set(policy.facts.map((fact) => meansOf(fact, policy)));
  for (const fact of policy.facts) {
    const how = meansOf(fact, policy);
    if (how === "declaration" || how === "judgement") reasons.push(`${fact}: ${how}`);
  }
  if (!policy.benefit.term && !policy.benefit.inKind) reasons.push("the text does not show the amount");
  const leaves = leavesOf(policy.requirements);
  const checked = leaves.filter((leaf) => factsOf(leaf, policy).every((fact) => isMechanical(meansOf(fact, policy))));
  const machineChecked = Math.round((checked.length / leaves.length) * 1000) / 1000;
  const isManual = means.has("judgement") || (!policy.benefit.term && !policy.benefit.inKind);
  return {
    mode: isManual ? "manual" : means.has("declaration") ? "fast-track" : "apply-free",
    machineChecked,
    reasons,
  };
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
