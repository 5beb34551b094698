import { type Answer, answerOf } from "../formula/logic.ts";
import { becauseOf, mergeBecause, type Value } from "../formula/value.ts";
import type { Expected, Leaf } from "./condition.ts";
import { operatorOf } from "./operators.ts";

/** Where a leaf finds its values. */
export type Values = Readonly<{
  /** Value of a fact or derived fact as a requirement sees it. */
  fact: (id: string) => Value;
  expected: (expected: Expected) => Value;
}>;

/** What one requirement answers, and the facts it still needs when it cannot. */
export type LeafAnswer = Readonly<{ answer: Answer; because: readonly string[] }>;

export function answerOfLeaf(leaf: Leaf, values: Values): LeafAnswer {
  const actual = values.fact(leaf.fact);
  const expected = values.expected(leaf.expected);
  const verdict = operatorOf(leaf.operator).answer(actual, expected);
  const answer = answerOf(verdict);
  const because = answer === "unknown" ? mergeBecause(becauseOf(verdict)) : [];
  return { answer: answer === "unknown" && because.length === 0 ? "void" : answer, because };
}
