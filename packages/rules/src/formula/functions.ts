import Fraction from "fraction.js";
import { arithmetic } from "./arithmetic.ts";
import { addMonths, dayFrom, daysBetween, fullMonthsBetween, isDay, shiftDays } from "./calendar.ts";
import { concatenate, count, distinct, extreme, overList, quantify, sum } from "./collection.ts";
import { compare } from "./comparison.ts";
import { durationFrom, monthsFrom } from "./duration.ts";
import type { StaticType } from "./expression.ts";
import { lift, unknownOf } from "./lift.ts";
import { not } from "./logic.ts";
import { addPeriods, periodOf, periodsBetween } from "./period.ts";
import {
  becauseOf,
  day,
  type Exact,
  fieldNamed,
  type List,
  list,
  NOTHING,
  num,
  overEach,
  text,
  truth,
  union,
  type Value,
} from "./value.ts";
import { addWorkingDays, workingDaysBetween } from "./working-days.ts";

/** A function of the formula language. All are total: what makes no sense gives nothing. */
export type FormulaFunction = Readonly<{
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  gives: StaticType["kind"] | "element" | "same";
  apply: (args: readonly Value[]) => Value;
}>;

const whole = (value: number) => num(new Fraction(value));

/** An operation on fully known arguments, lifted to partly known ones; one that is left out is `third` or nothing. */
function onExact(operation: (first: Exact, second: Exact, third?: Exact) => Exact): FormulaFunction["apply"] {
  return (args) =>
    lift(args, ([first = NOTHING, second = NOTHING, third]) => operation(first, second, third)) ?? unknownOf(args);
}

function onDays(operation: (from: string, to: string) => Exact): FormulaFunction["apply"] {
  return onExact((from, to) => (from.kind === "date" && to.kind === "date" ? operation(from.day, to.day) : NOTHING));
}

/** On a whole number of steps. */
function onSteps(kind: "date" | "text", operation: (from: string, by: number) => Exact): FormulaFunction["apply"] {
  return onExact((from, by) => {
    if (by.kind !== "number" || by.n.d !== 1n || from.kind !== kind) return NOTHING;
    return operation(from.kind === "date" ? from.day : from.text, by.n.valueOf());
  });
}

/** `f(a, b, c)` and `f([a, b, c])` are the same. */
function onItems(operation: (items: List) => Value): FormulaFunction["apply"] {
  return (args) => {
    const [only] = args;
    if (args.length !== 1 || !only) return operation(list(args.map((value) => ({ value }))));
    return overList(only, operation);
  };
}

const MOST_PLACES = 30;

function rounded(direction: "floor" | "ceil" | "half up"): FormulaFunction["apply"] {
  const round = (value: Exact, places: Exact): Exact => {
    if (value.kind !== "number" || places.kind !== "number") return NOTHING;
    const digits = places.n.valueOf();
    if (!Number.isInteger(digits) || Math.abs(digits) > MOST_PLACES) return NOTHING;
    // Scaled by hand: the library knows no negative places, which round to tens and hundreds.
    const scale = new Fraction(10).pow(digits);
    if (direction === "floor") return num(value.n.mul(scale).floor().div(scale));
    if (direction === "ceil") return num(value.n.mul(scale).ceil().div(scale));
    const away = value.n.abs().mul(scale).add(new Fraction(1, 2)).floor().div(scale);
    return num(value.n.lt(0) ? away.neg() : away);
  };
  return (args) => lift(args, ([value = NOTHING, places = whole(0)]) => round(value, places)) ?? unknownOf(args);
}

const dateFrom = onExact((first, month, dayOfMonth = NOTHING) => {
  if (first.kind === "text") return isDay(first.text) ? day(first.text) : NOTHING;
  if (first.kind === "date") return first;
  if (first.kind !== "number" || month.kind !== "number" || dayOfMonth.kind !== "number") return NOTHING;
  const parts = { year: first.n.valueOf(), month: month.n.valueOf(), day: dayOfMonth.n.valueOf() };
  const found = dayFrom(parts);
  return found ? day(found) : NOTHING;
});

