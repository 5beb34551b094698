import { isDay } from "../formula/calendar.ts";
import type { FactDefinition, ScalarType } from "../vocabulary/vocabulary.ts";

/** What a column holds, whichever database it is in. */
export type ColumnType = "boolean" | "integer" | "money" | "decimal" | "date" | "text";

const typeOfScalar: Readonly<Record<ScalarType, ColumnType>> = {
  boolean: "boolean",
  integer: "integer",
  money: "money",
  decimal: "decimal",
  percent: "decimal",
  date: "date",
  code: "text",
  text: "text",
};

/** @returns `undefined` for lists and series, which are no single value */
export function columnTypeOf({ type }: Pick<FactDefinition, "type">): ColumnType | undefined {
  return type === "list" || type === "series" ? undefined : typeOfScalar[type];
}

/** Digits behind the point; all of a number are eighteen, so that it is one machine word. */
const scaleOf: Readonly<Partial<Record<ColumnType, number>>> = { integer: 0, money: 4, decimal: 6 };
const MOST_DIGITS = 18;

/** Why this decimal text is not exactly a number of the type; `undefined` when it is. */
export function misfitOfNumber(type: ColumnType, decimal: string): string | undefined {
  const scale = scaleOf[type];
  if (scale === undefined || !/^-?\d+(\.\d+)?$/.test(decimal)) return "is no number";
  const [whole = "", fraction = ""] = decimal.replace("-", "").split(".");
  if (fraction.replace(/0+$/, "").length > scale) return `has more than ${scale} digits behind the point`;
  return whole.replace(/^0+/, "").length > MOST_DIGITS - scale
    ? `has more than ${MOST_DIGITS - scale} digits`
    : undefined;
}

/** `5.0` is a whole number, but not one that every database reads. */
export function numberText(type: ColumnType, decimal: string): string {
  return type === "integer" ? decimal.replace(/\.0+$/, "") : decimal;
}

export function misfitOfText(text: string): string | undefined {
  return text.includes("\0") || !text.isWellFormed() ? "holds what is no text to a database" : undefined;
}

/** @param days the first and the last that a database keeps */
export function misfitOfDay(day: string, [first, last]: readonly [string, string]): string | undefined {
  if (!isDay(day)) return "is no day";
  return day < first || day > last ? `is outside ${first} to ${last}` : undefined;
}
