import Fraction from "fraction.js";
import { withDurations } from "./duration.ts";
import type { ArithmeticOperator } from "./expression.ts";
import { lift, unknownOf } from "./lift.ts";
import { becauseOf, boundsOf, type Exact, mergeBecause, NOTHING, num, range, text, type Value } from "./value.ts";

const LARGEST_EXPONENT = 64;
/** A power wider than this is a mistake, and powers of powers would take for ever. */
const MOST_BITS = 4_096;
const ZERO = new Fraction(0);

/** Exact arithmetic on numbers, days and durations; on anything else the answer is nothing, as FEEL has it. */
export function arithmetic(operator: ArithmeticOperator, a: Value, b: Value): Value {
  return lift([a, b], ([x, y]) => exactly(operator, x, y)) ?? between(operator, a, b);
}

function exactly(operator: ArithmeticOperator, a: Exact | undefined, b: Exact | undefined): Exact {
  if (a?.kind === "text" && b?.kind === "text" && operator === "+") return text(a.text + b.text);
  if (a?.kind !== "number" || b?.kind !== "number") return a && b ? withDurations(operator, a, b) : NOTHING;
  switch (operator) {
    case "+":
      return num(a.n.add(b.n));
    case "-":
      return num(a.n.sub(b.n));
    case "*":
      return num(a.n.mul(b.n));
    case "/":
      return b.n.equals(ZERO) ? NOTHING : num(a.n.div(b.n));
    case "**":
      return power(a.n, b.n);
  }
}

function power(base: Fraction, exponent: Fraction): Exact {
  if (exponent.d !== 1n || exponent.abs().gt(LARGEST_EXPONENT)) return NOTHING;
  if (base.equals(ZERO) && exponent.lt(ZERO)) return NOTHING;
  if (widthOf(base) * exponent.abs().valueOf() > MOST_BITS) return NOTHING;
  // `null` from the library means an irrational result, which whole exponents never give.
  const result = base.pow(exponent) as Fraction | null;
  return result ? num(result) : NOTHING;
}

/** Binary digits of the longer of numerator and denominator. */
function widthOf({ n, d }: Fraction): number {
  return (n > d ? n : d).toString(2).length;
}

type Bound = Fraction | undefined;

/** Interval arithmetic for numbers known only by their bounds. */
function between(operator: ArithmeticOperator, a: Value, b: Value): Value {
  const x = boundsOf(a);
  const y = boundsOf(b);
  if (!x || !y) return unknownOf([a, b]);
  const because = mergeBecause(becauseOf(a), becauseOf(b));
  switch (operator) {
    case "+":
      return range(x.min && y.min && x.min.add(y.min), x.max && y.max && x.max.add(y.max), because);
    case "-":
      return range(x.min && y.max && x.min.sub(y.max), x.max && y.min && x.max.sub(y.min), because);
    case "*":
      return product([x.min, x.max], [y.min, y.max], because);
    case "/":
      if (!isPositive(y.min) && !isNegative(y.max)) return unknownOf([a, b]);
      return product([x.min, x.max], [inverse(y.max), inverse(y.min)], because);
    case "**":
      return unknownOf([a, b]);
  }
}

const isPositive = (bound: Bound) => bound?.gt(ZERO) ?? false;
const isNegative = (bound: Bound) => bound?.lt(ZERO) ?? false;
/** The inverse of an open bound is zero. */
const inverse = (bound: Bound) => (bound ? bound.inverse() : ZERO);

function product(a: readonly [Bound, Bound], b: readonly [Bound, Bound], because: readonly string[]): Value {
  const isZero = ([min, max]: readonly [Bound, Bound]) => min?.equals(ZERO) && max?.equals(ZERO);
  if (isZero(a) || isZero(b)) return num(ZERO);
  const corners = [a[0], a[1]].flatMap((x, i) => [b[0], b[1]].map((y, j) => corner(x, i === 1, y, j === 1)));
  const finite = corners.filter((each): each is Fraction => each instanceof Fraction);
  const min = corners.includes("-infinity") ? undefined : finite.reduce((low, each) => (each.lt(low) ? each : low));
  const max = corners.includes("+infinity") ? undefined : finite.reduce((high, each) => (each.gt(high) ? each : high));
  return range(min, max, because);
}

/** The product of two bounds, where an absent one is infinite on its side. */
function corner(x: Bound, xIsMax: boolean, y: Bound, yIsMax: boolean): Fraction | "+infinity" | "-infinity" {
  if (x && y) return x.mul(y);
  const signX = x ? Number(x.s) * (x.equals(ZERO) ? 0 : 1) : xIsMax ? 1 : -1;
  const signY = y ? Number(y.s) * (y.equals(ZERO) ? 0 : 1) : yIsMax ? 1 : -1;
  const sign = signX * signY;
  if (sign === 0) return ZERO;
  return sign > 0 ? "+infinity" : "-infinity";
}
