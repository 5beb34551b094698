import Fraction from "fraction.js";
import { alternativesOf, type Because, boundsOf, type Exact, range, sameScalar, type Value } from "../formula/value.ts";
import type { Json } from "../json.ts";
import { anyValueOf, valueOfFact } from "./fact-value.ts";
import type { FactDefinition } from "./vocabulary.ts";

/** What a department that shows no values has confirmed or denied (可核验不可见): `fin.revenue atMost 400000000`: yes. */
export type YesNoAnswer = Readonly<{
  operator: "equal" | "in" | "lessThan" | "atMost" | "greaterThan" | "atLeast";
  value: Json;
  answer: boolean;
}>;

/** Smaller than any difference between two decimals of at most thirty digits. */
const STEP = new Fraction(1).div(new Fraction(10).pow(31) as Fraction);

/** Everything that the fact may still be after these answers. An answer that makes no sense tells nothing. */
export function answeredValue(fact: FactDefinition, answers: readonly YesNoAnswer[], because: Because): Value {
  return answers.reduce((value, answer) => narrowed(fact, value, answer, because), anyValueOf(fact, because));
}

function narrowed(
  fact: FactDefinition,
  value: Value,
  { operator, value: json, answer }: YesNoAnswer,
  because: Because,
) {
  if (operator === "equal" || operator === "in") {
    const named = [json].flat().map((each) => valueOfFact(fact, each as Json));
    return amongThem(
      value,
      named.filter((each): each is Exact => !("misfit" in each)),
      answer,
      because,
    );
  }
  const limit = valueOfFact(fact, json);
  const bounds = boundsOf(value);
  if ("misfit" in limit || limit.kind !== "number" || !bounds) return value;
  const says = answer ? operator : opposite[operator];
  const { n } = limit;
  switch (says) {
    case "atMost":
      return within(bounds.min, lower(bounds.max, n), because);
    case "lessThan":
      return within(bounds.min, lower(bounds.max, n.sub(STEP)), because);
    case "atLeast":
      return within(higher(bounds.min, n), bounds.max, because);
    case "greaterThan":
      return within(higher(bounds.min, n.add(STEP)), bounds.max, because);
  }
}

const opposite = { atMost: "greaterThan", lessThan: "atLeast", atLeast: "lessThan", greaterThan: "atMost" } as const;

type Bound = Fraction | undefined;
const lower = (a: Bound, b: Fraction) => (a?.lt(b) ? a : b);
const higher = (a: Bound, b: Fraction) => (a?.gt(b) ? a : b);

/** Answers that contradict each other leave no value; then nothing is believed. */
function within(min: Bound, max: Bound, because: Because): Value {
  return min && max && min.gt(max) ? { kind: "unknown", because } : range(min, max, because);
}

function amongThem(value: Value, named: readonly Exact[], answer: boolean, because: Because): Value {
  const isNamed = (each: Exact) => named.some((other) => sameScalar(each, other));
  const known = alternativesOf(value);
  const left = known ? known.filter((each) => isNamed(each) === answer) : answer ? named : undefined;
  const [only] = left ?? [];
  if (!left) return value;
  if (!only) return { kind: "unknown", because };
  return left.length === 1 ? only : { kind: "oneOf", values: left, because };
}
