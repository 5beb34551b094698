import { loadavg } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { addColumns, FirmTable, planSweep, profileOfRow, Sweeper, sweep } from "@apply-free/rules";
import { wordEngine } from "../../packages/rules/src/sweep/word-engine.ts";
import { SweepPool } from "../../packages/service/src/sweep/sweep-pool.threads.ts";
import { findPostgres, startPostgres } from "../postgres-server.ts";
import type { Panel } from "./plot.ts";
import type { Figure } from "./report.ts";
import { answersFor, askOneByOne, interpreter } from "./sweep-check.ts";
import { askSet, clickHousePeer, duckDbPeer, postgresPeer, type SetPeer } from "./sweep-databases.ts";
import { growthOf } from "./sweep-growth.ts";
import {
  handWrittenThree,
  handWrittenTwo,
  jsonLogicEngine,
  jsonRulesEngine,
  type RowPeer,
  zenEngine,
} from "./sweep-peers.ts";
import { smallFigures } from "./sweep-small.ts";
import { Chance, inventFirms, inventPolicies, type WrittenPolicy } from "./sweep-world.ts";

/** One engine of a run. */
export type Contender = Figure & Readonly<{ answers: 2 | 3; asked: number }>;

/** Ours first. Every answer of a sample was compared, and every count of a database. */
export type SweepRun = Readonly<{
  contenders: readonly Contender[];
  growth: readonly Panel[];
  notes: readonly string[];
  load: string;
}>;

export type SweepSize = Readonly<{
  firms: number;
  policies: number;
  sample: number;
  inDatabases: number;
  /** Without a server: PostgreSQL inside the process. */
  isSmall?: boolean;
}>;

const asOf = "2025-11-03";

/** @throws Error where two engines differ on one answer */
export async function runSweep({
  firms: count,
  policies: many,
  sample,
  inDatabases,
  isSmall,
}: SweepSize): Promise<SweepRun> {
  const load = loadavg()[0]?.toFixed(1) ?? "unknown";
  const policies = inventPolicies(many, new Chance(7));
  const parsed = policies.map(({ policy }) => policy);
  const firms = inventFirms(count, new Chance(11));
  const plan = planSweep(parsed, { asOf });
  const table = new FirmTable(plan, { expectedFirms: count });
  const began = performance.now();
  const rows = addColumns(table, count, firms);
  const loadMs = performance.now() - began;
  const pairs = count * many;
  const { own, coldMs } = await ourselves(table, pairs);
  const profiles = Array.from({ length: Math.min(sample, inDatabases) }, (_, place) => profileOfRow(firms, place));
  const swept = answersFor(table, [...rows.subarray(0, profiles.length)]);
  const small = smallFigures(table, firms, rows, (policies[0] as WrittenPolicy).policy);
  const contenders: Contender[] = [];
  const add = (each: Contender) => {
    contenders.push(each);
    process.stderr.write(`  ${each.name}: ${each.p50.toPrecision(3)} ns, agrees\n`);
  };
  for (const each of own) add(each);
  const peers: RowPeer[] = [handWrittenTwo, handWrittenThree, interpreter, jsonLogicEngine, zenEngine, jsonRulesEngine];
  const missing: string[] = [];
  for (const peer of peers) {
    // json-rules-engine takes tens of milliseconds a firm; forty firms are enough pairs for it.
    const some = peer === jsonRulesEngine ? profiles.slice(0, 40) : profiles;
    try {
      const spent = await askOneByOne(peer, policies, some, swept, asOf, isSmall ? 0 : undefined);
      add({ ...figure(peer.name, spent, many), answers: peer.answers, asked: some.length });
    } catch (cause) {
      if (!isNotInstalled(cause)) throw cause;
      missing.push(peer.name);
    }
  }
  const first = new FirmTable(plan, { expectedFirms: inDatabases });
  addColumns(first, inDatabases, firms);
  const expected = sweep(first).byPolicy.map(({ eligible, undetermined }) => ({ eligible, undetermined }));
  function* held() {
    for (let row = 0; row < inDatabases; row += 1) yield profileOfRow(firms, row);
  }
  for (const { peer, end } of await databases(isSmall ?? false, missing)) {
    try {
      const { milliseconds, counts } = await askSet(peer, parsed, held(), swept, asOf);
      const found = counts.map(({ eligible, undetermined }) => ({ eligible, undetermined }));
      if (!isDeepStrictEqual(found, expected)) throw new Error(`${peer.name} and the sweep count differently`);
      const measured = figure(peer.name, milliseconds, inDatabases * many);
      add({ ...measured, answers: 3, asked: inDatabases });
    } finally {
      await peer.close();
      await end();
    }
  }
  return {
    contenders,
    growth: growthOf(table),
    load,
    notes: [
      ...small,
      `first sweep with compiling ${coldMs.toFixed(0)} ms, loading from columns ${loadMs.toFixed(0)} ms, ` +
        `${(table.bytes / count).toFixed(1)} bytes per firm; all firms under all policies on all threads in ` +
        `${((own[0]?.p50 ?? Number.NaN) * pairs * 1e-6).toFixed(0)} ms`,
      `${plan.columns.length} columns, ${plan.columns.reduce((sum, { questions }) => sum + questions.length, 0)} distinct questions`,
      ...(missing.length > 0 ? [`not installed here: ${missing.join(", ")}`] : []),
    ],
  };
}

