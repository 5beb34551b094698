import { stringify } from "csv-stringify/sync";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { titleLines } from "../facts/layout.ts";
import { isEmptyRow, type Table } from "../facts/table.ts";

/** Where a file without codes keeps its names. */
export type NamedTable = Readonly<{
  header: readonly string[];
  /** Place of the name in a row. */
  at: number;
  rows: readonly Readonly<{ line: number; cells: readonly string[] }>[];
}>;

/** Whether a file that begins so names firms and has no column of codes. */
export function lacksCodes(source: DeliverySource, start: Table): boolean {
  return !hasColumn(start, source.key) && source.name !== undefined && hasColumn(start, source.name);
}

const hasColumn = (table: Table, header: string) => headerAt(table, header) !== -1;

function headerAt(table: Table, header: string): number {
  return table.slice(0, titleLines + 1).findIndex(({ cells }) => cells.some(({ text }) => text === header));
}

/** The rows of a file that names firms and has no column of codes; `undefined` where it has one, or no names, or no rows. */
export function namedTable(source: DeliverySource, table: Table): NamedTable | undefined {
  const { name } = source;
  if (name === undefined || !lacksCodes(source, table)) return undefined;
  const place = headerAt(table, name);
  const top = table[place];
  if (!top) return undefined;
  const header = top.cells.map(({ text }) => text);
  const rows = table.slice(place + 1).filter((row) => !isEmptyRow(row));
  if (rows.length === 0) return undefined;
  return {
    header,
    at: header.indexOf(name),
    rows: rows.map(({ line, cells }) => ({ line, cells: cells.map(({ text }) => text) })),
  };
}

/** The distinct names of a file, each with its lines. */
export function namesIn({ at, rows }: NamedTable): Map<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  for (const { line, cells } of rows) {
    const name = (cells[at] ?? "").trim();
    const known = lines.get(name);
    if (known) known.push(line);
    else lines.set(name, [line]);
  }
  return lines;
}

/**
 * The same file with the column of codes that it lacked, as CSV; every row stays on its line, and
 * one whose name is nobody's keeps an empty code, so that it is reported by its line.
 */
export function withCodes(
  { key }: DeliverySource,
  { header, at, rows }: NamedTable,
  codes: ReadonlyMap<string, string>,
): Uint8Array {
  const first = rows[0]?.line ?? 2;
  // Lines above the first row hold the title and the header; the header is the last of them.
  const lines: string[][] = Array.from({ length: first - 2 }, () => [""]);
  lines.push([key, ...header]);
  for (const { line, cells } of rows) {
    while (lines.length < line - 1) lines.push([""]);
    lines.push([codes.get((cells[at] ?? "").trim()) ?? "", ...cells]);
  }
  return new TextEncoder().encode(stringify(lines));
}
