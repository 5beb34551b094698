import Fraction from "fraction.js";
import { compare } from "../formula/comparison.ts";
import { num } from "../formula/value.ts";
import type { Term } from "./benefit.ts";
import { largest, smallest, where } from "./conditional.ts";
import type { Operand } from "./context.ts";

/** The term within a bound: no more than a cap (`min`), no less than a floor (`max`). */
export function limited(which: "min" | "max", bound: Operand | undefined, term: Term): Term {
  if (!bound) return term;
  const label = which === "min" ? { zh: "上限", en: "At most" } : { zh: "下限", en: "At least" };
  const choose = which === "min" ? smallest : largest;
  return {
    amount: (scope) => choose([term.amount(scope), bound.value(scope)]),
    steps: (scope) => [...term.steps(scope), { label, value: bound.value(scope), quantity: "money" }],
    facts: [...term.facts, ...bound.facts],
  };
}

/** Amounts below the minimum are not paid (起付线). */
export function withMinimum(yuan: string, term: Term): Term {
  const minimum = num(new Fraction(yuan));
  return {
    ...term,
    amount: (scope) => {
      const value = term.amount(scope);
      return where(compare(">=", value, minimum), () => value);
    },
    steps: (scope) => [
      ...term.steps(scope),
      { label: { zh: "低于此数不支付", en: "Not paid below" }, value: minimum, quantity: "money" },
    ],
  };
}
