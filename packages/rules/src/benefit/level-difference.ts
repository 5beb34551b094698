import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import { decimalSchema, read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { atLeastZero } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";
import { awardsOf, highestAward } from "./title-award.ts";

const levelDifferenceSchema = z.strictObject({
  /** FEEL; list of the levels held, as text. */
  held: z.string(),
  /** Level → 元 of a full award. */
  table: z.record(z.string(), decimalSchema),
  /** FEEL; 元 that this family of awards has paid before. */
  paid: z.string(),
});

/** The award of the highest level held, less what was paid before, and never below zero (按级差奖励). */
export function levelDifference(document: unknown, where: string, context: BenefitContext): Term {
  const { held, table, paid } = read(levelDifferenceSchema, document, where, "policy-invalid");
  const levels = operand(held, "list", `${where}.held`, context);
  const before = operand(paid, "number", `${where}.paid`, context);
  const awards = awardsOf(table);
  const highest = (scope: Scope) => highestAward(levels.value(scope), awards);
  return {
    amount: (scope) => atLeastZero(arithmetic("-", highest(scope), before.value(scope))),
    steps: (scope) => [
      {
        label: { zh: "最高等级对应的奖励", en: "Award of the highest level" },
        value: highest(scope),
        quantity: "money",
      },
      { label: { zh: "此前已兑付", en: "Paid before" }, value: before.value(scope), quantity: "money" },
    ],
    facts: [...levels.facts, ...before.facts],
  };
}
