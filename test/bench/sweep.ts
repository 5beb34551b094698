import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { plot } from "./plot.ts";
import { between, readable, table } from "./readme-table.ts";
import type { Benchmark, Report } from "./report.ts";
import { type Contender, runSweep, type SweepRun } from "./sweep-run.ts";

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const root = path.join(import.meta.dirname, "../..");

/** All firms under all policies, three-valued, beside every peer on the same firms and policies. */
export const sweepAll: Benchmark = {
  name: "sweep",
  async run(): Promise<Report> {
    const firms = number("BENCH_FIRMS", 1_000_000);
    const policies = number("BENCH_POLICIES", 1_000);
    const run = await runSweep({
      firms,
      policies,
      // Firms that are asked one by one, and compared pair by pair.
      sample: number("BENCH_SAMPLE", 100),
      // Firms that a database holds; its counts are compared for each policy.
      inDatabases: Math.min(firms, number("BENCH_DATABASE_FIRMS", 100_000)),
    });
    if (process.argv.includes("--write")) await write(run);
    const { contenders, notes } = run;
    const [ours] = contenders;
    const engine = contenders.find(({ name }) => name === "json-rules-engine");
    return {
      name: "sweep",
      unit: "ns",
      what: `${firms} firms under ${policies} policies, per pair of firm and policy; every pair of the sample compared`,
      figures: contenders,
      notes: [
        ...contenders.slice(1).map((each) => `${readable(each.p50 / (ours?.p50 ?? 1))} x ${each.name}`),
        ...notes,
      ],
      ratio: (engine?.p50 ?? Number.NaN) / (ours?.p50 ?? Number.NaN),
      target: "≥ 500,000 x json-rules-engine on two threads",
    };
  },
};

/** The table of the README and the plot below it. */
async function write({ contenders, growth, notes, load }: SweepRun): Promise<void> {
  await writeFile(path.join(root, "docs/images/sweep-cost.svg"), plot(growth));
  const readme = path.join(root, "README.md");
  const text = [tableOf(contenders), "", ...notes.map((note) => `* ${note}`), `* Load average at the start: ${load}.`];
  await writeFile(readme, between(await readFile(readme, "utf8"), "bench:sweep", text.join("\n")));
}

export function tableOf(contenders: readonly Contender[]): string {
  const [ours] = contenders;
  return table(
    ["engine", "answers", "firms asked", "questions a second", "ns a question", "slower by"],
    contenders.map(({ name, answers, asked, p50 }) => [
      name,
      String(answers),
      asked.toLocaleString("en-US"),
      readable(1e9 / p50),
      readable(p50),
      readable(p50 / (ours?.p50 ?? p50)),
    ]),
  );
}
