import { mkdtemp, rm, stat } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { addColumns, FirmTable, type Policy, planSweep, scalesOf } from "@apply-free/rules";
import { readFactChunks } from "../../packages/service/src/commands/fact-chunks.fs.ts";
import { factsFor } from "../../packages/service/src/commands/sweep-answer.ts";
import type { Day } from "../../packages/service/src/kernel/day.ts";
import { countAll } from "../../packages/service/src/sweep/count-all.threads.ts";
import { openDuckDb, sqlText } from "../../packages/service/src/sweep/duckdb.fs.ts";
import { duckDbSweep } from "../../packages/service/src/sweep/duckdb-sweep.fs.ts";
import type { Benchmark, Figure, Report } from "./report.ts";
import { Chance, facts, inventPolicies, MISSING, type Shape } from "./sweep-world.ts";

const asOf = "2025-11-03" as Day;

/**
 * A Parquet file that nobody has read before, to the counts of all policies: planning, reading, compiling and the first
 * sweep; beside DuckDB over the same file where it lies, whose counts have to be the same. DuckDB may be asked about a
 * smaller file, for it takes minutes per million firms; its time is then scaled by the number of firms.
 */
export const fromFile: Benchmark = {
  name: "cold",
  async run(): Promise<Report> {
    const firms = Number(process.env.BENCH_FIRMS ?? 1_000_000);
    const asked = Math.min(firms, Number(process.env.BENCH_DATABASE_FIRMS ?? 200_000));
    const load = loadavg()[0]?.toFixed(1) ?? "unknown";
    const policies = inventPolicies(Number(process.env.BENCH_POLICIES ?? 1_000), new Chance(7));
    const parsed = policies.map(({ policy }) => policy);
    const directory = await mkdtemp(path.join(tmpdir(), "apply-free-cold-"));
    try {
      const [whole, part] = [path.join(directory, "firms.parquet"), path.join(directory, "some.parquet")];
      await writeFirms(whole, firms);
      await writeFirms(part, asked);
      const check = await ourselves(part, parsed, asked);
      const began = performance.now();
      const { byPolicy } = await duckDbSweep().count(parsed, { kind: "file", path: part }, asOf);
      const theirMs = ((performance.now() - began) * firms) / asked;
      const theirs = byPolicy.map(({ eligible, undetermined }) => ({ eligible, undetermined }));
      if (!isDeepStrictEqual(check.counts, theirs)) throw new Error("DuckDB and the sweep count differently");
      const ours = await ourselves(whole, parsed, firms);
      const { size } = await stat(whole);
      return {
        name: "cold",
        unit: "µs",
        what: `${firms} firms of a Parquet file (${(size / 1e6).toFixed(0)} MB) under ${parsed.length} policies, from nothing`,
        figures: [once("from the file to all counts", ours.totalMs), once("DuckDB over the file", theirMs)],
        ratio: theirMs / ours.totalMs,
        notes: [
          `reading and coding ${seconds(ours.readMs)}, compiling and the first sweep ${seconds(ours.totalMs - ours.readMs)}`,
          `DuckDB was asked about ${asked} firms, every count compared; load average at the start ${load}`,
        ],
        target: "10 million firms ≤ 10 s, ≥ 10 x DuckDB",
      };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function ourselves(file: string, policies: readonly Policy[], firms: number) {
  const began = performance.now();
  const table = new FirmTable(planSweep(policies, { asOf }), { expectedFirms: firms });
  const facts = { ...factsFor(policies), scales: scalesOf(table) };
  for await (const { count, columns } of readFactChunks(file, facts)) addColumns(table, count, columns);
  const readMs = performance.now() - began;
  const { byPolicy } = await countAll(table, () => {});
  const totalMs = performance.now() - began;
  const counts = byPolicy.map(({ eligible, undetermined }) => ({ eligible, undetermined }));
  return { readMs, totalMs, counts };
}

/** The firms of the other benchmarks, as a database would write them out. */
async function writeFirms(file: string, count: number): Promise<void> {
  const database = await openDuckDb();
  try {
    const columns = [...facts].map(([id, shape]) => `${valueIn(shape)} AS "${id}"`);
    await database.run("SELECT setseed(0.5)");
    await database.run(
      `COPY (SELECT ${columns.join(", ")} FROM range(${count})) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    database.close();
  }
}

function valueIn(shape: Shape): string {
  return `CASE WHEN random() >= ${MISSING} THEN ${knownValueIn(shape)} END`;
}

function knownValueIn(shape: Shape): string {
  switch (shape.type) {
    case "boolean":
      return `random() < ${shape.share}`;
    case "code":
      return `list_extract([${shape.codes.map(sqlText).join(", ")}], 1 + CAST(floor(random() * ${shape.codes.length}) AS INTEGER))`;
    case "date":
      return "CAST(DATE '2010-01-01' + to_months(CAST(floor(random() * 192) AS INTEGER)) AS DATE)";
    case "integer":
      return `CAST(round(${shape.most} * pow(random(), 3)) AS INTEGER)`;
    default:
      return `round(${shape.most} * pow(random(), 3), 2)`;
  }
}

const once = (name: string, ms: number): Figure => ({ name, p50: ms * 1_000, p99: ms * 1_000, samples: 1 });
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
