import {
  addColumns,
  type BlockPart,
  type FactColumns,
  FirmTable,
  type Profile,
  partsOf,
  planSweep,
  profileOfRow,
  programOf,
  Sweeper,
} from "@apply-free/rules";
import { answerOfLeaf } from "../../packages/rules/src/condition/judgement.ts";
import { judge } from "../../packages/rules/src/condition/reference.ts";
import { FactsInView } from "../../packages/rules/src/facts-in-view.ts";
import { BLOCK_ROWS } from "../../packages/rules/src/sweep/block.ts";
import { bestEngine } from "../../packages/rules/src/sweep/simd-engine.ts";
import { wordEngine } from "../../packages/rules/src/sweep/word-engine.ts";
import { SweepPool } from "../../packages/service/src/sweep/sweep-pool.threads.ts";
import type { Benchmark, Figure, Report } from "./report.ts";
import { handWritten, type PlainFacts, plainFacts, rulesEngineFor, type Verdict } from "./sweep-peers.ts";
import { smallFigures } from "./sweep-small.ts";
import { Chance, inventFirms, inventPolicies, type WrittenPolicy } from "./sweep-world.ts";

const FIRMS = Number(process.env.BENCH_FIRMS ?? 1_000_000);
const POLICIES = Number(process.env.BENCH_POLICIES ?? 1_000);
/** Firms that the peers decide, one after another; each is compared with the sweep, pair by pair. */
const SAMPLE = Number(process.env.BENCH_SAMPLE ?? 200);
const asOf = "2025-11-03";

/** All firms under all policies, three-valued, beside the interpreter and json-rules-engine on the same firms and policies. */
export const sweepAll: Benchmark = {
  name: "sweep",
  async run(): Promise<Report> {
    const policies = inventPolicies(POLICIES, new Chance(7));
    const firms = inventFirms(FIRMS, new Chance(11));
    const table = new FirmTable(
      planSweep(
        policies.map(({ policy }) => policy),
        { asOf },
      ),
      { expectedFirms: FIRMS },
    );
    let rows: Int32Array = new Int32Array();
    const loadMs = time(() => {
      rows = addColumns(table, FIRMS, firms);
    });
    const sweeper = new Sweeper(table);
    const coldMs = time(() => sweeper.count());
    const plain = new Sweeper(table, wordEngine);
    const pairs = FIRMS * POLICIES;
    const simd = figure(
      "sweep, WebAssembly, 1 thread",
      repeated(9, () => sweeper.count()),
      pairs,
    );
    const pool = new SweepPool();
    const pooled = await repeatedly(9, () => pool.count(table));
    if (JSON.stringify(await pool.count(table)) !== JSON.stringify(sweeper.count())) throw new Error("threads differ");
    await pool.close();
    const threads = figure("sweep, WebAssembly, all threads", pooled, pairs);
    const words = figure(
      "sweep, plain JavaScript, 1 thread",
      repeated(2, () => plain.count()),
      pairs,
    );
    const sample = Array.from({ length: Math.min(SAMPLE, FIRMS) }, (_, place) => Math.floor((place * FIRMS) / SAMPLE));
    const answers = answersFor(
      table,
      sample.map((firm) => rows[firm] as number),
    );
    const small = smallFigures(table, firms, rows, (policies[0] as WrittenPolicy).policy);
    const interpreted = interpret(policies, firms, sample, answers);
    const hand = byHand(policies, firms, sample, answers);
    const engine = await askRulesEngine(policies, firms, sample, answers);
    const ours = Math.min(simd.p50, threads.p50);
    return {
      name: "sweep",
      unit: "ns",
      what: `${FIRMS} firms under ${POLICIES} policies, per pair of firm and policy; every pair of the sample compared`,
      figures: [simd, threads, words, hand, interpreted, engine],
      notes: [
        `${times(hand.p50 / ours)} x functions by hand, ${times(interpreted.p50 / ours)} x the interpreter, ${times(engine.p50 / ours)} x json-rules-engine`,
        ...small,
        `first sweep with compiling ${coldMs.toFixed(0)} ms, loading from columns ${loadMs.toFixed(0)} ms, ` +
          `${(table.bytes / FIRMS).toFixed(1)} bytes per firm, ${(1 / ours).toFixed(1)} G pairs/s`,
        `${table.plan.columns.length} columns, ` +
          `${table.plan.columns.reduce((sum, { questions }) => sum + questions.length, 0)} distinct questions`,
      ],
      ratio: engine.p50 / ours,
      target: "≥ 500,000 x json-rules-engine on two threads",
    };
  },
};

