// What a sweep costs in a database, on one core, for docs/cluster.md:
//   npx -y pnpm@12 exec node test/sql/measure.ts [--firms 1000000] [--policies 200]
// DuckDB always; PostgreSQL where APPLY_FREE_TEST_SERVER names a server; ClickHouse where test/clickhouse has it.
// Processor time, not time on the wall, so that a busy machine measures the same.

import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { from } from "pg-copy-streams";
import { columnDefinitions, type EmittedRules, emitRules, type SqlDialect } from "../../packages/rules/src/index.ts";
import { countInScans } from "../../packages/service/src/sweep/count-in-scans.ts";
import { openDuckDb, sqlText } from "../../packages/service/src/sweep/duckdb.fs.ts";
import { firmsQuery, inventedPolicies } from "./invented.ts";

const { values } = parseArgs({ options: { firms: { type: "string" }, policies: { type: "string" } } });
const firms = Number(values.firms ?? 1_000_000);
const policies = inventedPolicies(Number(values.policies ?? 200));
const directory = await mkdtemp(path.join(tmpdir(), "apply-free-measure-"));
const parquet = path.join(directory, "firms.parquet");
const csv = path.join(directory, "firms.csv");
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const rulesFor = (dialect: SqlDialect): EmittedRules => emitRules(policies, dialect, "2025-11-03");
const answers = new Map<string, string>();

/** Processor seconds of this process. */
const ownSeconds = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros / 1e6, 0);

async function measure(
  name: string,
  bytes: number,
  seconds: () => Promise<number> | number,
  count: () => ReturnType<typeof countInScans>,
) {
  await count();
  const before = await seconds();
  const began = performance.now();
  const { byPolicy } = await count();
  const wall = (performance.now() - began) / 1000;
  const spent = (await seconds()) - before;
  const pairs = firms * policies.length;
  answers.set(name, JSON.stringify(byPolicy));
  say(
    `${name}: ${(pairs / spent / 1e6).toFixed(1)} million pairs per core and second; ${spent.toFixed(1)} s of processor, ${wall.toFixed(1)} s on the wall, ${(bytes / firms).toFixed(1)} bytes per firm`,
  );
}

try {
  const database = await openDuckDb(1);
  await database.run(`COPY (${firmsQuery(firms)}) TO ${sqlText(parquet)} (FORMAT parquet, COMPRESSION zstd)`);
  const columns = rulesFor("duckdb")
    .columns.map(({ name }) => `"${name}"`)
    .join(", ");
  await database.run(
    `COPY (SELECT ${columns} FROM ${sqlText(parquet)}) TO ${sqlText(csv)} (FORMAT csv, HEADER false, NULLSTR '\\N')`,
  );
  say(`${firms} firms, ${policies.length} policies, ${rulesFor("duckdb").columns.length} columns`);
  await measure("DuckDB over Parquet", (await stat(parquet)).size, ownSeconds, () =>
    countInScans(rulesFor("duckdb"), sqlText(parquet), async (sql) => (await database.rows(sql))[0] ?? []),
  );
  database.close();
  await measurePostgres();
  await measureClickHouse();
  const different = [...answers]
    .filter(([, answer]) => answer !== answers.get("DuckDB over Parquet"))
    .map(([name]) => name);
  say(
    different.length === 0
      ? `equal counts: ${[...answers.keys()].join(", ")}`
      : `DIFFERENT COUNTS: ${different.join(", ")}`,
  );
  process.exitCode = different.length === 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function measurePostgres(): Promise<void> {
  const server = process.env.APPLY_FREE_TEST_SERVER;
  if (!server) return say("PostgreSQL: not measured; APPLY_FREE_TEST_SERVER names no server");
  const rules = rulesFor("postgres");
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query("DROP TABLE IF EXISTS firms");
    await client.query(`CREATE UNLOGGED TABLE firms (${columnDefinitions(rules.columns)})`);
    const before = performance.now();
    await pipeline(createReadStream(csv), client.query(from("COPY firms FROM STDIN (FORMAT csv, NULL '\\N')")));
    say(`PostgreSQL: ${firms} firms copied in ${((performance.now() - before) / 1000).toFixed(1)} s on the wall`);
    await client.query("VACUUM ANALYZE firms");
    await client.query("SET max_parallel_workers_per_gather = 0; SET jit = off");
    const { rows } = await client.query<{ pid: number; bytes: string }>(
      "SELECT pg_backend_pid() AS pid, pg_total_relation_size('firms') AS bytes",
    );
    const { pid = 0, bytes = "0" } = rows[0] ?? {};
    await measure(
      "PostgreSQL",
      Number(bytes),
      () => secondsOf(pid),
      () => countInScans(rules, "firms", async (sql) => Object.values((await client.query(sql)).rows[0] ?? {})),
    );
  } finally {
    await client.query("DROP TABLE IF EXISTS firms");
    await client.end();
  }
}

/** Processor seconds of a process. Source: proc(5), fields 14 and 15, in hundredths. */
async function secondsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

type Chdb = { Session: new () => { query(sql: string, format?: string): string; cleanup(): void } };

async function measureClickHouse(): Promise<void> {
  let chdb: Chdb;
  try {
    chdb = createRequire(path.join(import.meta.dirname, "../clickhouse/package.json"))("chdb") as Chdb;
  } catch {
    return say("ClickHouse: not measured; test/clickhouse says how it is installed");
  }
  const rules = rulesFor("clickhouse");
  const database = new chdb.Session();
  const query = (sql: string) => database.query(`${sql} SETTINGS max_threads = 1`, "JSONCompactEachRow");
  try {
    database.query(
      `CREATE TABLE firms (${columnDefinitions(rules.columns)}) ENGINE = MergeTree ORDER BY "ent.region" SETTINGS allow_nullable_key = 1`,
    );
    const names = rules.columns.map(({ name }) => `"${name}"`).join(", ");
    database.query(`INSERT INTO firms SELECT ${names} FROM file(${sqlText(parquet)}, Parquet)`);
    database.query("OPTIMIZE TABLE firms FINAL");
    const [bytes = "0"] = database
      .query("SELECT sum(data_compressed_bytes) FROM system.parts WHERE table = 'firms' AND active", "TSV")
      .split("\n");
    await measure("ClickHouse", Number(bytes), ownSeconds, () =>
      countInScans(rules, "firms", async (sql) => JSON.parse(query(sql)) as unknown[]),
    );
  } finally {
    database.cleanup();
  }
}
