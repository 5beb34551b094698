import { isPeriod } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import type { DeliverySource, SourceColumn } from "./delivery-source.ts";
import { quoted, type RowIssue } from "./row-issue.ts";
import { isEmptyRow, type Table, type TableRow } from "./table.ts";

/** Where a file keeps what its source describes. */
export type Layout = Readonly<{
  width: number;
  key: number;
  /** Place of the firm's name, where the file has it. */
  name: number | undefined;
  columns: readonly LaidColumn[];
  issues: readonly RowIssue[];
}>;

/** A column as this file has it; `period`: which one of its series. */
export type LaidColumn = SourceColumn & Readonly<{ at: number; period?: string }>;

/** How many lines of title may stand above the header. */
export const titleLines = 5;

/**
 * Finds the header of a file, and the rows of its beginning that stand below.
 * @param start the first rows of the file, or all
 * @throws DomainError delivery-unreadable when there is no header, or it lacks a column that is needed
 */
export function findHeader(source: DeliverySource, start: Table): Readonly<{ layout: Layout; below: Table }> {
  const at = start.slice(0, titleLines + 1).findIndex(({ cells }) => cells.some(({ text }) => text === source.key));
  const header = start[at];
  if (!header) {
    throw unreadable(
      `找不到列“${source.key}”`,
      `There is no column "${source.key}" in the first lines, so this is no delivery of "${source.id}"`,
    );
  }
  return { layout: layoutOf(source, header), below: bodyOf(start.slice(at + 1)) };
}

/** Rows that say something. */
export function bodyOf(rows: Table): Table {
  return rows.filter((row) => !isEmptyRow(row));
}

/**
 * A whole table: its header, and what stands below.
 * @throws DomainError delivery-unreadable as findHeader, and when nothing stands below
 */
export function findLayout(source: DeliverySource, table: Table): Layout & Readonly<{ body: Table }> {
  const { layout, below } = findHeader(source, table);
  if (below.length === 0) throw noRows();
  return { ...layout, body: below };
}

/** 通（无数据）: an answer of nothing must not be read as "nobody is on the list". */
export function noRows(): DomainError {
  return unreadable("没有数据行", "There is no row below the header");
}

function layoutOf({ key, name, columns, ignored }: DeliverySource, { line, cells }: TableRow): Layout {
  const headers = cells.map(({ text }) => text);
  const twice = headers.find((header, at) => header !== "" && headers.indexOf(header) !== at);
  if (twice !== undefined) throw unreadable(`列“${twice}”出现两次`, `Column "${twice}" appears twice`);
  const laid = columns.flatMap((column) => laidOut(column, headers));
  const missing = columns.find(({ header, required }) => required && !laid.some(({ of }) => of === header));
  if (missing) throw unreadable(`缺少必需的列“${missing.header}”`, `The column "${missing.header}" is missing`);
  const known = new Set([key, name, ...laid.map(({ header }) => header), ...ignored]);
  const unknown = headers.filter((header) => header !== "" && !known.has(header));
  return {
    width: headers.length,
    key: headers.indexOf(key),
    name: name !== undefined && headers.includes(name) ? headers.indexOf(name) : undefined,
    columns: laid.map(({ of: _, ...column }) => column),
    issues: unknown.map((field) => {
      const reason = { zh: `未登记的列${quoted(field)}，已忽略。`, en: `Unknown column ${quoted(field)}, ignored.` };
      return { line, field, severity: "warning", reason };
    }),
  };
}

/** The places of a column in a header: none, one, or one for each period of a series. `of`: as its source writes it. */
function laidOut(column: SourceColumn, headers: readonly string[]): (LaidColumn & Readonly<{ of: string }>)[] {
  const { header: of, target } = column;
  const { series } = target;
  if (!series) {
    const at = headers.indexOf(of);
    return at === -1 ? [] : [{ ...column, at, of }];
  }
  const [before = "", after = ""] = of.split("{period}");
  return headers.flatMap((header, at) => {
    const period = header.slice(before.length, header.length - after.length);
    const isOne = header.startsWith(before) && header.endsWith(after) && isPeriod(period, series.every);
    return isOne ? [{ ...column, header, at, of, period }] : [];
  });
}

function unreadable(zh: string, en: string): DomainError {
  return new DomainError("delivery-unreadable", `${zh}。${en}.`);
}
