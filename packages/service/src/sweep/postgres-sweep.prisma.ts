import { type Cell, columnDefinitions, type EmittedRules, emitRules, insertRows } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import { quoted } from "../platform/staging.ts";
import type { Store } from "../platform/store.prisma.ts";
import { countInScans } from "./count-in-scans.ts";
import { derivedIn, FirmRows } from "./firm-rows.ts";
import type { ProfileTable, SweepEngine } from "./sweep-engine.ts";

/** Rows in one statement where there is no COPY. */
const ROWS_PER_INSERT = 200;

/**
 * Counts in PostgreSQL: firms are copied into an unlogged table of their own, which is gone afterwards.
 * @param name of that table; no two counts at the same time may share one
 */
export function postgresSweep(store: Pick<Store, "prisma" | "bulk">, name: string): SweepEngine<ProfileTable> {
  return {
    id: "postgres",
    async count(policies, { profiles }, asOf) {
      const rules = emitRules(policies, "postgres", asOf);
      const firms = new FirmRows(rules, policies, asOf);
      const table = `staging.${quoted(name)}`;
      try {
        await fill(store, name, table, rules, firms.of(profiles));
        await store.prisma.$executeRawUnsafe(`ANALYZE ${table}`);
        const counted = await countInScans(rules, table, (sql) => oneRow(store, sql));
        if (counted.firms !== firms.rows) {
          throw new DomainError(
            "changed-meanwhile",
            `写入${firms.rows}户，读到${counted.firms}户。${firms.rows} firms were written and ${counted.firms} counted; count again.`,
          );
        }
        const nothing = { unanswered: [], absent: [] };
        return { engine: "postgres", asOf, ...firms.with(counted.byPolicy), derived: derivedIn(rules), ...nothing };
      } finally {
        await store.prisma.$executeRawUnsafe(`DROP TABLE IF EXISTS ${table}`);
      }
    },
  };
}

async function fill(
  { prisma, bulk }: Pick<Store, "prisma" | "bulk">,
  name: string,
  table: string,
  rules: EmittedRules,
  rows: AsyncIterable<readonly Cell[]>,
): Promise<void> {
  // A policy that asks nothing of a firm still has firms to count.
  const columns = rules.columns.length > 0 ? rules.columns : [{ name: "firm", sqlType: "boolean" }];
  if (bulk) {
    const staging = bulk.staging();
    const staged = await staging.open(name, Object.fromEntries(columns.map((column) => [column.name, column.sqlType])));
    try {
      for await (const row of rows) await staged.append([row]);
      await staged.close();
    } finally {
      await staging.abandon();
    }
    return;
  }
  await prisma.$executeRawUnsafe(`DROP TABLE IF EXISTS ${table}`);
  await prisma.$executeRawUnsafe(`CREATE UNLOGGED TABLE ${table} (${columnDefinitions(columns)})`);
  const insert = async (some: readonly (readonly Cell[])[]) => {
    if (some.length > 0) await prisma.$executeRawUnsafe(insertRows({ dialect: "postgres", columns }, table, some));
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

/** Compiling hundreds of predicates to machine code takes longer than one scan with them. */
async function oneRow({ prisma }: Pick<Store, "prisma">, sql: string): Promise<readonly unknown[]> {
  const [, rows] = await prisma.$transaction([
    prisma.$executeRawUnsafe("SET LOCAL jit = off"),
    prisma.$queryRawUnsafe<Record<string, unknown>[]>(sql),
  ]);
  return Object.values(rows[0] ?? {});
}
