import { rm } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { checkInvariants } from "../audit/invariants.prisma.ts";
import { countBroken } from "../audit/invariants.ts";
import { sealArchive } from "../audit/seal.prisma.ts";
import { sealJournal } from "../audit/seal-journal.ts";
import { describeBreak, verifyJournal } from "../audit/verify-journal.ts";
import { type DemoSummary, demoSummary } from "../contract.ts";
import { demoCounts, isQuiet } from "../demo/demo-summary.prisma.ts";
import { playUntil } from "../demo/play.ts";
import { type DemoWorld, openDemoWorld } from "../demo-world.fs.ts";
import type { Clock } from "../kernel/clock.ts";
import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import { readConfig } from "../platform/config.env.ts";
import type { Io } from "./io.ts";
import { openStoreIn } from "./open-store.env.ts";
import { serveDemo } from "./serve-demo.http.ts";

type Options = Readonly<{ once?: boolean; json?: boolean; firms: string; seed: string; reset?: boolean }>;

export type DemoCommandDeps = Readonly<{ wallClock: Clock; random: Random; rules: string }>;

const MOST_DAYS = 90;

/** `apply-free demo [--once] [--json] [--firms N] [--seed N] [--reset]` */
export function registerDemo(program: Command, io: Io, deps: DemoCommandDeps): void {
  program
    .command("demo")
    .description("the whole system with invented firms, on a simulated clock")
    .option("--once", "play the whole loop without a person, then stop")
    .option("--json", "print one JSON object at the end (with --once)")
    .option("--firms <number>", "how many invented firms", "500")
    .option("--seed <number>", "where they come from: the same seed, the same firms", "20251103")
    .option("--reset", "forget the demonstration that is there (embedded database only)")
    .action(async (options: Options) => {
      const startedAt = performance.now();
      const world = await open(options, io, deps);
      if (!options.once) return serveDemo(world, readConfig(process.env), io);
      try {
        await playToTheEnd(world, io);
        await report(world, io, options.json === true, startedAt);
      } finally {
        await world.close();
      }
    });
}

async function open(options: Options, io: Io, { wallClock, random, rules }: DemoCommandDeps): Promise<DemoWorld> {
  const firms = wholeNumber("--firms", options.firms, 100, 100_000);
  const seed = wholeNumber("--seed", options.seed, 0, 2 ** 31 - 1);
  const config = readConfig(process.env);
  const { databaseUrl, dataDir } = config;
  // Two demonstrations that cannot disturb each other: one that plays itself, one for a visitor.
  const directory = path.join(dataDir, options.once ? "demo-once" : "demo");
  if (options.reset && !databaseUrl) await rm(directory, { recursive: true, force: true });
  const store = await openStoreIn(config, directory);
  try {
    const log = (message: string, cause?: unknown) => io.err(cause === undefined ? message : `${message}: ${cause}`);
    // Natural persons answer only through a visitor: a story that plays itself would wait for them for ever.
    const withPersons = !options.once;
    return await openDemoWorld({ store, directory, rules, firms, withPersons, seed, wallClock, random, log });
  } catch (cause) {
    await store.close();
    throw cause;
  }
}

async function playToTheEnd({ house, play }: DemoWorld, io: Io): Promise<void> {
  for (let days = 0; days < MOST_DAYS; days += 1) {
    if (await isOver(house)) return;
    const today = dayOf(house.clock.now());
    io.err(`${today} …`);
    await playUntil(play, startOfDay(addDays(today, 1)));
  }
  io.err(`still not quiet after ${MOST_DAYS} days`);
  io.fail(1);
}

/** Whole days have been played and nothing more happens by itself; one that was ended here before stays ended. */
async function isOver({ db, clock }: DemoWorld["house"]): Promise<boolean> {
  const now = clock.now();
  const isMidnight = startOfDay(dayOf(now)).getTime() === now.getTime();
  return isMidnight && (await db.matchRun.count()) > 0 && isQuiet(db);
}

async function report({ house }: DemoWorld, io: Io, json: boolean, startedAt: number): Promise<void> {
  await sealJournal(house);
  const verdict = await verifyJournal(sealArchive(house.db));
  const auditVerified = verdict.verified && verdict.unsealed === 0;
  if (verdict.firstBreak) io.err(describeBreak(verdict.firstBreak).en);
  const results = await checkInvariants(house.store, dayOf(house.clock.now()));
  for (const { name, breaches } of results) {
    for (const { subject, detail } of breaches.slice(0, 5)) io.err(`broken: ${name}: ${subject}: ${detail}`);
  }
  const summary: DemoSummary = {
    ...(await demoCounts(house.db)),
    auditVerified,
    invariantsBroken: countBroken(results),
    elapsedMs: Math.round(performance.now() - startedAt),
  };
  if (json) io.out(JSON.stringify(demoSummary.parse(summary)));
  else for (const [name, value] of Object.entries(summary)) io.out(`${name}: ${JSON.stringify(value)}`);
  if (!auditVerified || summary.invariantsBroken > 0) io.fail(1);
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new DomainError("bad-input", `${option}: "${text}" is not a whole number from ${min} to ${max}.`, { option });
}
