import Fraction from "fraction.js";
import { arithmetic } from "./arithmetic.ts";
import { compare } from "./comparison.ts";
import { lift } from "./lift.ts";
import { and, answerOf, or } from "./logic.ts";
import {
  becauseOf,
  boundsOf,
  type Exact,
  FALSE,
  type Item,
  isExact,
  type List,
  list,
  mergeBecause,
  NOTHING,
  num,
  overEach,
  range,
  TRUE,
  union,
  unknown,
  type Value,
} from "./value.ts";

const ZERO = num(new Fraction(0));
const MOST_LISTED_COUNTS = 32;

/** Applies an operation to a list, also when it is one of several lists. Nothing is an empty list; a single value a list of one. */
export function overList(value: Value, operation: (list: List) => Value): Value {
  switch (value.kind) {
    case "list":
      return operation(value);
    case "oneOf":
      return overEach(value, (each) => overList(each, operation));
    case "unknown":
      return unknown(value.because);
    case "null":
      return operation(list([]));
    default:
      return operation(list([{ value }]));
  }
}

/** Keeps the elements that satisfy the predicate; one that may satisfy it may belong to the result. */
export function filter({ items, more }: List, predicate: (element: Value) => Value): List {
  const kept: Item[] = [];
  for (const item of items) {
    const verdict = predicate(item.value);
    const answer = answerOf(verdict);
    if (answer === "true") kept.push(item);
    if (answer === "unknown") kept.push({ ...item, maybe: mergeBecause(item.maybe ?? [], becauseOf(verdict)) });
  }
  const answer = more && answerOf(predicate(more.like));
  return list(kept, answer === "true" || answer === "unknown" ? more : undefined);
}

export function map({ items, more }: List, transform: (element: Value) => Value): List {
  const mapped = items.map((item) => ({ ...item, value: transform(item.value) }));
  return list(mapped, more && { ...more, like: transform(more.like) });
}

/** How many elements; a range where some only may belong to the list. */
export function count({ items, more }: List): Value {
  const unsure = items.filter(({ maybe }) => maybe);
  const sure = items.length - unsure.length;
  const because = mergeBecause(...unsure.map(({ maybe }) => maybe ?? []), more?.because ?? []);
  if (more) return range(new Fraction(sure), undefined, because);
  if (unsure.length === 0) return num(new Fraction(sure));
  if (unsure.length >= MOST_LISTED_COUNTS) return range(new Fraction(sure), new Fraction(items.length), because);
  const counts: Exact[] = Array.from({ length: unsure.length + 1 }, (_, extra) => num(new Fraction(sure + extra)));
  return { kind: "oneOf", values: counts, because };
}

export function sum({ items, more }: List): Value {
  const known = items.reduce<Value>((total, { value, maybe }) => {
    return arithmetic("+", total, maybe ? union([ZERO, value], maybe) : value);
  }, ZERO);
  return more ? arithmetic("+", known, sumOfAnyNumber(more.like, more.because)) : known;
}

/** The sum of any number of amounts: only its sign can be told, from the bounds of one. */
function sumOfAnyNumber(like: Value, because: readonly string[]): Value {
  const bounds = boundsOf(like);
  if (!bounds) return unknown(because);
  const min = bounds.min?.gte(0) ? new Fraction(0) : undefined;
  const max = bounds.max?.lte(0) ? new Fraction(0) : undefined;
  return range(min, max, because);
}

/** The smallest or largest element; of an empty list, nothing. An element that is nothing makes the result nothing. */
export function extreme(which: "min" | "max", { items, more }: List): Value {
  const certainFirst = [...items.filter(({ maybe }) => !maybe), ...items.filter(({ maybe }) => maybe)];
  const possible = more ? [...certainFirst, { value: more.like, maybe: more.because }] : certainFirst;
  let best: Value | undefined;
  for (const { value, maybe } of possible) {
    const next: Value = best ? better(which, best, value) : value;
    // A possible element that would not change the result is no reason for it being inexact.
    best = maybe && best !== next ? union([best ?? NOTHING, next], maybe) : next;
  }
  return best ?? NOTHING;
}

