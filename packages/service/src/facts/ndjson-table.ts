import { DomainError } from "../kernel/errors.ts";
import { decodeText } from "./decode-text.ts";
import { type Cell, emptyCell, type Table } from "./table.ts";

const MOST_NAMES = 500;

/** Whether a text is lines of JSON objects: no header of a table begins with a brace. */
export function looksLikeNdjson(bytes: Uint8Array): boolean {
  const [first] = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  return first === "{";
}

/**
 * Reads newline-delimited JSON: one object of plain values a line, its names are the columns' headers.
 * Numbers keep the digits that are written, `null` and an absent name are an empty cell.
 *
 * Source: ndjson.org (one JSON text a line), RFC 8259.
 * @throws DomainError delivery-unreadable naming the line
 */
export function readNdjsonTable(bytes: Uint8Array): Table {
  const lines = decodeText(bytes)
    .split("\n")
    .map((text, place) => ({ line: place + 1, text: text.trim() }))
    .filter(({ text }) => text !== "");
  const records = lines.map(({ line, text }) => ({ line, cells: cellsOf(text, line) }));
  const headers = headersOf(records);
  const header = { line: 1, cells: [...headers].map((text) => ({ text, isNumber: false })) };
  const rows = records.map(({ line, cells }) => ({
    line,
    cells: [...headers].map((name) => cells.get(name) ?? emptyCell),
  }));
  return [header, ...rows];
}

/** Names of all lines; bounded, because each line gets a cell for each of them. */
function headersOf(records: readonly Readonly<{ line: number; cells: ReadonlyMap<string, Cell> }>[]): Set<string> {
  const headers = new Set<string>();
  for (const { line, cells } of records) {
    for (const name of cells.keys()) headers.add(name);
    if (headers.size > MOST_NAMES) throw unreadable(line, "使列超过500个", "brings the columns to more than 500");
  }
  return headers;
}

function cellsOf(text: string, line: number): ReadonlyMap<string, Cell> {
  const value = parsed(text, line);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unreadable(line, "不是一个JSON对象", "is no JSON object");
  }
  const entries = Object.entries(value).map(([name, written]) => [name.trim(), cellOf(name, written, line)] as const);
  // The last of two values under one name would win in silence.
  if (namesIn(text) > Object.keys(value).length) throw unreadable(line, "有同名的值", "has two values under one name");
  return new Map(entries);
}

/** How many strings of a JSON text are followed by a colon. */
function namesIn(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

/** A number as it is written, for a float would lose digits: `12345678901234567.89` stays what it is. */
class Written {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context: Readonly<{ source?: string }>) => unknown;

function parsed(text: string, line: number): unknown {
  const keepDigits: Reviver = (_, value, { source }) =>
    typeof value === "number" && source !== undefined ? new Written(source) : value;
  try {
    // The reviver's third argument (ES2026 "JSON.parse source text access") is not in the types yet.
    return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown);
  } catch {
    throw unreadable(line, "不是合格的JSON", "is not JSON");
  }
}

function cellOf(name: string, value: unknown, line: number): Cell {
  if (value === null) return emptyCell;
  if (value instanceof Written) return { text: value.digits, isNumber: false };
  if (typeof value === "string") return { text: value.trim(), isNumber: false };
  if (typeof value === "boolean") return { text: value ? "是" : "否", isNumber: false };
  throw unreadable(line, `“${name}”不是单个值`, `"${name}" is not a single value`);
}

function unreadable(line: number, zh: string, en: string): DomainError {
  return new DomainError("delivery-unreadable", `第${line}行${zh}。Line ${line} ${en}.`, { line });
}
