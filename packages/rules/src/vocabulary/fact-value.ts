import Fraction from "fraction.js";
import { isDay } from "../formula/calendar.ts";
import type { StaticType } from "../formula/expression.ts";
import { isPeriod, periodExamples } from "../formula/period.ts";
import {
  type Because,
  day,
  type Exact,
  FALSE,
  list,
  NOTHING,
  num,
  type Rec,
  range,
  TRUE,
  text,
  truth,
  unknown,
  type Value,
} from "../formula/value.ts";
import type { Json } from "../json.ts";
import type { FactDefinition, FieldDefinition, ScalarType } from "./vocabulary.ts";

/** Why a JSON value is not a value of its fact. */
export type Misfit = Readonly<{ misfit: string; at?: string }>;

type Shape = Readonly<{
  type: ScalarType;
  codes?: ReadonlyMap<string, unknown>;
  digits?: number;
  min?: string;
  max?: string;
}>;

const MOST_DIGITS = 30;
const MOST_RECORDS = 10_000;

/** Reads a known fact. Wrong types are never coerced: they are a misfit, and a misfit counts as unknown. */
export function valueOfFact(fact: FactDefinition, json: Json): Value | Misfit {
  // "Looked up, and there is none" of a list is the empty list.
  if (json === null) return fact.type === "list" ? list([]) : fact.type === "series" ? emptySeries : NOTHING;
  if (fact.type === "series") return seriesOf(fact, json);
  if (fact.type !== "list") return scalarOf({ ...fact, type: fact.type }, json);
  if (!Array.isArray(json)) return { misfit: "must be a list of records" };
  if (json.length > MOST_RECORDS) return { misfit: `has ${json.length} records; ${MOST_RECORDS} are the most` };
  const items: { value: Value }[] = [];
  for (const [index, each] of json.entries()) {
    const value = recordOf(fact, each, index);
    if ("misfit" in value) return value;
    items.push({ value });
  }
  return list(items);
}

/** Whether a known value is one of its fact. */
export function isValueOf(fact: FactDefinition, json: Json): boolean {
  return !("misfit" in valueOfFact(fact, json));
}

/** Looked up, and there is nothing in any period. */
const emptySeries: Rec = { kind: "record", fields: new Map() };

/** Periods that are not given stay unknown, each under its own name: `energy.monthly.2025-07`. */
function seriesOf(fact: FactDefinition, json: Json): Rec | Misfit {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { misfit: "must be a value per period" };
  const { id, every = "month", of = "decimal" } = fact;
  const fields = new Map<string, Value>();
  const given = Object.entries(json);
  if (given.length > MOST_RECORDS) return { misfit: `has ${given.length} periods; ${MOST_RECORDS} are the most` };
  for (const [name, found] of given) {
    const at = `.${name}`;
    if (!isPeriod(name, every)) return { misfit: `is no ${every}, written ${periodExamples[every]}`, at };
    const value = found === null ? NOTHING : scalarOf({ ...fact, type: of }, found);
    if ("misfit" in value) return { misfit: value.misfit, at };
    fields.set(name, value);
  }
  return { kind: "record", fields, absent: (name) => anyScalar({ ...fact, type: of }, [`${id}.${name}`]) };
}

function recordOf(fact: FactDefinition, json: Json, index: number): Rec | Misfit {
  const at = `[${index}]`;
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { misfit: "must be a record", at };
  const given = new Map(Object.entries(json));
  const fields = new Map<string, Value>();
  for (const [name, field] of fact.fields ?? []) {
    const found = given.get(name);
    const value = found === undefined ? anyValueOf(field, [`${fact.id}${at}.${name}`]) : fieldValue(field, found);
    if ("misfit" in value) return { misfit: value.misfit, at: `${at}.${name}` };
    fields.set(name, value);
  }
  const stranger = [...given.keys()].find((name) => !fact.fields?.has(name));
  return stranger === undefined ? { kind: "record", fields } : { misfit: `has no field "${stranger}"`, at };
}

const fieldValue = (field: FieldDefinition, json: Json) => (json === null ? NOTHING : scalarOf(field, json));

