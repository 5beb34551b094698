import { type SampleFirm, sampleFirms } from "../demo/sample-firms.ts";
import { sampleTables } from "../demo/sample-tables.ts";
import { findLayout } from "../facts/layout.ts";
import { readRows } from "../facts/read-rows.ts";
import { settleRows } from "../facts/settle-rows.ts";
import { sources } from "../facts/testing.fs.ts";
import type { SheetValue } from "../facts/write-xlsx.ts";
import type { Day } from "../kernel/day.ts";
import { expectedRows } from "./check-size.ts";
import type { Finding } from "./finding.ts";
import { observe } from "./observation.ts";
import { saidBy } from "./said-by.ts";
import { screenDelivery } from "./screen-delivery.ts";

export const START = "2025-11-03" as Day;
const size = { seed: 7, count: 500, start: START };
export const firms = sampleFirms(size);

/** A delivery as header → cell, for tests that spoil or change it. */
export type Row = Readonly<Record<string, string>>;
export type Change = (rows: readonly Row[]) => readonly Row[];

/** Rows that a department delivers of the sample firms. */
export function rowsOf(sourceId: string, ofFirms: readonly SampleFirm[] = firms): Row[] {
  const table = sampleTables(size, ofFirms).find((each) => each.sourceId === sourceId && !each.isPartial);
  if (!table) throw new Error(`no sample of ${sourceId}`);
  const key = sources.get(sourceId)?.key;
  const at = table.rows.findIndex((row) => row.includes(key as SheetValue));
  const header = (table.rows[at] ?? []).map(String);
  return table.rows
    .slice(at + 1)
    .map((row) => Object.fromEntries(header.map((name, place) => [name, text(row[place])])));
}

const text = (value: SheetValue | undefined) => (value === undefined || value === null ? "" : String(value));

/** What is found on a delivery after the one before it, both read and settled as files are. */
export function screened(sourceId: string, before: readonly Row[], now: readonly Row[]): Finding[] {
  const source = sources.get(sourceId);
  if (!source) throw new Error(`no source ${sourceId}`);
  const observed = (rows: readonly Row[]) => {
    const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ""))];
    const table = lines.map((cells, place) => ({
      line: place + 1,
      cells: cells.map((cell) => ({ text: cell, isNumber: false })),
    }));
    const names = new Map(firms.map(({ code, name }) => [code as string, name]));
    const settled = settleRows(source, readRows(source, findLayout(source, table), START), names, true);
    return observe(source, { ...settled, said: saidBy(settled) });
  };
  return screenDelivery({
    now: observed(now),
    before: observed(before),
    asOf: START,
    isPartial: false,
    isOldCopy: false,
    expectedRows: expectedRows(source),
  });
}

/** Changes one column of every row. */
export function column(header: string, change: (cell: string, row: Row, place: number) => string): Change {
  return (rows) => rows.map((row, place) => ({ ...row, [header]: change(row[header] ?? "", row, place) }));
}

/** The same for numbers; empty and unreadable cells stay. */
export function numbers(header: string, change: (n: number, row: Row, place: number) => number, places = 2): Change {
  return column(header, (cell, row, place) =>
    cell === "" || Number.isNaN(Number(cell)) ? cell : String(Number(change(Number(cell), row, place).toFixed(places))),
  );
}