function shifted(shift: (day: string, by: number) => string | undefined): FormulaFunction["apply"] {
  return onSteps("date", (from, by) => {
    const to = shift(from, by);
    return to === undefined ? NOTHING : day(to);
  });
}

/** The value of a record under a key; nothing when it has no such key. */
function valueUnder([record = NOTHING, key = NOTHING]: readonly Value[]): Value {
  if (record.kind === "oneOf") return overEach(record, (each) => valueUnder([each, key]));
  if (record.kind !== "record") return unknownOrNothing([record]);
  if (key.kind === "text") return fieldNamed(record, key.text);
  if (key.kind === "oneOf") return overEach(key, (each) => valueUnder([record, each]));
  // A key that may be anything may be any of them, or none.
  if (key.kind === "unknown") return union([...record.fields.values(), NOTHING], key.because);
  return NOTHING;
}

function contains([container = NOTHING, wanted = NOTHING]: readonly Value[]): Value {
  // One of several, all of which are in it, is in it whichever it is.
  if (wanted.kind === "oneOf") return overEach(wanted, (each) => contains([container, each]));
  return overList(container, (items) => quantify("some", items, (item) => compare("=", item, wanted)));
}

function mean(items: List): Value {
  return items.items.length === 0 && !items.more ? NOTHING : arithmetic("/", sum(items), count(items));
}

function concatenated(args: readonly Value[]): Value {
  return args.reduce((all, next) => overList(all, (a) => overList(next, (b) => concatenate(a, b))), list([]));
}

/** `periods(series, "2025-01", "2025-06")`: the values of all periods from one to the other, both included. */
function periodsOfSeries([series = NOTHING, from = NOTHING, to = NOTHING]: readonly Value[]): Value {
  if (from.kind === "oneOf") return overEach(from, (each) => periodsOfSeries([series, each, to]));
  if (to.kind === "oneOf") return overEach(to, (each) => periodsOfSeries([series, from, each]));
  if (series.kind !== "record" || from.kind !== "text" || to.kind !== "text") {
    return unknownOrNothing([series, from, to]);
  }
  const names = periodsBetween(from.text, to.text);
  return names ? list(names.map((name) => ({ value: fieldNamed(series, name) }))) : NOTHING;
}

function unknownOrNothing(args: readonly Value[]): Value {
  return args.some((arg) => becauseOf(arg).length > 0) ? unknownOf(args) : NOTHING;
}

function onTexts(operation: (a: string, b: string) => Exact): FormulaFunction["apply"] {
  return onExact((a, b) => (a.kind === "text" && b.kind === "text" ? operation(a.text, b.text) : NOTHING));
}