function better(which: "min" | "max", a: Value, b: Value): Value {
  const keepsA = answerOf(compare(which === "max" ? ">=" : "<=", a, b));
  if (keepsA === "true") return a;
  if (keepsA === "void") return NOTHING;
  if (answerOf(compare(which === "max" ? "<=" : ">=", a, b)) === "true") return b;
  // Every pair of alternatives where they can be listed, else bounds, else all that either may be.
  const pairs = lift([a, b], ([x, y]) => (x && y ? betterExact(which, x, y) : NOTHING));
  return pairs ?? hullOf(which, a, b) ?? union([a, b, NOTHING], []);
}

function betterExact(which: "min" | "max", a: Exact, b: Exact): Exact {
  const keepsA = answerOf(compare(which === "max" ? ">=" : "<=", a, b));
  return keepsA === "true" ? a : keepsA === "false" ? b : NOTHING;
}

type Bound = Fraction | undefined;
const larger = (p: Bound, q: Bound) => (p && q ? (p.gt(q) ? p : q) : undefined);
const smaller = (p: Bound, q: Bound) => (p && q ? (p.lt(q) ? p : q) : undefined);

/** Of two numbers known by bounds, the larger lies between the larger of the lows and the larger of the highs. */
function hullOf(which: "min" | "max", a: Value, b: Value): Value | undefined {
  const x = boundsOf(a);
  const y = boundsOf(b);
  if (!x || !y) return undefined;
  const because = mergeBecause(becauseOf(a), becauseOf(b));
  return which === "max"
    ? range(x.min && y.min ? larger(x.min, y.min) : (x.min ?? y.min), larger(x.max, y.max), because)
    : range(smaller(x.min, y.min), x.max && y.max ? smaller(x.max, y.max) : (x.max ?? y.max), because);
}

/** The element at a position counted from 1, from the end when negative; nothing beyond the list, and nowhere between two. */
export function at({ items, more }: List, position: number): Value {
  if (!Number.isInteger(position) || position === 0) return NOTHING;
  const ordered = position > 0 ? items : [...items].reverse();
  const wanted = Math.abs(position);
  const candidates: Value[] = [];
  const because: string[] = [];
  let certain = 0;
  // An element may stand at the position if enough others may precede it and not too many must.
  for (const [index, { value, maybe }] of ordered.entries()) {
    if (certain >= wanted) break;
    if (index + 1 >= wanted) candidates.push(value);
    because.push(...(maybe ?? []));
    if (!maybe) certain += 1;
  }
  if (more) return union([...items.map(({ value }) => value), more.like, NOTHING], mergeBecause(because, more.because));
  if (certain < wanted) candidates.push(NOTHING);
  return union(candidates, mergeBecause(because));
}

/** Whether some (`or`) or all (`and`) elements satisfy the test. */
export function quantify(kind: "some" | "every", { items, more }: List, test: (element: Value) => Value): Value {
  const neutral = kind === "some" ? FALSE : TRUE;
  const join = kind === "some" ? or : and;
  const known = items.reduce<Value>((result, { value, maybe }) => {
    const verdict = test(value);
    return join(result, maybe ? union([neutral, verdict], maybe) : verdict);
  }, neutral);
  return more ? join(known, union([neutral, test(more.like)], more.because)) : known;
}

/** One list after the other. */
export function concatenate(first: List, second: List): List {
  const more = first.more && second.more ? bothMore(first.more, second.more) : (first.more ?? second.more);
  return list([...first.items, ...second.items], more);
}

function bothMore(a: NonNullable<List["more"]>, b: NonNullable<List["more"]>) {
  return { like: union([a.like, b.like], []), because: mergeBecause(a.because, b.because) };
}

/** Every element once, in order of first appearance; unknown unless all elements are certain and exact. */
export function distinct({ items, more }: List): Value {
  const because = items.flatMap(({ value, maybe }) => [...(maybe ?? []), ...becauseOf(value)]);
  if (because.length > 0 || more) return unknown(mergeBecause(because, more?.because ?? []));
  const seen: Value[] = [];
  for (const { value } of items) {
    const isKnown = seen.some((known) => answerOf(compare("=", known, value)) === "true");
    if (!isKnown && isExact(value)) seen.push(value);
  }
  return list(seen.map((value) => ({ value })));
}
