import type { SqlSession } from "../../packages/service/src/platform/migrate.prisma.ts";
import type { Table } from "./declared.ts";

/** The tables that the migrations made, as the database itself describes them. */
export async function actualTables(session: SqlSession): Promise<Table[]> {
  const columns = await session.query<{ table: string; column: string }>(`
    SELECT c.relname AS table,
      a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`);
  // A partial unique index is a law of its own, which Prisma cannot say; it is not a key.
  const keys = await session.query<{ table: string; columns: string }>(`
    SELECT c.relname AS table,
      (SELECT string_agg(a.attname, ',' ORDER BY place) FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL
    ORDER BY i.indisprimary DESC, 2`);
  const names = [...new Set(columns.map(({ table }) => table))].sort();
  return names.map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ column }) => column)
      .sort(),
    keys: keys.filter(({ table }) => table === name).map(({ columns: list }) => list),
  }));
}
