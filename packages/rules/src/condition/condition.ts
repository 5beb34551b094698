import type { Formula } from "../formula/parse.ts";
import type { Value } from "../formula/value.ts";
import type { Bilingual, Json } from "../json.ts";
import type { OperatorName } from "./operators.ts";

/** What a requirement compares with: a value of the text, another fact, or a formula. */
export type Expected =
  | Readonly<{ kind: "literal"; json: Json; value: Value }>
  | Readonly<{ kind: "fact"; id: string }>
  | Readonly<{ kind: "formula"; formula: Formula }>;

type Node = Readonly<{
  /** Stable id within the policy. */
  name: string;
  clause?: string;
  label?: Bilingual;
}>;

export type Leaf = Node & Readonly<{ kind: "leaf"; fact: string; operator: OperatorName; expected: Expected }>;
export type Group = Node & Readonly<{ kind: "all" | "any"; children: readonly Condition[] }>;
export type Negation = Node & Readonly<{ kind: "not"; child: Condition }>;

/** A parsed tree of requirements. Groups are never empty. */
export type Condition = Leaf | Group | Negation;

/** All leaves, in the order of the text. */
export function leavesOf(condition: Condition): Leaf[] {
  switch (condition.kind) {
    case "leaf":
      return [condition];
    case "not":
      return leavesOf(condition.child);
    default:
      return condition.children.flatMap(leavesOf);
  }
}
