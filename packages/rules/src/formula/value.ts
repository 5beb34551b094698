import type Fraction from "fraction.js";

/** A value that is fully known. */
export type Exact = Nothing | Truth | Num | Text | Day | Duration | List | Rec;
export type Nothing = Readonly<{ kind: "null" }>;
export type Truth = Readonly<{ kind: "boolean"; is: boolean }>;
export type Num = Readonly<{ kind: "number"; n: Fraction }>;
export type Text = Readonly<{ kind: "text"; text: string }>;
/** `YYYY-MM-DD`, whose order as text is its order in time. */
export type Day = Readonly<{ kind: "date"; day: string }>;
/** A span of calendar time in whole months (a year is twelve) or whole days. */
export type Duration = Readonly<{ kind: "duration"; unit: "months" | "days"; length: number }>;
export type List = Readonly<{ kind: "list"; items: readonly Item[]; more?: More }>;
export type Rec = Readonly<{
  kind: "record";
  fields: ReadonlyMap<string, Value>;
  /** What a name that is not among the fields stands for, where more could be asked of it: a period nobody delivered. */
  absent?: (name: string) => Value;
}>;

/** An element of a list. `maybe` names the facts on which it depends whether it belongs to the list at all. */
export type Item = Readonly<{ value: Value; maybe?: Because }>;

/** Any number of further elements of which only this much is known: how a list that nobody delivered looks. */
export type More = Readonly<{ like: Value; because: Because }>;

/** The facts whose absence keeps a value from being exact. */
export type Because = readonly string[];

/** One of a few possible values. */
export type OneOf = Readonly<{ kind: "oneOf"; values: readonly Exact[]; because: Because }>;
/** A number between two bounds, both included; an absent bound is open. */
export type Range = Readonly<{ kind: "range"; min?: Fraction; max?: Fraction; because: Because }>;
/** Anything at all. */
export type Unknown = Readonly<{ kind: "unknown"; because: Because }>;

/**
 * What a formula works on: known, one of several, between two bounds, or unknown. Each operation
 * answers with everything that could come out, so a fact that cannot matter drops out by itself.
 */
export type Value = Exact | OneOf | Range | Unknown;

/** More alternatives than this become a range or unknown. */
const MOST_ALTERNATIVES = 32;

export const NOTHING: Nothing = { kind: "null" };
export const TRUE: Truth = { kind: "boolean", is: true };
export const FALSE: Truth = { kind: "boolean", is: false };

export const truth = (is: boolean): Truth => (is ? TRUE : FALSE);
export const num = (n: Fraction): Num => ({ kind: "number", n });
export const text = (content: string): Text => ({ kind: "text", text: content });
export const day = (iso: string): Day => ({ kind: "date", day: iso });
export const list = (items: readonly Item[], more?: More): List => ({ kind: "list", items, ...(more && { more }) });
export const unknown = (because: Because): Unknown => ({ kind: "unknown", because });

export function isExact(value: Value): value is Exact {
  return value.kind !== "oneOf" && value.kind !== "range" && value.kind !== "unknown";
}

/** The facts that stand between this value and an exact one. */
export function becauseOf(value: Value): Because {
  return isExact(value) ? [] : value.because;
}

/** Each fact once, in order of first mention. */
export function mergeBecause(...parts: readonly Because[]): Because {
  const [first = [], ...rest] = parts;
  if (rest.every((part) => part.length === 0)) return first;
  return [...new Set(parts.flat())];
}

export function range(min: Fraction | undefined, max: Fraction | undefined, because: Because): Value {
  if (min === undefined && max === undefined) return { kind: "range", because };
  if (min !== undefined && max?.equals(min)) return num(min);
  return { kind: "range", because, ...(min && { min }), ...(max && { max }) };
}

/** Two exact scalars of one kind with the same content. Lists and records are never the same here. */
export function sameScalar(a: Exact, b: Exact): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "null":
      return b.kind === "null";
    case "boolean":
      return b.kind === "boolean" && a.is === b.is;
    case "number":
      return b.kind === "number" && a.n.equals(b.n);
    case "text":
      return b.kind === "text" && a.text === b.text;
    case "date":
      return b.kind === "date" && a.day === b.day;
    case "duration":
      return b.kind === "duration" && a.unit === b.unit && a.length === b.length;
    default:
      return false;
  }
}

/** All values that this one may turn out to be, if they can be listed. */
export function alternativesOf(value: Value): readonly Exact[] | undefined {
  if (value.kind === "oneOf") return value.values;
  return isExact(value) ? [value] : undefined;
}

/** Everything that any of these values may be. `because` says why it is not one of them for certain. */
export function union(values: readonly Value[], because: Because): Value {
  const [first] = values;
  if (first && values.length === 1) return first;
  const all = mergeBecause(because, ...values.map(becauseOf));
  const distinct: Exact[] = [];
  for (const value of values) {
    const alternatives = alternativesOf(value);
    if (!alternatives) return unionOfNumbers(values, all);
    for (const alternative of alternatives) {
      if (!distinct.some((known) => sameScalar(known, alternative))) distinct.push(alternative);
    }
  }
  const [only] = distinct;
  if (only && distinct.length === 1) return only;
  return distinct.length <= MOST_ALTERNATIVES
    ? { kind: "oneOf", values: distinct, because: all }
    : unionOfNumbers(values, all);
}

/** What follows from a value whichever of its alternatives it is. */
export function overEach({ values, because }: OneOf, result: (value: Exact) => Value): Value {
  return union(values.map(result), because);
}

function unionOfNumbers(values: readonly Value[], because: Because): Value {
  let min: Fraction | undefined;
  let max: Fraction | undefined;
  let isFirst = true;
  for (const value of values) {
    const bounds = boundsOf(value);
    if (!bounds) return unknown(because);
    min = isFirst ? bounds.min : min && bounds.min && (bounds.min.lt(min) ? bounds.min : min);
    max = isFirst ? bounds.max : max && bounds.max && (bounds.max.gt(max) ? bounds.max : max);
    isFirst = false;
  }
  return range(min, max, because);
}

export type Bounds = Readonly<{ min: Fraction | undefined; max: Fraction | undefined }>;

/** Lowest and highest number that this value may be; `undefined` when it may be no number. */
export function boundsOf(value: Value): Bounds | undefined {
  switch (value.kind) {
    case "number":
      return { min: value.n, max: value.n };
    case "range":
      return { min: value.min, max: value.max };
    case "oneOf": {
      let min: Fraction | undefined;
      let max: Fraction | undefined;
      for (const alternative of value.values) {
        if (alternative.kind !== "number") return undefined;
        if (!min || alternative.n.lt(min)) min = alternative.n;
        if (!max || alternative.n.gt(max)) max = alternative.n;
      }
      return { min, max };
    }
    default:
      return undefined;
  }
}

/** What a record says under a name. */
export function fieldNamed({ fields, absent }: Rec, name: string): Value {
  return fields.get(name) ?? absent?.(name) ?? NOTHING;
}
