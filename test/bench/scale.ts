import { loadavg } from "node:os";
import { addColumns, FirmTable, planSweep, sweepOne } from "@apply-free/rules";
import { simdEngine } from "../../packages/rules/src/sweep/simd-engine.ts";
import { SweepPool } from "../../packages/service/src/sweep/sweep-pool.threads.ts";
import type { Benchmark, Report } from "./report.ts";
import { Chance, inventFirms, inventPolicies, type WrittenPolicy } from "./sweep-world.ts";

/** Firms made, added and forgotten at a time. */
const CHUNK = 250_000;
const TIMES = 7;

/** A province from memory, beside the time that reading the same memory once takes on one thread. */
export const provinceAtOnce: Benchmark = {
  name: "scale",
  async run(): Promise<Report> {
    const firms = Number(process.env.BENCH_FIRMS ?? 10_000_000);
    const many = Number(process.env.BENCH_POLICIES ?? 1_000);
    const load = loadavg()[0]?.toFixed(1) ?? "unknown";
    const policies = inventPolicies(many, new Chance(7));
    const plan = planSweep(
      policies.map(({ policy }) => policy),
      { asOf: "2025-11-03" },
    );
    const table = new FirmTable(plan, { expectedFirms: firms });
    const chance = new Chance(11);
    let loadMs = 0;
    for (let before = 0; before < firms; before += CHUNK) {
      const count = Math.min(CHUNK, firms - before);
      const columns = inventFirms(count, chance);
      const began = performance.now();
      addColumns(table, count, columns);
      loadMs += performance.now() - began;
    }
    const reading = times(() => readOnce(table));
    const pool = new SweepPool();
    const sweeping: number[] = [];
    try {
      await pool.count(table);
      while (sweeping.length < TIMES) {
        const began = performance.now();
        await pool.count(table);
        sweeping.push(performance.now() - began);
      }
    } finally {
      await pool.close();
    }
    const { policy } = policies[0] as WrittenPolicy;
    const one = times(() => {
      if (sweepOne(table, policy, simdEngine).kind !== "counted") throw new Error("a live policy needs nothing more");
    });
    const figures = [
      { name: "all policies, all threads", ...spread(sweeping) },
      { name: "one edited policy, one thread", ...spread(one) },
      { name: "reading the coded facts once", ...spread(reading) },
    ];
    const best = (all: readonly number[]) => Math.min(...all).toFixed(1);
    return {
      name: "scale",
      unit: "µs",
      what: `${firms} firms under ${many} policies, from memory`,
      figures,
      ratio: (figures[0]?.p50 ?? Number.NaN) / (figures[2]?.p50 ?? Number.NaN),
      notes: [
        `quickest: all policies ${best(sweeping)} ms, one policy ${best(one)} ms, reading ${best(reading)} ms`,
        `${(table.bytes / firms).toFixed(1)} bytes per firm; coding ${(loadMs / 1_000).toFixed(1)} s, ` +
          `${((loadMs * 1e6) / firms).toFixed(0)} ns per firm; load average at the start ${load}`,
      ],
      target: "all policies ≤ 350 ms, one policy ≤ 30 ms at 10 million firms, ≤ 35 bytes per firm",
    };
  },
};

/** Adds up every word, as a plain loop does. */
function readOnce({ blocks }: FirmTable): number {
  let sum = 0;
  for (const block of blocks) for (let at = 0; at < block.length; at += 1) sum ^= block[at] as number;
  return sum;
}

function times(work: () => unknown): number[] {
  work();
  return Array.from({ length: TIMES }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
}

/** In µs. */
function spread(milliseconds: readonly number[]) {
  const sorted = milliseconds.toSorted((a, b) => a - b).map((ms) => ms * 1_000);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), samples: sorted.length };
}
