import type { Trace } from "@apply-free/rules";

/** A requirement that is not met: which fact it looks at, and where the policy says it. */
export type Unmet = Readonly<{ fact: string; clause?: string }>;

/**
 * What a decision against the firm rests on, in the order of the policy and each fact once. Beneath an
 * exclusion what counts against the firm is what is true of it.
 */
export function unmetOf(trace: Trace): readonly Unmet[] {
  const found = new Map<string, Unmet>();
  for (const unmet of failing(trace, false, undefined)) if (!found.has(unmet.fact)) found.set(unmet.fact, unmet);
  return [...found.values()];
}

function failing(node: Trace, isExcluded: boolean, above: string | undefined): Unmet[] {
  if (node.result !== (isExcluded ? "true" : "false")) return [];
  const clause = node.clause ?? above;
  if (node.fact !== undefined && node.children.length === 0) {
    return [{ fact: node.fact, ...(clause !== undefined && { clause }) }];
  }
  const isInside = node.operator === "not" ? !isExcluded : isExcluded;
  return node.children.flatMap((child) => failing(child, isInside, clause));
}
