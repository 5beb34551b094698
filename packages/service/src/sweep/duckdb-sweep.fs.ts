import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Cell, type EmittedRules, emitRules, type Policy } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { countInScans } from "./count-in-scans.ts";
import { type DuckDb, openDuckDb, sqlText } from "./duckdb.fs.ts";
import { type FileColumn, fileDoor } from "./file-door.ts";
import { derivedIn, FirmRows } from "./firm-rows.ts";
import type { FirmTable, ProfileTable, SweepCount, SweepEngine } from "./sweep-engine.ts";

/** Counts with DuckDB: over a Parquet or CSV file where it lies, or over firms handed in one by one. */
export function duckDbSweep(threads = 0): SweepEngine<FirmTable> {
  return {
    id: "duckdb",
    async count(policies, table, asOf) {
      const database = await openDuckDb(threads);
      try {
        return table.kind === "file"
          ? await countFile(database, policies, table.path, asOf)
          : await countProfiles(database, policies, table, asOf);
      } finally {
        database.close();
      }
    },
  };
}

async function countFile(database: DuckDb, policies: readonly Policy[], file: string, asOf: Day): Promise<SweepCount> {
  const rules = emitRules(policies, "duckdb", asOf);
  const source = readerOf(file);
  const columns = (await database.rows(`DESCRIBE SELECT * FROM ${source}`)).map(
    ([name, type]): FileColumn => ({ name: String(name), type: String(type) }),
  );
  const { select, inexact, absent, missing } = fileDoor(rules.columns, columns);
  await refuseRounding(database, source, inexact);
  const open = rules.derived.filter(({ column }) => missing.has(column));
  const answered = {
    ...rules,
    policies: rules.policies.filter(({ policy }) => !open.some((leaf) => leaf.policy === policy)),
  };
  await database.run(`CREATE VIEW firms AS SELECT ${select === "" ? "1" : select}\nFROM ${source}`);
  const counted = await countInScans(answered, "firms", async (sql) => (await database.rows(sql))[0] ?? []);
  const unanswered = [...new Set(open.map(({ policy }) => policy))].map(({ id }) => ({
    policy: id,
    requirements: open.filter(({ policy }) => policy.id === id).map(({ leaf }) => leaf.name),
  }));
  const { size: bytes } = await stat(file);
  return { engine: "duckdb", asOf, bytes, ...counted, decidedApart: {}, derived: derivedIn(rules), unanswered, absent };
}

/** @throws DomainError bad-input, naming the columns */
async function refuseRounding(database: DuckDb, source: string, inexact: ReturnType<typeof fileDoor>["inexact"]) {
  if (inexact.length === 0) return;
  const counts = inexact.map(({ sql }, index) => `CAST(count(*) FILTER (WHERE ${sql}) AS VARCHAR) AS c${index}`);
  const [row = []] = await database.rows(`SELECT ${counts.join(", ")} FROM ${source}`);
  const rounded = inexact.flatMap(({ column }, index) => (row[index] === "0" ? [] : [`${column}: ${row[index]}`]));
  if (rounded.length === 0) return;
  throw new DomainError(
    "bad-input",
    `有的数值位数过多，不能精确统计。Numbers with more digits than can be counted exactly: ${rounded.join(", ")}. Count these firms from the store.`,
  );
}

async function countProfiles(
  database: DuckDb,
  policies: readonly Policy[],
  { profiles }: ProfileTable,
  asOf: Day,
): Promise<SweepCount> {
  const rules = emitRules(policies, "duckdb", asOf);
  const firms = new FirmRows(rules, policies, asOf);
  await loadRows(database, rules, firms.of(profiles));
  const counted = await countInScans(rules, "firms", async (sql) => (await database.rows(sql))[0] ?? []);
  if (counted.firms !== firms.rows) throw new Error(`${firms.rows} firms written, ${counted.firms} read`);
  const [[bytes] = []] = await database.rows(
    "SELECT CAST(sum(memory_usage_bytes) AS VARCHAR) FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'BASE_TABLE')",
  );
  const nothing = { unanswered: [], absent: [] };
  return {
    engine: "duckdb",
    asOf,
    bytes: Number(bytes),
    ...firms.with(counted.byPolicy),
    derived: derivedIn(rules),
    ...nothing,
  };
}

/**
 * Writes firms to a Parquet file with all columns that these policies ask for on this day.
 * @returns how many, and how many no row could hold, by the fact that kept them out
 */
export async function writeFirmFile(
  file: string,
  policies: readonly Policy[],
  profiles: ProfileTable["profiles"],
  asOf: Day,
): Promise<Pick<SweepCount, "firms" | "decidedApart">> {
  const database = await openDuckDb();
  try {
    const rules = emitRules(policies, "duckdb", asOf);
    const firms = new FirmRows(rules, [], asOf);
    await loadRows(database, rules, firms.of(profiles));
    await database.run(`COPY firms TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`);
    return { firms: firms.rows, decidedApart: firms.with([]).decidedApart };
  } finally {
    database.close();
  }
}

/** Into the table `firms`, by way of a file that is gone afterwards. */
export async function loadRows(
  database: DuckDb,
  rules: EmittedRules,
  rows: AsyncIterable<readonly Cell[]>,
): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-sweep-"));
  const file = path.join(directory, "firms.csv");
  try {
    await pipeline(Readable.from(linesOf(rows)), createWriteStream(file, { mode: 0o600 }));
    const given = rules.columns.length > 0 ? rules.columns : [{ name: "firm", sqlType: "BOOLEAN" }];
    const columns = given.map(({ name, sqlType }) => `${sqlText(name)}: ${sqlText(sqlType.replace(" NOT NULL", ""))}`);
    await database.run(`CREATE TABLE firms AS SELECT * FROM read_csv(${sqlText(file)}, header = false, auto_detect = false,
      delim = ',', quote = '"', escape = '"', nullstr = '\\N', allow_quoted_nulls = false,
      columns = {${columns.join(", ")}})`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Characters in one write. */
const CHUNK = 1 << 16;

async function* linesOf(rows: AsyncIterable<readonly Cell[]>): AsyncIterable<string> {
  let chunk = "";
  for await (const row of rows) {
    chunk += `${row.map((cell) => (cell === null ? "\\N" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

/** A CSV is read as text, so that what its values are is not guessed. @throws DomainError bad-input */
function readerOf(file: string): string {
  const ending = path.extname(file).toLowerCase();
  if (ending === ".parquet") return `read_parquet(${sqlText(file)})`;
  if (ending === ".csv")
    return `read_csv(${sqlText(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
  throw new DomainError(
    "bad-input",
    `只能读取parquet和csv文件。"${path.basename(file)}" is neither .parquet nor .csv.`,
  );
}
