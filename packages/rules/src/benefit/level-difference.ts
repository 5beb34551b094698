import Fraction from "fraction.js";
import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import { concatenate, extreme, map, overList } from "../formula/collection.ts";
import type { Scope } from "../formula/evaluate.ts";
import { alternativesOf, becauseOf, list, num, union, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

const levelDifferenceSchema = z.strictObject({
  /** FEEL; list of the levels held, as text. */
  held: z.string(),
  /** Level → 元 of a full award. */
  table: z.record(z.string(), decimalSchema),
  /** FEEL; 元 that this family of awards has paid before. */
  paid: z.string(),
});

const ZERO = num(new Fraction(0));

/** The award of the highest level held, less what was paid before, and never below zero (按级差奖励). */
export function levelDifference(document: unknown, where: string, context: BenefitContext): Term {
  const { held, table, paid } = read(levelDifferenceSchema, document, where, "policy-invalid");
  const levels = operand(held, "list", `${where}.held`, context);
  const before = operand(paid, "number", `${where}.paid`, context);
  const awards = new Map(Object.entries(table).map(([level, amount]) => [level, num(new Fraction(amount))]));
  const highest = (scope: Scope) => {
    return overList(levels.value(scope), (all) => {
      const earned = map(all, (each) => awardOf(each, awards));
      return extreme("max", concatenate(list([{ value: ZERO }]), earned));
    });
  };
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

/** A level that the table lacks earns nothing. */
function awardOf(level: Value, awards: ReadonlyMap<string, Value>): Value {
  const choices = alternativesOf(level);
  if (!choices) return union([...awards.values(), ZERO], becauseOf(level));
  const amounts = choices.map((each) => (each.kind === "text" ? awards.get(each.text) : undefined) ?? ZERO);
  return union(amounts, becauseOf(level));
}

function atLeastZero(value: Value): Value {
  return extreme("max", list([{ value: ZERO }, { value }]));
}
