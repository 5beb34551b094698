import { addColumns, decide, FirmTable, type Misfit, type Policy, planSweep, profileOfRow } from "@apply-free/rules";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import { countAll } from "../sweep/count-all.threads.ts";
import { dayOption } from "./day-option.ts";
import type { FactChunk } from "./fact-chunk.ts";
import { readFactChunks } from "./fact-chunks.fs.ts";
import type { Io } from "./io.ts";
import { openPolicies } from "./policy-directory.fs.ts";
import { type Answered, factsFor, type PolicyCount, totalsOf } from "./sweep-answer.ts";
import { type SweepEngineName, sweepEngineNames } from "./sweep-engine.env.ts";
import { sweepInDatabase } from "./sweep-in-database.cli.ts";

type Options = Readonly<{ policies: string; asOf?: string; engine: string; vocabulary?: string; json?: boolean }>;

/** `mostQuestions` about one column; a policy beyond them is decided firm by firm. */
export type SweepCommandDeps = Readonly<{ clock: Clock; random: Random; mostQuestions?: number }>;

/** `apply-free sweep <facts.csv|ndjson|parquet> --policies DIR [--as-of DATE] [--engine columns|duckdb|postgres|clickhouse] [--vocabulary DIR] [--json]` */
export function registerSweep(program: Command, io: Io, { clock, random, mostQuestions }: SweepCommandDeps): void {
  program
    .command("sweep")
    .description("decide all firms of a file under all policies below a directory, and count")
    .argument("<facts>", "firms: CSV or Parquet with a column per fact, or NDJSON; empty is unknown")
    .requiredOption("--policies <dir>", "a policy directory, or one above several")
    .option("--as-of <date>", "day of the decisions; else today")
    .option("--engine <engine>", "what decides: columns, duckdb, postgres or clickhouse", "columns")
    .option("--vocabulary <dir>", "directory of the shared vocabulary")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: Options) => {
      const database = databaseOf(options.engine);
      const asOf = dayOption(options.asOf, clock);
      const policies = (await openPolicies(options.policies, options.vocabulary)).map(({ policy }) => policy);
      const answer = database
        ? await sweepInDatabase(database, file, policies, asOf, io, random.token().slice(0, 16))
        : await sweepFile(file, policies, io, { asOf, ...(mostQuestions && { mostQuestions }) });
      if (options.json) io.out(JSON.stringify(answer));
      else print(answer, io);
    });
}

/** @returns `undefined` for the engine that needs none. @throws DomainError bad-input */
function databaseOf(engine: string): SweepEngineName | undefined {
  if (engine === "columns") return undefined;
  const database = sweepEngineNames.find((name) => name === engine);
  if (database) return database;
  const known = ["columns", ...sweepEngineNames].join(", ");
  throw new DomainError("bad-input", `--engine: no engine "${engine}"; one of: ${known}.`);
}

async function sweepFile(
  file: string,
  policies: readonly Policy[],
  io: Io,
  options: Parameters<typeof planSweep>[1],
): Promise<Answered> {
  const began = performance.now();
  const plan = planSweep(policies, options);
  const table = new FirmTable(plan);
  const single = new Map(plan.alone.map(({ policy }) => [policy, { id: policy.id, eligible: 0, undetermined: 0 }]));
  for (const { policy, why } of plan.alone) io.err(`${policy.id}: decided firm by firm, for ${why}`);
  const misfits = new MisfitReport(file, io);
  for await (const chunk of readFactChunks(file, factsFor(policies))) {
    addColumns(table, chunk.count, chunk.columns, (misfit) => misfits.add(misfit, chunk));
    await decideEach(chunk, single, options.asOf);
    if (Math.floor(table.rows / REPORT_EVERY) > Math.floor((table.rows - chunk.count) / REPORT_EVERY)) {
      io.err(`${table.rows} firms read`);
    }
  }
  misfits.finish();
  const bytesPerFirm = table.rows === 0 ? 0 : Math.round((table.bytes / table.rows) * 100) / 100;
  const loaded = performance.now();
  const { byPolicy } = await countAll(table, io.err);
  const sweepMs = performance.now() - loaded;
  // By policy and not by id: two versions of one may lie below the directory.
  const counted = new Map<Policy, PolicyCount>(single);
  for (const [place, { policy }] of plan.policies.entries()) counted.set(policy, byPolicy[place] as PolicyCount);
  return totalsOf({
    firms: table.rows,
    byPolicy: policies.map((policy) => counted.get(policy) as PolicyCount),
    loadMs: loaded - began,
    sweepMs,
    bytesPerFirm,
    alone: plan.alone.map(({ policy: { id }, why }) => ({ id, why })),
    misfits: misfits.count,
  });
}

const REPORT_EVERY = 500_000;

async function decideEach(
  { count, columns }: FactChunk,
  single: ReadonlyMap<Policy, { eligible: number; undetermined: number }>,
  asOf: string,
): Promise<void> {
  for (const [policy, counts] of single) {
    for (let row = 0; row < count; row += 1) {
      const { outcome } = await decide(policy, profileOfRow(columns, row), { asOf });
      if (outcome !== "ineligible") counts[outcome] += 1;
    }
  }
}

/** Names the first values that are none of their facts, and counts the rest. */
class MisfitReport {
  readonly #file: string;
  readonly #io: Io;
  count = 0;

  constructor(file: string, io: Io) {
    this.#file = file;
    this.#io = io;
  }

  add({ fact, row, value }: Misfit, { lineOf }: FactChunk): void {
    this.count += 1;
    if (this.count > MOST_NAMED) return;
    const written = JSON.stringify(value).slice(0, 60);
    this.#io.err(`${this.#file}:${lineOf(row)}: ${fact}: ${written} is no value of it and counts as unknown`);
  }

  finish(): void {
    if (this.count > MOST_NAMED) this.#io.err(`${this.#file}: ${this.count} such values in all`);
  }
}

const MOST_NAMED = 10;

function print({ firms, policies, eligible, undetermined, byPolicy, loadMs, sweepMs, bytesPerFirm }: Answered, io: Io) {
  for (const each of byPolicy) io.out(`${each.id}: ${each.eligible} eligible, ${each.undetermined} undetermined`);
  io.out(`${firms} firms under ${policies} policies: ${eligible} eligible, ${undetermined} undetermined`);
  io.out(`read in ${loadMs} ms, decided in ${sweepMs} ms, ${bytesPerFirm} bytes per firm`);
}
