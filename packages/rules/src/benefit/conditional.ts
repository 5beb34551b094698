import Fraction from "fraction.js";
import { extreme } from "../formula/collection.ts";
import { answerOf } from "../formula/logic.ts";
import { becauseOf, list, NOTHING, num, union, type Value } from "../formula/value.ts";

export const ZERO = num(new Fraction(0));

/** The amount where the test holds, zero where it does not, both where that is open. A test that answers nothing pays nothing. */
export function where(test: Value, amount: () => Value, otherwise: () => Value = () => ZERO): Value {
  switch (answerOf(test)) {
    case "true":
      return amount();
    case "false":
      return otherwise();
    case "void":
      return NOTHING;
    case "unknown":
      return union([amount(), otherwise()], becauseOf(test));
  }
}

/** The largest of some values. */
export function largest(values: readonly Value[]): Value {
  return extreme("max", list(values.map((value) => ({ value }))));
}

export function smallest(values: readonly Value[]): Value {
  return extreme("min", list(values.map((value) => ({ value }))));
}

export const atLeastZero = (value: Value) => largest([ZERO, value]);
