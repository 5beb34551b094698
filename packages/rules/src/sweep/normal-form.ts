import type { Condition, Leaf } from "../condition/condition.ts";
import type { TraceResult } from "../decision.ts";
import type { Answer } from "../formula/logic.ts";

/** One requirement, or what fails it. A fact that was looked up and is nothing meets neither. */
export type Literal = Readonly<{ kind: "literal"; leaf: Leaf; isNegated: boolean }>;

/**
 * Requirements without `not` above a leaf and without a group directly in one of its own kind.
 * Both bounds of an answer are then monotone: it is certainly true where it holds with every unknown
 * literal false, and possibly true where it holds with every unknown literal true.
 */
export type NormalForm = Literal | Readonly<{ kind: "all" | "any"; parts: readonly NormalForm[] }>;

/** Moves every `not` down to the leaves (De Morgan). Equal to `judge` of reference.ts on every answer. */
export function normalFormOf(condition: Condition, isNegated = false): NormalForm {
  if (condition.kind === "leaf") return { kind: "literal", leaf: condition, isNegated };
  if (condition.kind === "not") return normalFormOf(condition.child, !isNegated);
  const kind = (condition.kind === "all") === isNegated ? "any" : "all";
  const parts = condition.children.flatMap((child) => {
    const part = normalFormOf(child, isNegated);
    return part.kind === kind ? part.parts : [part];
  });
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, parts };
}

/** The two bounds that a set engine keeps per firm. */
export type Bounds = Readonly<{ isCertain: boolean; isPossible: boolean }>;

export function boundsOf(form: NormalForm, answer: (leaf: Leaf) => Answer): Bounds {
  return { isCertain: holds(form, answer, false), isPossible: holds(form, answer, true) };
}

export function resultOf({ isCertain, isPossible }: Bounds): TraceResult {
  if (isCertain) return "true";
  return isPossible ? "unknown" : "false";
}

function holds(form: NormalForm, answer: (leaf: Leaf) => Answer, doesUnknownHold: boolean): boolean {
  switch (form.kind) {
    case "literal": {
      const said = answer(form.leaf);
      return said === "unknown" ? doesUnknownHold : said === (form.isNegated ? "false" : "true");
    }
    case "all":
      return form.parts.every((part) => holds(part, answer, doesUnknownHold));
    case "any":
      return form.parts.some((part) => holds(part, answer, doesUnknownHold));
  }
}