function scalarOf(shape: Shape, json: Json): Exact | Misfit {
  switch (shape.type) {
    case "boolean":
      return typeof json === "boolean" ? truth(json) : { misfit: "must be true or false" };
    case "integer":
    case "decimal":
    case "money":
    case "percent":
      return numberOf(shape, json);
    case "date":
      return typeof json === "string" && isDay(json) ? day(json) : { misfit: "must be a day, YYYY-MM-DD" };
    case "code":
      return codeOf(shape, json);
    case "text":
      return typeof json === "string" ? text(json) : { misfit: "must be text" };
  }
}

function numberOf({ type, min, max }: Shape, json: Json): Exact | Misfit {
  const n = exactNumber(json);
  if (!n) return { misfit: type === "integer" ? "must be a whole number" : "must be a decimal number" };
  if (type === "integer" && n.d !== 1n) return { misfit: "must be a whole number" };
  if (min !== undefined && n.lt(min)) return { misfit: `must be at least ${min}` };
  if (max !== undefined && n.gt(max)) return { misfit: `must be at most ${max}` };
  return num(n);
}

/** Exactly the decimal that was written; `undefined` for anything else (NaN, `"5 万"`, `true`). */
export function exactNumber(json: Json): Fraction | undefined {
  if (typeof json !== "number" && typeof json !== "string") return undefined;
  const written = String(json);
  if (written.length > MOST_DIGITS || !/^-?\d+(\.\d+)?$/.test(written)) return undefined;
  return new Fraction(written);
}

function codeOf({ codes, digits }: Shape, json: Json): Exact | Misfit {
  if (typeof json !== "string") return { misfit: "must be a code, written as text" };
  if (codes && !codes.has(json)) return { misfit: `"${json.slice(0, 40)}" is not in the code list` };
  if (digits !== undefined && !new RegExp(`^\\d{${digits}}$`).test(json))
    return { misfit: `must have ${digits} digits` };
  return text(json);
}

/** All that is known of a fact nobody delivered: its type, its codes, its bounds. */
export function anyValueOf(fact: FactDefinition | FieldDefinition, because: Because): Value {
  if (fact.type === "list") return anyList(fact, because);
  if (fact.type === "series") return anySeries(fact, because);
  if (fact.nullable) return unknown(because);
  return anyScalar({ ...fact, type: fact.type }, because);
}

/** Any value of this shape. */
export function anyScalar({ type, codes, min, max }: Shape, because: Because): Value {
  switch (type) {
    case "boolean":
      return { kind: "oneOf", values: [TRUE, FALSE], because };
    case "integer":
    case "decimal":
    case "money":
    case "percent":
      return range(
        min === undefined ? undefined : new Fraction(min),
        max === undefined ? undefined : new Fraction(max),
        because,
      );
    case "code":
      return codes && codes.size <= 32
        ? { kind: "oneOf", values: [...codes.keys()].map(text), because }
        : unknown(because);
    case "date":
    case "text":
      return unknown(because);
  }
}

function anySeries({ of = "decimal", ...fact }: Partial<FactDefinition>, because: Because): Value {
  return { kind: "record", fields: new Map(), absent: () => anyScalar({ ...fact, type: of }, because) };
}

function anyList(fact: Pick<FactDefinition, "fields">, because: Because): Value {
  const fields = new Map([...(fact.fields ?? [])].map(([name, field]) => [name, anyValueOf(field, because)]));
  return list([], { like: { kind: "record", fields }, because });
}

/** What a formula may do with a fact. */
export function staticTypeOf(
  fact: Readonly<Pick<FactDefinition, "type"> & Partial<Pick<FactDefinition, "fields" | "of">>>,
): StaticType {
  switch (fact.type) {
    case "integer":
    case "decimal":
    case "money":
    case "percent":
      return { kind: "number" };
    case "code":
    case "text":
      return { kind: "text" };
    case "boolean":
    case "date":
      return { kind: fact.type };
    case "series":
      return { kind: "series", of: staticTypeOf({ type: fact.of ?? "decimal" }) };
    case "list": {
      const fields = new Map([...(fact.fields ?? [])].map(([name, field]) => [name, staticTypeOf(field)]));
      return { kind: "list", of: { kind: "record", fields } };
    }
  }
}
