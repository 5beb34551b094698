import {
  addColumns,
  type FactDefinition,
  FirmTable,
  type Policy,
  planSweep,
  type SweepPlan,
  scalesOf,
} from "@apply-free/rules";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import { countAll } from "../sweep/count-all.threads.ts";
import { dayOption } from "./day-option.ts";
import { expectedFirmsIn } from "./expected-firms.fs.ts";
import type { WantedFacts } from "./fact-chunk.ts";
import { readFactChunks } from "./fact-chunks.fs.ts";
import type { Io } from "./io.ts";
import { MisfitReport } from "./misfit-report.ts";
import { openPolicies } from "./policy-directory.fs.ts";
import { SingleDecisions } from "./single-decisions.ts";
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
  const table = new FirmTable(plan, { expectedFirms: await expectedFirmsIn(file) });
  const single = new SingleDecisions(plan.alone, options.asOf, io);
  const misfits = new MisfitReport(file, io);
  const facts = factsFor(policies);
  const beside = factsBeside(facts, plan);
  for await (const chunk of readFactChunks(file, { ...facts, scales: scalesOf(table) })) {
    addColumns(table, chunk.count, chunk.columns, (misfit) => misfits.add(misfit, chunk));
    misfits.addAll(chunk, beside);
    await single.add(chunk);
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
  const counted = new Map<Policy, PolicyCount>(single.counts);
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

/** Facts that no column reads by itself; whether their values are any is asked of each. */
function factsBeside({ known, wanted }: WantedFacts, { columns }: SweepPlan): FactDefinition[] {
  const plain = new Set(columns.flatMap(({ fact }) => (fact ? [fact.id] : [])));
  return [...wanted].filter((id) => !plain.has(id)).flatMap((id) => known.get(id) ?? []);
}

const REPORT_EVERY = 500_000;

function print({ firms, policies, eligible, undetermined, byPolicy, loadMs, sweepMs, bytesPerFirm }: Answered, io: Io) {
  for (const each of byPolicy) io.out(`${each.id}: ${each.eligible} eligible, ${each.undetermined} undetermined`);
  io.out(`${firms} firms under ${policies} policies: ${eligible} eligible, ${undetermined} undetermined`);
  io.out(`read in ${loadMs} ms, decided in ${sweepMs} ms, ${bytesPerFirm} bytes per firm`);
}