const functions: Readonly<Record<string, FormulaFunction>> = {
  not: { arity: [1, 1], gives: "boolean", apply: ([value = NOTHING]) => not(value) },
  count: { arity: [1, 1], gives: "number", apply: onItems(count) },
  sum: { arity: [1, 64], gives: "number", apply: onItems(sum) },
  min: { arity: [1, 64], gives: "element", apply: onItems((items) => extreme("min", items)) },
  max: { arity: [1, 64], gives: "element", apply: onItems((items) => extreme("max", items)) },
  mean: { arity: [1, 64], gives: "number", apply: onItems(mean) },
  "distinct values": { arity: [1, 1], gives: "same", apply: onItems(distinct) },
  concatenate: { arity: [1, 16], gives: "same", apply: concatenated },
  "list contains": { arity: [2, 2], gives: "boolean", apply: contains },
  "get value": { arity: [2, 2], gives: "any", apply: valueUnder },
  floor: { arity: [1, 2], gives: "number", apply: rounded("floor") },
  ceiling: { arity: [1, 2], gives: "number", apply: rounded("ceil") },
  "round half up": { arity: [1, 2], gives: "number", apply: rounded("half up") },
  abs: {
    arity: [1, 1],
    gives: "number",
    apply: onExact((value) => (value.kind === "number" ? num(value.n.abs()) : NOTHING)),
  },
  substring: { arity: [2, 3], gives: "text", apply: onExact(substring) },
  "starts with": {
    arity: [2, 2],
    gives: "boolean",
    apply: onTexts((a, b) => truth(a.startsWith(b))),
  },
  "ends with": { arity: [2, 2], gives: "boolean", apply: onTexts((a, b) => truth(a.endsWith(b))) },
  contains: { arity: [2, 2], gives: "boolean", apply: onTexts((a, b) => truth(a.includes(b))) },
  /** The number that a text writes; nothing for any other text. */
  number: {
    arity: [1, 1],
    gives: "number",
    apply: onExact((a) => {
      if (a.kind === "number") return a;
      return a.kind === "text" && /^-?\d{1,30}(\.\d{1,30})?$/.test(a.text) ? num(new Fraction(a.text)) : NOTHING;
    }),
  },
  "string length": {
    arity: [1, 1],
    gives: "number",
    apply: onExact((a) => (a.kind === "text" ? whole([...a.text].length) : NOTHING)),
  },
  period: { arity: [2, 2], gives: "any", apply: valueUnder },
  periods: { arity: [3, 3], gives: "list", apply: periodsOfSeries },
  /** `period of(date, "month")` → `2025-07`. */
  "period of": {
    arity: [2, 2],
    gives: "text",
    apply: onExact((a, b) => {
      const name = a.kind === "date" && b.kind === "text" ? periodOf(a.day, b.text) : undefined;
      return name === undefined ? NOTHING : text(name);
    }),
  },
  "add periods": {
    arity: [2, 2],
    gives: "text",
    apply: onSteps("text", (from, by) => {
      const name = addPeriods(from, by);
      return name === undefined ? NOTHING : text(name);
    }),
  },
  date: { arity: [1, 3], gives: "date", apply: dateFrom },
  /** Calendar days from the first day to the second. */
  days: { arity: [2, 2], gives: "number", apply: onDays((from, to) => whole(daysBetween(from, to))) },
  duration: {
    arity: [1, 1],
    gives: "duration",
    apply: onExact((from) => (from.kind === "text" ? (durationFrom(from.text) ?? NOTHING) : NOTHING)),
  },
  "years and months duration": { arity: [2, 2], gives: "duration", apply: onDays(monthsFrom) },
  "full months": { arity: [2, 2], gives: "number", apply: onDays((from, to) => whole(fullMonthsBetween(from, to))) },
  "full years": {
    arity: [2, 2],
    gives: "number",
    apply: onDays((from, to) => whole(Math.trunc(fullMonthsBetween(from, to) / 12))),
  },
  /** Working days after the first day, up to and with the second; nothing where a year has no published calendar. */
  "working days": {
    arity: [2, 2],
    gives: "number",
    apply: onDays((from, to) => {
      const count = workingDaysBetween(from, to);
      return count === undefined ? NOTHING : whole(count);
    }),
  },
  "add working days": {
    arity: [2, 2],
    gives: "date",
    apply: onSteps("date", (from, by) => {
      const end = addWorkingDays(from, by);
      return end.isProvisional ? NOTHING : day(end.day);
    }),
  },
  "add days": { arity: [2, 2], gives: "date", apply: shifted(shiftDays) },
  "add months": { arity: [2, 2], gives: "date", apply: shifted(addMonths) },
};

/** Characters, not code units, from a place counted from 1, or from the end when negative. */
function substring(from: Exact, start: Exact, length?: Exact): Exact {
  if (from.kind !== "text" || start.kind !== "number") return NOTHING;
  const characters = [...from.text];
  const position = start.n.valueOf();
  const begin = position > 0 ? position - 1 : characters.length + position;
  if (!Number.isInteger(position) || position === 0 || begin < 0) return NOTHING;
  if (length === undefined) return text(characters.slice(begin).join(""));
  const wanted = length.kind === "number" ? length.n.valueOf() : 0;
  if (!Number.isInteger(wanted) || wanted < 1) return NOTHING;
  return text(characters.slice(begin, begin + wanted).join(""));
}

export const functionNames: readonly string[] = Object.keys(functions);

/** `undefined` when the language has no such function. */
export function functionNamed(name: string): FormulaFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
