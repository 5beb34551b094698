import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from } from "pg-copy-streams";
import { tabSeparated } from "./tab-separated.ts";

/** Rows into a database server by COPY, on a connection of its own. */
export type BulkCopy = {
  /**
   * Makes a table of these rows in the schema `staging`, in place of one of that name, and answers its
   * quoted name. Whoever takes the rows over drops it.
   * @param columns name → type as SQL writes it, in the order of the cells; `null` is SQL NULL
   */
  stage(
    name: string,
    columns: Readonly<Record<string, string>>,
    rows: Iterable<readonly (string | null)[]> | AsyncIterable<readonly (string | null)[]>,
    onRows?: (done: number) => void,
  ): Promise<string>;
};

export function bulkCopyTo(databaseUrl: string): BulkCopy {
  return {
    async stage(name, columns, rows, onRows = () => {}) {
      const table = `staging.${quoted(name)}`;
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        const columnList = Object.entries(columns).map(([column, type]) => `${quoted(column)} ${type}`);
        // Rows that a crash loses were never facts: unlogged costs nothing.
        await client.query(`DROP TABLE IF EXISTS ${table}; CREATE UNLOGGED TABLE ${table} (${columnList.join(", ")})`);
        await pipeline(Readable.from(tabSeparated(rows, onRows)), client.query(from(`COPY ${table} FROM STDIN`)));
      } finally {
        await client.end();
      }
      return table;
    },
  };
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
