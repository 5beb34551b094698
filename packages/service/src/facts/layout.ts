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
  columns: readonly (SourceColumn & Readonly<{ at: number }>)[];
  /** The rows below the header. */
  body: Table;
  issues: readonly RowIssue[];
}>;

/** How many lines of title may stand above the header. */
const titleLines = 5;

/**
 * Finds the header of a file and what stands below it.
 * @throws DomainError delivery-unreadable when the header lacks a column that is needed, or nothing follows it
 */
export function findLayout(source: DeliverySource, table: Table): Layout {
  const at = table.slice(0, titleLines + 1).findIndex(({ cells }) => cells.some(({ text }) => text === source.key));
  const header = table[at];
  if (!header) {
    throw unreadable(
      `找不到列“${source.key}”`,
      `There is no column "${source.key}" in the first lines, so this is no delivery of "${source.id}"`,
    );
  }
  // 通（无数据）: an answer of nothing must not be read as "nobody is on the list".
  const body = table.slice(at + 1).filter((row) => !isEmptyRow(row));
  if (body.length === 0) throw unreadable("没有数据行", "There is no row below the header");
  return { ...layoutOf(source, header), body };
}

function layoutOf({ key, name, columns, ignored }: DeliverySource, { line, cells }: TableRow): Omit<Layout, "body"> {
  const headers = cells.map(({ text }) => text);
  const twice = headers.find((header, at) => header !== "" && headers.indexOf(header) !== at);
  if (twice !== undefined) throw unreadable(`列“${twice}”出现两次`, `Column "${twice}" appears twice`);
  const missing = columns.find(({ header, required }) => required && !headers.includes(header));
  if (missing) throw unreadable(`缺少必需的列“${missing.header}”`, `The column "${missing.header}" is missing`);
  const known = new Set([key, name, ...columns.map(({ header }) => header), ...ignored]);
  const unknown = headers.filter((header) => header !== "" && !known.has(header));
  return {
    width: headers.length,
    key: headers.indexOf(key),
    name: name !== undefined && headers.includes(name) ? headers.indexOf(name) : undefined,
    columns: columns
      .filter(({ header }) => headers.includes(header))
      .map((column) => ({ ...column, at: headers.indexOf(column.header) })),
    issues: unknown.map((field) => {
      const reason = { zh: `未登记的列${quoted(field)}，已忽略。`, en: `Unknown column ${quoted(field)}, ignored.` };
      return { line, field, severity: "warning", reason };
    }),
  };
}

function unreadable(zh: string, en: string): DomainError {
  return new DomainError("delivery-unreadable", `${zh}。${en}.`);
}
