import { DomainError } from "../kernel/errors.ts";
import { type Cell, emptyCell, rowsOfText, type TableRow, type TableStream, type TextReader } from "./table.ts";

const MOST_NAMES = 500;
/** Bytes of one line at most: lines are read whole. */
const LONGEST_LINE = 1_000_000;
const NEWLINE = 0x0a;

/** Whether a text is lines of JSON objects: no header of a table begins with a brace. */
export function looksLikeNdjson(start: Uint8Array): boolean {
  const [first] = new TextDecoder().decode(start.subarray(0, 200)).trimStart();
  return first === "{";
}

/**
 * Reads newline-delimited JSON: one object of plain values a line, its names are the columns' headers.
 * Numbers keep the digits that are written, `null` and an absent name are an empty cell. The text is
 * read twice, because its last line may bring a column.
 *
 * Source: ndjson.org (one JSON text a line), RFC 8259.
 * @throws DomainError delivery-unreadable naming the line
 */
export async function* ndjsonRows(text: () => AsyncIterable<Buffer>): TableStream {
  const headers = await headersOf(text());
  yield [{ line: 1, cells: headers.map((name) => ({ text: name, isNumber: false })) }];
  const rowOf = (line: number, written: string): TableRow => {
    const cells = cellsOf(written, line);
    return { line, cells: headers.map((name) => cells.get(name) ?? emptyCell) };
  };
  yield* rowsOfText(text(), lineReader(rowOf));
}

/** Names of all lines; bounded, because each line gets a cell for each of them. */
async function headersOf(text: AsyncIterable<Buffer>): Promise<readonly string[]> {
  const headers = new Set<string>();
  const reader = lineReader((line, written) => {
    for (const name of Object.keys(objectIn(JSON.parse, written, line))) headers.add(name.trim());
    if (headers.size > MOST_NAMES) throw unreadable(line, "使列超过500个", "brings the columns to more than 500");
    return nothing;
  });
  for await (const piece of text) reader.push(piece);
  reader.end();
  return [...headers];
}

const nothing: TableRow = { line: 0, cells: [] };

/** Hands over each line that is not empty. */
function lineReader(rowOf: (line: number, written: string) => TableRow): TextReader {
  let waiting: Buffer = Buffer.alloc(0);
  let line = 0;
  const rowsIn = (lines: readonly string[]): TableRow[] =>
    lines.flatMap((text) => {
      line += 1;
      const written = text.trim();
      return written === "" ? [] : [rowOf(line, written)];
    });
  return {
    push(piece) {
      const end = piece.lastIndexOf(NEWLINE);
      const whole = Buffer.concat([waiting, piece.subarray(0, end + 1)]);
      if (end === -1) {
        waiting = Buffer.concat([waiting, piece]);
        if (waiting.length > LONGEST_LINE) throw unreadable(line + 1, "超过1MB", "is longer than 1 MB");
        return [];
      }
      waiting = piece.subarray(end + 1);
      return rowsIn(whole.toString("utf8", 0, whole.length - 1).split("\n"));
    },
    end: () => rowsIn(waiting.length === 0 ? [] : [waiting.toString()]),
  };
}

function cellsOf(text: string, line: number): ReadonlyMap<string, Cell> {
  const value = objectIn(withDigits, text, line);
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

function withDigits(text: string): unknown {
  const keepDigits: Reviver = (_, value, { source }) =>
    typeof value === "number" && source !== undefined ? new Written(source) : value;
  // The reviver's third argument (ES2026 "JSON.parse source text access") is not in the types yet.
  return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown);
}

function objectIn(parse: (text: string) => unknown, text: string, line: number): Readonly<Record<string, unknown>> {
  const value = parsed(parse, text, line);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw unreadable(line, "不是一个JSON对象", "is no JSON object");
}

function parsed(parse: (text: string) => unknown, text: string, line: number): unknown {
  try {
    return parse(text);
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
