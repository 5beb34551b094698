import type { Bilingual, FactDefinition, FieldDefinition, Json } from "@apply-free/rules";
import { type Day, parseDay } from "../kernel/day.ts";
import { decimalPlaces, isLess, normalDecimal, shiftDecimal } from "./decimal.ts";
import { quoted } from "./row-issue.ts";
import type { Cell } from "./table.ts";

/** What a value must look like: a fact of the vocabulary, or one field of its records. */
export type ValueShape = FieldDefinition & Partial<Pick<FactDefinition, "codes" | "digits" | "min" | "max" | "known">>;

/** How a department writes one column, beyond what the vocabulary says of the fact. */
export type CellRule = Readonly<{
  /** Places that the point moves to reach the unit of the vocabulary: 4 for 万元. */
  shift: number;
  /** What the department writes for "looked up, and there is none". An empty cell never means that. */
  none?: string | undefined;
  /** The department's words → the vocabulary's values. The list is closed. */
  values?: ReadonlyMap<string, string> | undefined;
  /** Bounds of plausibility, inclusive, in the unit of the vocabulary. */
  min?: string | undefined;
  max?: string | undefined;
  /** Such a day may not lie after the day that the delivery speaks of. */
  until?: "as-of" | undefined;
}>;

export type CellResult = Readonly<{ value: Json }> | Readonly<{ problem: Bilingual }>;

/** Reads one filled cell. Nothing is guessed: what is not plainly a value is a problem, in one sentence. */
export function readCell(cell: Cell, shape: ValueShape, rule: CellRule, asOf: Day): CellResult {
  if (rule.none !== undefined && cell.text === rule.none) {
    return shape.nullable ? { value: null } : problem("此项不能为“无”", "This cannot be none");
  }
  if (cell.text.startsWith("=")) return problem("是公式，请粘贴为值", "A formula; paste it as a value");
  switch (shape.type) {
    case "boolean":
      return readBoolean(cell.text);
    case "date":
      return readDate(cell.text, rule, asOf);
    case "integer":
    case "decimal":
    case "percent":
    case "money":
      return readNumber(cell.text, shape, rule);
    case "code":
    case "text":
      return readText(cell, shape, rule);
  }
}

function readText(cell: Cell, { codes, digits }: ValueShape, { values }: CellRule): CellResult {
  if (isCutShort(cell)) return cutShort;
  const { text } = cell;
  const value = values ? values.get(text) : text;
  if (value === undefined || (codes && !codes.has(value))) {
    return problem(`${quoted(text)}不在允许的取值中`, `${quoted(text)} is not one of the allowed values`);
  }
  if (digits !== undefined && !(value.length === digits && /^\d+$/.test(value))) {
    return problem(`${quoted(text)}应为${digits}位数字`, `${quoted(text)} must be ${digits} digits`);
  }
  return { value };
}

/** A spreadsheet keeps 15 digits of a number: a longer account number or code is already damaged. */
function isCutShort({ text, isNumber }: Cell): boolean {
  return isNumber && text.length > 15;
}

const cutShort = problem(
  "长号码被存成了数字，表格只保留15位，请设为文本格式后重新导出",
  "A long number was stored as a number, of which spreadsheets keep 15 digits; format the column as text and export again",
);

const yes = new Set(["是", "1", "true", "TRUE"]);
const no = new Set(["否", "0", "false", "FALSE"]);

function readBoolean(text: string): CellResult {
  if (yes.has(text)) return { value: true };
  if (no.has(text)) return { value: false };
  return problem(`${quoted(text)}应为“是”或“否”`, `${quoted(text)} must be 是 or 否`);
}

const dayFormats = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/** A day as departments write it; `undefined` unless it exists in the calendar. */
export function readDay(text: string): Day | undefined {
  const match = dayFormats.map((format) => format.exec(text)).find((found) => found !== null);
  if (!match) return undefined;
  const [, year, month = "", day = ""] = match;
  return parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

function readDate(text: string, { until }: CellRule, asOf: Day): CellResult {
  const day = readDay(text);
  if (!day) return problem(`${quoted(text)}不是有效日期`, `${quoted(text)} is not a day of the calendar`);
  if (until === "as-of" && day > asOf) {
    return problem(`日期${day}晚于数据日期${asOf}`, `${day} lies after the delivery's as-of day ${asOf}`);
  }
  return { value: day };
}

function readNumber(text: string, shape: ValueShape, rule: CellRule): CellResult {
  const value = shiftDecimal(shape.type === "percent" ? text.replace(/%$/, "") : text, rule.shift);
  if (value === undefined) return problem(...whyNotANumber(text));
  if (shape.type === "integer" && decimalPlaces(value) > 0) {
    return problem(`${quoted(text)}应为整数`, `${quoted(text)} must be a whole number`);
  }
  if (shape.type === "money" && decimalPlaces(value) > 2) {
    return problem(`金额${quoted(text)}折合元后超过两位小数`, `${quoted(text)} has more than two decimals of 元`);
  }
  const isUnsafe = shape.type === "integer" && !Number.isSafeInteger(Number(value));
  const tooSmall = [shape.min, rule.min].some((min) => min !== undefined && isLess(value, bound(min)));
  const tooLarge = [shape.max, rule.max].some((max) => max !== undefined && isLess(bound(max), value));
  if (isUnsafe || tooSmall || tooLarge) {
    return problem(`${quoted(text)}超出合理范围`, `${quoted(text)} is out of bounds`);
  }
  return { value: shape.type === "integer" ? Number(value) : value };
}

function bound(text: string): string {
  const value = normalDecimal(text);
  if (value === undefined) throw new Error(`not a decimal bound: ${text}`);
  return value;
}

function whyNotANumber(text: string): [zh: string, en: string] {
  if (/[０-９．]/.test(text)) return [`${quoted(text)}含全角数字`, `${quoted(text)} has full-width digits`];
  if (/^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text)) {
    return [`${quoted(text)}含千分位分隔符`, `${quoted(text)} has thousands separators`];
  }
  return [`${quoted(text)}不是数字`, `${quoted(text)} is not a number`];
}

function problem(zh: string, en: string): { problem: Bilingual } {
  return { problem: { zh: `${zh}。`, en: `${en}.` } };
}
