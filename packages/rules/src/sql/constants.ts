import type { Condition } from "../condition/condition.ts";
import { answerOfLeaf } from "../condition/judgement.ts";
import type { FactsInView } from "../facts-in-view.ts";
import { RulesError } from "../rules-error.ts";
import type { Literal, NormalForm } from "../sweep/normal-form.ts";

/** What the day alone, or a choice made in the policy, answers. `undefined`: it takes a firm to say. */
export function constantOf({ leaf, isNegated }: Literal, view: FactsInView): boolean | undefined {
  const isFixed = leaf.fact === "asOf" || leaf.fact.startsWith("setting.");
  if (!isFixed || leaf.expected.kind !== "literal") return undefined;
  return answerOfLeaf(leaf, view.asValues()).answer === (isNegated ? "false" : "true");
}

/** Decides what is decided already, so that a policy out of force costs nothing. */
export function withoutConstants(
  form: NormalForm,
  constant: (literal: Literal) => boolean | undefined,
): NormalForm | boolean {
  if (form.kind === "literal") return constant(form) ?? form;
  const decisive = form.kind === "any";
  const open: NormalForm[] = [];
  for (const part of form.parts) {
    const rest = withoutConstants(part, constant);
    if (rest === decisive) return decisive;
    if (typeof rest !== "boolean") open.push(rest);
  }
  const [only] = open;
  if (!only) return !decisive;
  return open.length === 1 ? only : { kind: form.kind, parts: open };
}

/** An empty group is true or false by convention, and conventions differ. @throws RulesError sql-inexpressible */
export function refuseEmptyGroups(condition: Condition): void {
  if (condition.kind === "leaf") return;
  const parts = condition.kind === "not" ? [condition.child] : condition.children;
  if (parts.length === 0) {
    throw new RulesError("sql-inexpressible", condition.name, "is an empty group; it needs at least one condition.");
  }
  for (const part of parts) refuseEmptyGroups(part);
}
