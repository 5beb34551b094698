import { inPages } from "./cursor.prisma.ts";
import { Prisma } from "./generated/client.ts";
import {
  type Cells,
  columnList,
  quoted,
  type StagedColumns,
  type Staging,
  type StagingTable,
  stagingName,
} from "./staging.ts";
import type { Tx } from "./store.prisma.ts";

/** Staging within a transaction of its own database connection: for the embedded database, which has but one. */
export function stagingIn(tx: Tx): Staging {
  let cursors = 0;
  return {
    async open(name, columns) {
      const table = stagingName(name);
      await tx.$executeRawUnsafe(`DROP TABLE IF EXISTS ${table}`);
      await tx.$executeRawUnsafe(`CREATE UNLOGGED TABLE ${table} (${columnList(columns)})`);
      const names = Object.keys(columns);
      return {
        name: table,
        async append(rows) {
          for (let start = 0; start < rows.length; start += ROWS) {
            const objects = rows.slice(start, start + ROWS).map((cells) => objectOf(names, cells));
            await tx.$executeRawUnsafe(
              `INSERT INTO ${table} SELECT ${castsOf(columns)} FROM jsonb_to_recordset($1::jsonb) AS r(${textList(names)})`,
              JSON.stringify(objects),
            );
          }
        },
        close: async () => {},
      };
    },
    async *read(query) {
      cursors += 1;
      const pages = inPages<Record<string, string | null>>(tx, `staged_${cursors}`, Prisma.raw(query));
      for await (const rows of pages) yield rows.map((row) => Object.values(row));
    },
    abandon: async () => {},
  };
}

/** Drops tables whose rows were taken over, with the transaction. */
export async function dropStaged(tx: Tx, tables: readonly StagingTable[]): Promise<void> {
  for (const { name } of tables) await tx.$executeRaw`DROP TABLE IF EXISTS ${Prisma.raw(name)}`;
}

/** Rows in one statement. */
const ROWS = 2_000;

const objectOf = (names: readonly string[], cells: Cells) =>
  Object.fromEntries(names.map((name, place) => [name, cells[place] ?? null]));

/** Cells travel as text: a JSON `null` that is a value would else arrive as none. */
const textList = (names: readonly string[]) => names.map((name) => `${quoted(name)} text`).join(", ");
const castsOf = (columns: StagedColumns) =>
  Object.entries(columns)
    .map(([column, type]) => `${quoted(column)}::${type}`)
    .join(", ");
