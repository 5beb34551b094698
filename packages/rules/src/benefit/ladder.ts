import Fraction from "fraction.js";
import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import { type Comparator, compare } from "../formula/comparison.ts";
import type { Scope } from "../formula/evaluate.ts";
import { and, not } from "../formula/logic.ts";
import { num, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { where as inCase, largest, ZERO } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const stepSchema = z
  .strictObject({
    /** Reached when exceeded (超过). */
    above: decimalSchema.optional(),
    /** Reached when equalled or exceeded (达到、以上). */
    from: decimalSchema.optional(),
    amount: decimalSchema,
  })
  .refine(({ above, from }) => (above === undefined) !== (from === undefined), {
    error: "needs one of above and from",
  });

const ladderSchema = z.strictObject({
  /** FEEL; what was reached now. */
  reached: z.string(),
  /** FEEL; the most that was reached ever before. */
  before: z.string(),
  steps: z.array(stepSchema).min(1),
  /** What several steps at once earn: the highest alone, or all together. */
  take: z.enum(["highest", "sum"]),
});

/** Awards for steps that are reached for the first time (首次突破台阶), measured against the highest of before. */
export function ladder(document: unknown, where: string, context: BenefitContext): Term {
  const { reached, before, steps, take } = read(ladderSchema, document, where, "policy-invalid");
  const now = operand(reached, "number", `${where}.reached`, context);
  const earlier = operand(before, "number", `${where}.before`, context);
  const rows = steps.map(({ above, from, amount }) => ({
    comparator: (above === undefined ? ">=" : ">") as Comparator,
    limit: num(new Fraction(above ?? from ?? 0)),
    amount: num(new Fraction(amount)),
  }));
  const awards = (scope: Scope) =>
    rows.map(({ comparator, limit, amount }) => {
      const isNew = and(
        compare(comparator, now.value(scope), limit),
        not(compare(comparator, earlier.value(scope), limit)),
      );
      return inCase(isNew, () => amount);
    });
  return {
    amount: (scope) =>
      take === "highest"
        ? largest([ZERO, ...awards(scope)])
        : awards(scope).reduce((sum, award) => arithmetic("+", sum, award), ZERO as Value),
    steps: (scope) => [
      { label: { zh: "此前最高", en: "Highest before" }, value: earlier.value(scope), quantity: "money" },
    ],
    facts: [...now.facts, ...earlier.facts],
  };
}
