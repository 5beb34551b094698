import { CsvError, type Options, parse } from "csv-parse/sync";
import { DomainError } from "../kernel/errors.ts";
import { type Table, type TableRow, type TextReader, textCell } from "./table.ts";

/** Bytes of one row at most; an endless one is a quotation mark that nobody closed. */
const LONGEST_ROW = 100_000;
/** Bytes that may wait for the end of their row: one row, however its quotation marks may be read. */
const MOST_WAITING = 4 * LONGEST_ROW;
/** Characters at the beginning of a file that tell what separates its cells. */
const TELLING = 2_000;

/** Reads CSV (or tab-separated text) row by row. @throws DomainError delivery-unreadable naming the line */
export function csvReader(): TextReader {
  let waiting: Buffer = Buffer.alloc(0);
  let lines = 0;
  let dialect: Dialect | undefined;
  const rowsIn = (text: Buffer, { delimiter, newline }: Dialect): TableRow[] => {
    const rows = text.includes('"')
      ? quotedRows(text, delimiter, newline, lines)
      : plainRows(text.toString(), delimiter, newline, lines);
    lines = rows.at(-1)?.line ?? lines;
    return rows;
  };
  return {
    push(piece) {
      waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece]);
      dialect ??= dialectOf(waiting, false);
      if (!dialect) return [];
      const end = endOfRows(waiting, dialect.newline);
      if (end === 0 && waiting.length <= MOST_WAITING) return [];
      const whole = waiting.subarray(0, end === 0 ? waiting.length : end);
      waiting = waiting.subarray(whole.length);
      return rowsIn(whole, dialect);
    },
    end() {
      return waiting.length === 0 ? [] : rowsIn(waiting, dialect ?? dialectOf(waiting, true));
    },
  };
}

export function readCsvTable(text: Uint8Array): Table {
  const reader = csvReader();
  return [...reader.push(Buffer.from(text)), ...reader.end()];
}

type Dialect = Readonly<{ delimiter: string; newline: string }>;

/** How a file separates cells and rows, once enough of it is there. */
function dialectOf(text: Buffer, isAll: true): Dialect;
function dialectOf(text: Buffer, isAll: boolean): Dialect | undefined;
function dialectOf(text: Buffer, isAll: boolean): Dialect | undefined {
  const start = text.toString("utf8", 0, TELLING * 4).slice(0, TELLING);
  const newline = /\r\n|\n|\r(?!$)/.exec(text.toString("utf8", 0, MOST_WAITING).replace(/"[^"]*("|$)/g, "x"))?.[0];
  if (!isAll && (start.length < TELLING || newline === undefined) && text.length <= MOST_WAITING) return undefined;
  return { delimiter: start.includes("\t") ? "\t" : ",", newline: newline ?? "\n" };
}

/** Up to where a text holds whole rows: behind its last line break outside of quotation marks; 0 for none. */
function endOfRows(text: Buffer, newline: string): number {
  let end = 0;
  for (let at = 0; ; ) {
    const opening = text.indexOf('"', at);
    const until = opening === -1 ? text.length : opening;
    // A break that the next piece could lengthen, \r before \n, is none of another kind: the dialect is known.
    const last = text.subarray(at, until).lastIndexOf(newline);
    if (last !== -1) end = at + last + newline.length;
    if (opening === -1) return end;
    const closing = text.indexOf('"', opening + 1);
    if (closing === -1) return end;
    at = closing + 1;
  }
}

function plainRows(text: string, delimiter: string, newline: string, before: number): TableRow[] {
  const lines = text.split(newline);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, place) => {
    if (line.length > LONGEST_ROW) throw notCsv(before + place + 1);
    return { line: before + place + 1, cells: line.split(delimiter).map(textCell) };
  });
}

function quotedRows(text: Buffer, delimiter: string, newline: string, before: number): TableRow[] {
  const options: Options = {
    delimiter,
    record_delimiter: newline,
    relax_column_count: true,
    trim: true,
    max_record_size: LONGEST_ROW,
  };
  try {
    const records = parse(text, options) as unknown as string[][];
    let line = before;
    return records.map((record) => {
      // A quoted cell may span lines; the row is named by its last one.
      line += 1 + record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      return { line, cells: record.map(textCell) };
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw notCsv(before + Number(cause.lines ?? 1));
  }
}

function notCsv(line: number): DomainError {
  return new DomainError(
    "delivery-unreadable",
    `第${line}行起不是合格的CSV（引号不配对或一行过长）。Not CSV from line ${line} on: unbalanced quotes or an endless line.`,
    { line },
  );
}
