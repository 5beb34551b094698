import type { Column } from "./column.ts";
import { dialects, type SqlDialect } from "./dialect.ts";
import type { Cell } from "./firm-row.ts";

/** Rows of firms as one statement, for databases that have no faster way in. At least one row. */
export function insertRows(
  { dialect, columns }: Readonly<{ dialect: SqlDialect; columns: readonly Pick<Column, "name">[] }>,
  table: string,
  rows: readonly (readonly Cell[])[],
): string {
  const { textOf } = dialects[dialect];
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const values = rows.map((cells) => `(${cells.map((cell) => (cell === null ? "NULL" : textOf(cell))).join(", ")})`);
  return `INSERT INTO ${table} (${names}) VALUES\n${values.join(",\n")}`;
}
