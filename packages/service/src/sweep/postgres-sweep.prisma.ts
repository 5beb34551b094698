import { type Cell, columnDefinitions, type EmittedRules, emitRules, insertRows } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import { quoted } from "../platform/staging.ts";
import { countInScans } from "./count-in-scans.ts";
import { derivedIn, FirmRows } from "./firm-rows.ts";
import type { PostgresSession } from "./postgres-session.prisma.ts";
import type { ProfileTable, SweepEngine } from "./sweep-engine.ts";

/** Rows in one statement where there is no COPY. */
const ROWS_PER_INSERT = 200;

/**
 * Counts in PostgreSQL: firms are copied into an unlogged table of their own, which is gone afterwards.
 * @param name of that table; no two counts at the same time may share one
 */
export function postgresSweep(session: PostgresSession, name: string): SweepEngine<ProfileTable> {
  return {
    id: "postgres",
    async count(policies, { profiles }, asOf) {
      const rules = emitRules(policies, "postgres", asOf);
      const firms = new FirmRows(rules, policies, asOf);
      const table = `staging.${quoted(name)}`;
      try {
        await fillFirmTable(session, name, table, rules, firms.of(profiles));
        await session.run(`ANALYZE ${table}`);
        const counted = await countInScans(rules, table, session.row);
        if (counted.firms !== firms.rows) {
          throw new DomainError(
            "changed-meanwhile",
            `写入${firms.rows}户，读到${counted.firms}户。${firms.rows} firms were written and ${counted.firms} counted; count again.`,
          );
        }
        const [bytes] = await session.row(`SELECT pg_total_relation_size('${table.replaceAll("'", "''")}')::text`);
        const nothing = { unanswered: [], absent: [] };
        return {
          engine: "postgres",
          asOf,
          bytes: Number(bytes),
          ...firms.with(counted.byPolicy),
          derived: derivedIn(rules),
          ...nothing,
        };
      } finally {
        await session.run(`DROP TABLE IF EXISTS ${table}`);
      }
    },
  };
}

/** Makes a table with a row per firm, by COPY where there is one. */
export async function fillFirmTable(
  { run, stage }: PostgresSession,
  name: string,
  table: string,
  rules: Pick<EmittedRules, "columns">,
  rows: AsyncIterable<readonly Cell[]>,
): Promise<void> {
  // A policy that asks nothing of a firm still has firms to count.
  const columns = rules.columns.length > 0 ? rules.columns : [{ name: "firm", sqlType: "boolean" }];
  if (stage) {
    await stage(name, Object.fromEntries(columns.map((column) => [column.name, column.sqlType])), rows);
    return;
  }
  await run(`DROP TABLE IF EXISTS ${table}`);
  await run(`CREATE UNLOGGED TABLE ${table} (${columnDefinitions(columns)})`);
  const insert = async (some: readonly (readonly Cell[])[]) => {
    if (some.length > 0) await run(insertRows({ dialect: "postgres", columns }, table, some));
  };
  let waiting: (readonly Cell[])[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < ROWS_PER_INSERT) continue;
    await insert(waiting);
    waiting = [];
  }
  await insert(waiting);
}
