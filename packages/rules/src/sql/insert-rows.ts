import { dialects } from "./dialect.ts";
import type { EmittedRules } from "./emit-rules.ts";
import type { Cell } from "./firm-row.ts";

/** Rows of firms as one statement, for databases that have no faster way in. At least one row. */
export function insertRows(
  { dialect, columns }: EmittedRules,
  table: string,
  rows: readonly (readonly Cell[])[],
): string {
  const { textOf } = dialects[dialect];
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const values = rows.map((cells) => `(${cells.map((cell) => (cell === null ? "NULL" : textOf(cell))).join(", ")})`);
  return `INSERT INTO ${table} (${names}) VALUES\n${values.join(",\n")}`;
}
