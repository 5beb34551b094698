import type { StaticType } from "./expression.ts";
import type { FormulaFunction } from "./functions.ts";

export const ANY: StaticType = { kind: "any" };

const names: Readonly<Record<StaticType["kind"], string>> = {
  any: "anything",
  null: "nothing",
  boolean: "yes or no",
  number: "a number",
  text: "text",
  date: "a date",
  duration: "a duration",
  list: "a list",
  series: "a series",
  record: "a record",
};

export function describe(type: StaticType): string {
  return names[type.kind];
}

/** Whether values of the two types may be compared: same kind, or one of them nothing or untold. */
export function comparable(a: StaticType, b: StaticType): boolean {
  const isOpen = ({ kind }: StaticType) => kind === "any" || kind === "null";
  return isOpen(a) || isOpen(b) || a.kind === b.kind;
}

/** The type of a value that is one or the other. */
export function either(a: StaticType, b: StaticType): StaticType {
  if (a.kind === "null") return b;
  if (b.kind === "null" || a === b) return a;
  if (a.kind === "list" && b.kind === "list") return { kind: "list", of: either(a.of, b.of) };
  if (a.kind === "record" || b.kind === "record") return a.kind === b.kind ? mergeRecords(a, b) : ANY;
  return a.kind === b.kind ? a : ANY;
}

function mergeRecords(a: StaticType, b: StaticType): StaticType {
  if (a.kind !== "record" || b.kind !== "record") return ANY;
  const fields = new Map(a.fields);
  for (const [name, type] of b.fields) fields.set(name, either(fields.get(name) ?? { kind: "null" }, type));
  return { kind: "record", fields };
}

/** The type of one element; a single value counts as a list of one. */
export function elementOf(type: StaticType): StaticType {
  return type.kind === "list" ? type.of : type;
}

/** What a field of such a value is; `undefined` when there is no such field. */
export function fieldType(type: StaticType, name: string): StaticType | undefined {
  switch (type.kind) {
    case "any":
      return ANY;
    case "record":
      return type.fields.get(name);
    case "date":
      return ["year", "month", "day"].includes(name) ? { kind: "number" } : undefined;
    case "duration":
      return ["years", "months", "days"].includes(name) ? { kind: "number" } : undefined;
    case "list": {
      const of = fieldType(type.of, name);
      return of && { kind: "list", of };
    }
    default:
      return undefined;
  }
}

/** The names of the fields of such a value, for suggestions. */
export function fieldNames(type: StaticType): string[] {
  if (type.kind === "record") return [...type.fields.keys()];
  if (type.kind === "list") return fieldNames(type.of);
  if (type.kind === "duration") return ["years", "months", "days"];
  return type.kind === "date" ? ["year", "month", "day"] : [];
}

export function resultType({ gives }: FormulaFunction, args: readonly StaticType[]): StaticType {
  const [first = ANY] = args;
  switch (gives) {
    case "same":
      return first;
    case "element":
      return args.length === 1 ? elementOf(first) : args.reduce((all, arg) => either(all, elementOf(arg)), first);
    case "list":
      return { kind: "list", of: first.kind === "series" ? first.of : ANY };
    case "series":
      return ANY;
    case "record":
      return ANY;
    default:
      return { kind: gives };
  }
}