const times = (value: number) => Math.round(value).toLocaleString("en-US");

function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function repeated(count: number, work: () => void): number[] {
  work();
  return Array.from({ length: count }, () => time(work));
}

async function repeatedly(count: number, work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const spent: number[] = [];
  while (spent.length < count) {
    const began = performance.now();
    await work();
    spent.push(performance.now() - began);
  }
  return spent;
}

/** @param milliseconds of each run over so many pairs */
function figure(name: string, milliseconds: readonly number[], pairs: number): Figure {
  const sorted = milliseconds.toSorted((a, b) => a - b).map((ms) => (ms * 1e6) / pairs);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { name, p50: at(0.5), p99: at(0.99), samples: sorted.length };
}

/** What the sweep answers, by policy and place among these rows; their blocks only are looked at. */
function answersFor(table: FirmTable, rows: readonly number[]): Verdict[][] {
  const engine = bestEngine(programOf(table));
  const parts = partsOf(table);
  const answers = table.plan.policies.map(() => rows.map((): Verdict => "ineligible"));
  const has = (bits: Int32Array, row: number) =>
    (((bits[(row % BLOCK_ROWS) >>> 5] as number) >>> (row & 31)) & 1) === 1;
  for (const [block, places] of Map.groupBy(rows.keys(), (place) => Math.floor((rows[place] as number) / BLOCK_ROWS))) {
    engine.visit(parts[block] as BlockPart, (policy, certain, possible) => {
      for (const place of places) {
        const row = rows[place] as number;
        const answer = has(certain, row) ? "eligible" : has(possible, row) ? "undetermined" : "ineligible";
        (answers[policy] as Verdict[])[place] = answer;
      }
    });
  }
  return answers;
}

const outcomes = { true: "eligible", false: "ineligible", unknown: "undetermined" } as const;

function interpret(
  policies: readonly WrittenPolicy[],
  firms: FactColumns,
  sample: readonly number[],
  answers: readonly Verdict[][],
): Figure {
  const profiles = sample.map((row) => profileOfRow(firms, row));
  const decided = (profile: Profile) =>
    policies.map(({ policy }) => {
      const values = new FactsInView(policy, profile, asOf).asValues();
      return outcomes[judge(policy.requirements, (leaf) => answerOfLeaf(leaf, values).answer)];
    });
  const spent = profiles.map((profile, place) => {
    const began = performance.now();
    const found = decided(profile);
    const ms = performance.now() - began;
    for (const [policy, outcome] of found.entries()) {
      if (outcome !== answers[policy]?.[place])
        throw new Error(`interpreter and sweep differ on firm ${sample[place]}`);
    }
    return ms;
  });
  return figure("interpreter", spent, policies.length);
}

/** Both peers know no unknown: they have to agree wherever the answer does not wait for a fact. */
function agreeOn(place: number, answers: readonly Verdict[][], isEligible: (policy: number) => boolean, who: string) {
  for (const [policy, each] of answers.entries()) {
    if (each[place] !== "undetermined" && isEligible(policy) !== (each[place] === "eligible")) {
      throw new Error(`${who} and sweep differ on firm ${place} of the sample under policy ${policy}`);
    }
  }
}

function byHand(
  policies: readonly WrittenPolicy[],
  firms: FactColumns,
  sample: readonly number[],
  answers: readonly Verdict[][],
): Figure {
  const functions = handWritten(policies, asOf);
  const facts = sample.map((row) => plainFacts(profileOfRow(firms, row)));
  const all = (each: PlainFacts) => functions.map((decides) => decides(each));
  // Long enough for the platform to compile them.
  for (let pass = 0; pass < 50; pass += 1) for (const each of facts) all(each);
  const spent = facts.map((each, place) => {
    const began = performance.now();
    const found = all(each);
    const ms = performance.now() - began;
    agreeOn(place, answers, (policy) => found[policy] === true, "functions by hand");
    return ms;
  });
  return figure("a function per policy, by hand", spent, policies.length);
}

async function askRulesEngine(
  policies: readonly WrittenPolicy[],
  firms: FactColumns,
  sample: readonly number[],
  answers: readonly Verdict[][],
): Promise<Figure> {
  const run = rulesEngineFor(policies, asOf);
  const spent: number[] = [];
  for (const [place, row] of sample.entries()) {
    const profile = profileOfRow(firms, row);
    const began = performance.now();
    const eligible = await run(profile);
    spent.push(performance.now() - began);
    agreeOn(place, answers, (policy) => eligible.has(policies[policy]?.id ?? ""), "json-rules-engine");
  }
  return figure("json-rules-engine", spent, policies.length);
}
