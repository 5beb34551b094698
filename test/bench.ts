// Benchmarks: `npx -y pnpm@12 bench [name] [--json] [--write]`. Each measures a peer in the same run; the ratio is the message.

import { fromFile } from "./bench/cold.ts";
import { confirmMany } from "./bench/confirm.ts";
import { confirmPages } from "./bench/confirm-page.ts";
import { decideOne } from "./bench/decide.ts";
import { importFacts } from "./bench/import.ts";
import { nightly } from "./bench/nightly.ts";
import { liveReach } from "./bench/reach.ts";
import { print, type Report } from "./bench/report.ts";
import { provinceAtOnce } from "./bench/scale.ts";
import { sweepAll } from "./bench/sweep.ts";

const benchmarks = [
  ...[decideOne, importFacts, confirmMany, confirmPages],
  ...[sweepAll, provinceAtOnce, fromFile, liveReach, nightly],
];
const words = process.argv.slice(2).filter((word) => !["--json", "--write"].includes(word));
const wanted = words.length === 0 ? benchmarks : benchmarks.filter(({ name }) => words.includes(name));
const stranger = words.find((word) => !benchmarks.some(({ name }) => name === word));

if (stranger !== undefined) {
  const known = benchmarks.map(({ name }) => name).join(", ");
  process.stderr.write(`bench: no benchmark "${stranger}"; one of: ${known}.\n`);
  process.exitCode = 2;
} else {
  const reports: Report[] = [];
  for (const benchmark of wanted) {
    const report = await benchmark.run();
    print(report, (line) => process.stderr.write(`${line}\n`));
    reports.push(report);
  }
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ benchmarks: reports })}\n`);
}