async function ourselves(table: FirmTable, pairs: number): Promise<Readonly<{ own: Contender[]; coldMs: number }>> {
  const sweeper = new Sweeper(table);
  const coldMs = time(() => sweeper.count());
  const one = Array.from({ length: 9 }, () => time(() => sweeper.count()));
  const plain = new Sweeper(table, wordEngine);
  plain.count();
  const words = Array.from({ length: 2 }, () => time(() => plain.count()));
  const pool = new SweepPool();
  const all: number[] = [];
  try {
    const counts = await pool.count(table);
    if (!isDeepStrictEqual(counts, sweeper.count())) throw new Error("threads differ");
    if (!isDeepStrictEqual(counts, plain.count())) throw new Error("plain JavaScript differs");
    while (all.length < 9) {
      const began = performance.now();
      await pool.count(table);
      all.push(performance.now() - began);
    }
  } finally {
    await pool.close();
  }
  const beside = { answers: 3, asked: table.rows } as const;
  const own = [
    { ...figure("this engine, all threads", all, pairs), ...beside },
    { ...figure("this engine, one thread", one, pairs), ...beside },
    { ...figure("this engine, plain JavaScript", words, pairs), ...beside },
  ];
  return { own, coldMs };
}

type Opened = Readonly<{ peer: SetPeer; end(): Promise<void> }>;

async function databases(isSmall: boolean, missing: string[]): Promise<Opened[]> {
  const nothing = async () => {};
  const opened: Opened[] = [{ peer: await duckDbPeer(), end: nothing }];
  const known = process.env.APPLY_FREE_TEST_SERVER;
  const binaries = isSmall || known ? undefined : await findPostgres();
  const server = binaries && (await startPostgres(binaries));
  const postgres = await postgresPeer(isSmall ? undefined : (known ?? server?.url));
  opened.push({ peer: postgres, end: server ? server.stop : nothing });
  const clickHouse = await clickHousePeer();
  if (clickHouse) opened.push({ peer: clickHouse, end: nothing });
  else missing.push("chdb");
  return opened;
}

function isNotInstalled(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** @param milliseconds of each run over so many pairs */
function figure(name: string, milliseconds: readonly number[], pairs: number): Figure {
  const sorted = milliseconds.toSorted((a, b) => a - b).map((ms) => (ms * 1e6) / pairs);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { name, p50: at(0.5), p99: at(0.99), samples: sorted.length };
}
