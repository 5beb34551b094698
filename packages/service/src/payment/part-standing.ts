import type { Trace } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";

/** The newest answer about a firm and the policy of an award that is paid in parts. */
export type AnswerForPart = Readonly<{
  outcome: string;
  missing: readonly string[];
  trace: Partial<Trace>;
  /** The day on which the last matching of all firms began. */
  lastMatched: Day | undefined;
}>;

/**
 * Whether a later part is still due: what its award named as still required, by an answer that was given,
 * or confirmed, on its day or later. A condition that the newest rule does not have by that name is not
 * known; and unknown is not yes.
 */
export function outcomeForPart(
  { dueOn, stillRequired }: Readonly<{ dueOn: Day; stillRequired?: readonly string[] }>,
  { outcome, missing, trace, lastMatched }: AnswerForPart,
): Readonly<{ outcome: string; missing: readonly string[] }> {
  if (lastMatched === undefined || lastMatched < dueOn) {
    return { outcome: "undetermined", missing: [`the matching on or after ${dueOn}`] };
  }
  if (!stillRequired) return { outcome, missing };
  const results = stillRequired.map((name) => ({ name, result: resultOf(trace, name) }));
  if (results.some(({ result }) => result === "false")) return { outcome: "ineligible", missing: [] };
  const open = results.filter(({ result }) => result !== "true").map(({ name }) => name);
  return open.length > 0 ? { outcome: "undetermined", missing: open } : { outcome: "eligible", missing: [] };
}

function resultOf(node: Partial<Trace>, name: string): string | undefined {
  if (node.name === name) return node.result;
  for (const child of node.children ?? []) {
    const found = resultOf(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
