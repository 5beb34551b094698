import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import type { Fen } from "../kernel/money.ts";
import { decimalSum, invalid, MAX_BYTES } from "./bank-xml.ts";

/** A table as agency banks write it: a title row, a row of column names, rows, and the totals. */
export type AgencyTable = Readonly<{
  title: readonly string[];
  /** By column name; `line` counts from 1, as a person sees it. */
  rows: readonly Readonly<{ line: number; cells: Readonly<Record<string, string>> }>[];
  totals: readonly string[];
}>;

const LONGEST_ROW = 10_000;

/** Whether it is a table with this title, whatever else may be wrong with it. */
export function isTitled(bytes: Uint8Array, title: string): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 100)).replace(/^["\s]+/, "");
  return start.startsWith(title);
}

/**
 * Reads a table that says itself how many rows it has.
 *
 * @param columns exactly these, in this order
 * @throws DomainError bank-file-invalid, naming the line: other columns, a row of another length, an
 *   end without totals or with another count
 */
export function readAgencyTable(bytes: Uint8Array, columns: readonly string[]): AgencyTable {
  const [title = [], names = [], ...rest] = rowsOf(bytes);
  if (names.join() !== columns.join()) throw invalid("line 2", `expected the columns ${columns.join("、")}`);
  const totals = rest.pop() ?? [];
  if (totals[0] !== "合计") throw invalid("file", "has no last row 合计; it was cut off");
  if (totals[1] !== String(rest.length)) throw invalid("合计", `says ${totals[1]} rows where there are ${rest.length}`);
  const rows = rest.map((cells, nth) => {
    if (cells.length !== columns.length) throw invalid(`line ${nth + 3}`, `has ${cells.length} cells`);
    return { line: nth + 3, cells: Object.fromEntries(columns.map((name, column) => [name, cells[column] ?? ""])) };
  });
  return { title, rows, totals };
}

function rowsOf(bytes: Uint8Array): string[][] {
  if (bytes.length > MAX_BYTES) throw invalid("file", `larger than ${MAX_BYTES / 1024 / 1024} MB`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\u0000")) throw invalid("file", "contains a NUL character");
    return parse(text, { relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: LONGEST_ROW });
  } catch (cause) {
    if (cause instanceof CsvError) throw invalid(`line ${cause.lines ?? "?"}`, cause.message);
    if (cause instanceof TypeError) throw invalid("file", "not UTF-8 text");
    throw cause;
  }
}

/** Checks one row and names line and column of what is wrong. @throws DomainError bank-file-invalid */
export function checkRow<Schema extends z.ZodType>(
  schema: Schema,
  { line, cells }: AgencyTable["rows"][number],
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(cells);
  if (success) return data;
  const [issue] = error.issues;
  throw invalid(`line ${line}, ${issue?.path.join() ?? ""}`, issue?.message ?? "not as expected");
}

/** A total in 元. @throws DomainError bank-file-invalid */
export function refuseOtherSum(given: string | undefined, sumFen: bigint, what: string): void {
  const total: Fen | undefined = decimalSum.safeParse(given).data;
  if (total !== sumFen) throw invalid("合计", `${what} is not the sum of the rows`);
}

/** A cell that may be empty. */
export const cell = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
