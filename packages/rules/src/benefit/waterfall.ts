import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import type { Value } from "../formula/value.ts";
import { bilingualSchema, read } from "../read.ts";
import type { Step, Term } from "./benefit.ts";
import { atLeastZero } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const waterfallSchema = z.strictObject({
  /** FEEL; 元 to begin with. */
  from: z.string(),
  /** What is taken away, in this order; each takes no more than is left. */
  less: z.array(z.strictObject({ label: bilingualSchema, /** FEEL; 元. */ amount: z.string() })).min(1),
});

/** A sum from which several things are deducted one after the other, never below zero. */
export function waterfall(document: unknown, where: string, context: BenefitContext): Term {
  const { from, less } = read(waterfallSchema, document, where, "policy-invalid");
  const start = operand(from, "number", `${where}.from`, context);
  const deductions = less.map(({ label, amount }, place) => ({
    label,
    of: operand(amount, "number", `${where}.less[${place}].amount`, context),
  }));
  const left = (scope: Scope) =>
    deductions.reduce<Value>((rest, { of }) => atLeastZero(arithmetic("-", rest, of.value(scope))), start.value(scope));
  return {
    amount: left,
    steps: (scope) => deductions.map(({ label, of }): Step => ({ label, value: of.value(scope), quantity: "money" })),
    facts: [...start.facts, ...deductions.flatMap(({ of }) => of.facts)],
  };
}
