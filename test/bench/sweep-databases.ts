import { createRequire } from "node:module";
import path from "node:path";
import {
  type Cell,
  columnDefinitions,
  type EmittedRules,
  emitRules,
  insertRows,
  type Policy,
  type Profile,
  type SqlDialect,
} from "@apply-free/rules";
import { countInScans } from "../../packages/service/src/sweep/count-in-scans.ts";
import { openDuckDb } from "../../packages/service/src/sweep/duckdb.fs.ts";
import { loadRows } from "../../packages/service/src/sweep/duckdb-sweep.fs.ts";
import { FirmRows } from "../../packages/service/src/sweep/firm-rows.ts";
import { sessionInProcess, sessionOnServer } from "../../packages/service/src/sweep/postgres-session.prisma.ts";
import { fillFirmTable } from "../../packages/service/src/sweep/postgres-sweep.prisma.ts";
import type { FirmsOfPolicy } from "../../packages/service/src/sweep/sweep-engine.ts";
import type { Verdict } from "./sweep-peers.ts";

/** A database that holds the firms as a table and answers all policies by SQL, with three answers. */
export type SetPeer = Readonly<{
  name: string;
  dialect: SqlDialect;
  table: string;
  load(rules: EmittedRules, rows: AsyncIterable<readonly Cell[]>): Promise<void>;
  row(sql: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}>;

export async function duckDbPeer(): Promise<SetPeer> {
  const database = await openDuckDb();
  return {
    name: "DuckDB, all threads",
    dialect: "duckdb",
    table: "firms",
    load: (rules, rows) => loadRows(database, rules, rows),
    row: async (sql) => (await database.rows(sql))[0] ?? [],
    close: async () => database.close(),
  };
}

/** @param server its address; else PostgreSQL inside the process */
export async function postgresPeer(server: string | undefined): Promise<SetPeer> {
  const session = server ? await sessionOnServer(server) : await sessionInProcess();
  const table = 'staging."bench firms"';
  return {
    name: server ? "PostgreSQL" : "PostgreSQL embedded (PGlite)",
    dialect: "postgres",
    table,
    async load(rules, rows) {
      await fillFirmTable(session, "bench firms", table, rules, rows);
      await session.run(`ANALYZE ${table}`);
    },
    row: session.row,
    async close() {
      await session.run(`DROP TABLE IF EXISTS ${table}`);
      await session.close();
    },
  };
}

type Chdb = { Session: new () => { query(sql: string, format?: string): string; cleanup(): void } };

/** ClickHouse in the process. @returns `undefined` where it is not installed, as `test/clickhouse` says how */
export async function clickHousePeer(): Promise<SetPeer | undefined> {
  let chdb: Chdb;
  try {
    chdb = createRequire(path.join(import.meta.dirname, "../clickhouse/package.json"))("chdb") as Chdb;
  } catch {
    return undefined;
  }
  const database = new chdb.Session();
  return {
    name: "ClickHouse embedded (chdb)",
    dialect: "clickhouse",
    table: "firms",
    async load(rules, rows) {
      const sizes = "ENGINE = MergeTree ORDER BY tuple()";
      database.query(`CREATE TABLE firms (${columnDefinitions(rules.columns)}) ${sizes}`);
      let some: (readonly Cell[])[] = [];
      const write = () => {
        if (some.length > 0) database.query(insertRows(rules, "firms", some));
        some = [];
      };
      for await (const row of rows) if (some.push(row) >= 500) write();
      write();
    },
    row: async (sql) => JSON.parse(database.query(sql, "JSONCompactEachRow").split("\n")[0] ?? "[]") as unknown[],
    close: async () => database.cleanup(),
  };
}

export type AskedSet = Readonly<{ milliseconds: readonly number[]; counts: readonly FirmsOfPolicy[] }>;

/** Policies whose answers one query tells. */
const POLICIES_PER_QUERY = 50;

/**
 * Counts all policies over these firms, twice, after a first time that is not taken.
 * @param sample answers of the sweep for the first firms, by policy
 * @throws Error where one answer of the sample differs
 */
export async function askSet(
  peer: SetPeer,
  policies: readonly Policy[],
  profiles: Iterable<Profile>,
  sample: readonly (readonly Verdict[])[],
  asOf: string,
): Promise<AskedSet> {
  const rules = emitRules(policies, peer.dialect, asOf);
  const numbered = withNumber(rules);
  await peer.load(numbered, numberedRows(new FirmRows(rules, [], asOf as never).of(profiles)));
  await comparePairs(peer, rules, sample);
  const { byPolicy: counts } = await countInScans(rules, peer.table, peer.row);
  const milliseconds: number[] = [];
  for (let time = 0; time < 2; time += 1) {
    const began = performance.now();
    await countInScans(rules, peer.table, peer.row);
    milliseconds.push(performance.now() - began);
  }
  return { milliseconds, counts };
}

const NUMBER = "firm no";

/** Rows have no order in a database. */
function withNumber(rules: EmittedRules): EmittedRules {
  const [first] = rules.columns;
  const sqlType = rules.dialect === "clickhouse" ? "Int32" : "INTEGER";
  const number = { ...first, name: NUMBER, type: "integer", sqlType } as EmittedRules["columns"][number];
  return { ...rules, columns: [...rules.columns, number] };
}

async function* numberedRows(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<readonly Cell[]> {
  let number = 0;
  for await (const row of rows) {
    yield [...row, String(number)];
    number += 1;
  }
}

const letters: Readonly<Record<Verdict, string>> = { eligible: "t", undetermined: "u", ineligible: "f" };

async function comparePairs(
  { name, dialect, table, row }: SetPeer,
  rules: EmittedRules,
  sample: readonly (readonly Verdict[])[],
) {
  const firms = sample[0]?.length ?? 0;
  for (let from = 0; from < rules.policies.length; from += POLICIES_PER_QUERY) {
    const some = rules.policies.slice(from, from + POLICIES_PER_QUERY);
    const cells = some.map(({ sql }, at) => {
      const letter = `CASE WHEN (${sql}) THEN 't' WHEN (${sql}) IS NULL THEN 'u' ELSE 'f' END`;
      return `${inOrder(dialect, letter)} AS c${at}`;
    });
    const answers = await row(`SELECT ${cells.join(", ")} FROM ${table} WHERE "${NUMBER}" < ${firms}`);
    for (const at of some.keys()) {
      const ours = (sample[from + at] ?? []).map((verdict) => letters[verdict]).join("");
      if (answers[at] !== ours) throw new Error(`${name} and the sweep differ under policy ${from + at}`);
    }
  }
}

function inOrder(dialect: SqlDialect, letter: string): string {
  if (dialect !== "clickhouse") return `string_agg(${letter}, '' ORDER BY "${NUMBER}")`;
  return `arrayStringConcat(arrayMap(each -> each.2, arraySort(groupArray(("${NUMBER}", ${letter})))))`;
}
