import { stringify } from "csv-stringify/sync";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { isEmptyRow, type Table } from "../facts/table.ts";

/** Where a file without codes keeps its names. */
export type NamedTable = Readonly<{
  header: readonly string[];
  /** Place of the name in a row. */
  at: number;
  rows: readonly Readonly<{ line: number; cells: readonly string[] }>[];
}>;

/** How many lines of title may stand above the header. */
const titleLines = 5;

/** The rows of a file that names firms and has no column of codes; `undefined` where it has one, or no names, or no rows. */
export function namedTable({ key, name }: DeliverySource, table: Table): NamedTable | undefined {
  if (name === undefined) return undefined;
  const head = table.slice(0, titleLines + 1);
  const has = (header: string) => head.findIndex(({ cells }) => cells.some(({ text }) => text === header));
  const place = has(name);
  const top = table[place];
  if (has(key) !== -1 || !top) return undefined;
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
