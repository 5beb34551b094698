import Fraction from "fraction.js";
import { lift, unknownOf } from "./lift.ts";
import {
  type Because,
  becauseOf,
  boundsOf,
  type Exact,
  FALSE,
  isExact,
  mergeBecause,
  NOTHING,
  num,
  sameScalar,
  TRUE,
  truth,
  type Value,
} from "./value.ts";

const ZERO = new Fraction(0);

export type Comparator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * Compares two values of one kind. Nothing (`null`) equals nothing; in any order it is neither
 * more nor less, so the answer is nothing. Different kinds are never coerced: also nothing.
 */
export function compare(comparator: Comparator, a: Value, b: Value): Value {
  if (isExact(a) && isExact(b)) return exactly(comparator, a, b);
  return lift([a, b], ([x, y]) => exactly(comparator, x ?? NOTHING, y ?? NOTHING)) ?? byBounds(comparator, a, b);
}

function exactly(comparator: Comparator, a: Exact, b: Exact): Exact {
  if (comparator === "=" || comparator === "!=") {
    const comparable = a.kind === b.kind || a.kind === "null" || b.kind === "null";
    if (!comparable || a.kind === "list" || a.kind === "record") return NOTHING;
    return truth(sameScalar(a, b) === (comparator === "="));
  }
  const order = orderOf(a, b);
  if (order === undefined) return NOTHING;
  switch (comparator) {
    case "<":
      return truth(order < 0);
    case "<=":
      return truth(order <= 0);
    case ">":
      return truth(order > 0);
    case ">=":
      return truth(order >= 0);
  }
}

/** Only numbers, days, and durations of one unit have an order. */
function orderOf(a: Exact, b: Exact): number | undefined {
  if (a.kind === "number" && b.kind === "number") return a.n.compare(b.n);
  if (a.kind === "date" && b.kind === "date") return a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
  if (a.kind === "duration" && b.kind === "duration" && a.unit === b.unit) return a.length - b.length;
  return undefined;
}

function byBounds(comparator: Comparator, a: Value, b: Value): Value {
  const x = boundsOf(a);
  const y = boundsOf(b);
  if ((a.kind === "null" && y) || (b.kind === "null" && x)) return exactly(comparator, NOTHING, num(ZERO));
  const isEquality = comparator === "=" || comparator === "!=";
  // Whether there is anything at all has an answer, even where what it is has none yet.
  if (isEquality && (a.kind === "null" || b.kind === "null"))
    return eitherWay(mergeBecause(becauseOf(a), becauseOf(b)));
  if (!x || !y) return unknownOf([a, b]);
  const isBelow = x.max !== undefined && y.min !== undefined && x.max.lt(y.min);
  const isAbove = x.min !== undefined && y.max !== undefined && x.min.gt(y.max);
  const isAtMost = x.max !== undefined && y.min !== undefined && x.max.lte(y.min);
  const isAtLeast = x.min !== undefined && y.max !== undefined && x.min.gte(y.max);
  const undecided = eitherWay(mergeBecause(becauseOf(a), becauseOf(b)));
  const decide = (yes: boolean, no: boolean) => (yes ? TRUE : no ? FALSE : undecided);
  switch (comparator) {
    case "=":
      return decide(false, isBelow || isAbove);
    case "!=":
      return decide(isBelow || isAbove, false);
    case "<":
      return decide(isBelow, isAtLeast);
    case "<=":
      return decide(isAtMost, isAbove);
    case ">":
      return decide(isAbove, isAtMost);
    case ">=":
      return decide(isAtLeast, isBelow);
  }
}

export function eitherWay(because: Because): Value {
  return { kind: "oneOf", values: [TRUE, FALSE], because };
}
