import { type FirmTable, noCounts, partsOf } from "@apply-free/rules";
import { compileProgram } from "../../packages/rules/src/sweep/program.ts";
import { bestEngine } from "../../packages/rules/src/sweep/simd-engine.ts";
import type { Line, Panel } from "./plot.ts";

const SHARES = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1] as const;
const LEAST_MICROSECONDS = 20_000;

/** What a sweep costs on one thread, by how many firms and by how many policies. */
export function growthOf(table: FirmTable): readonly Panel[] {
  const policies = table.plan.policies.length;
  const cost = "ms of one processor";
  return [
    { title: `All firms under ${policies} policies`, x: "firms", y: cost, lines: [byFirms(table)] },
    { title: `${table.rows} firms under all policies`, x: "policies", y: cost, lines: [byPolicies(table)] },
  ];
}

function byFirms(table: FirmTable): Line {
  const parts = partsOf(table);
  const sizes = [...new Set(SHARES.map((share) => Math.max(1, Math.round(parts.length * share))))];
  const points = sizes.map((size): [number, number] => {
    const some = parts.slice(0, size);
    return [some.reduce((sum, { rows }) => sum + rows, 0), cost(table, table.plan.policies.length, some)];
  });
  return { name: "this engine", points };
}

function byPolicies(table: FirmTable): Line {
  const sizes = [...new Set(SHARES.map((share) => Math.max(1, Math.round(table.plan.policies.length * share))))];
  const points = sizes.map((size): [number, number] => [size, cost(table, size, partsOf(table))]);
  return { name: "this engine", points };
}

/** Processor time of one run, of as many as that time can be told of: other work on the machine does not count. */
function cost(table: FirmTable, policies: number, parts: ReturnType<typeof partsOf>): number {
  const plan = { policies: table.plan.policies.slice(0, policies) };
  // What a zone leaves open is known of all policies of the table.
  const asked = parts.map(({ open, ...part }) => (open ? { ...part, open: open.subarray(0, policies) } : part));
  const engine = bestEngine(compileProgram(plan, table.codings, table.layout));
  const run = () => {
    const counts = noCounts(policies);
    for (const part of asked) engine.count(part, counts);
  };
  run();
  const began = process.threadCpuUsage().user;
  let runs = 0;
  let spent = 0;
  for (; spent < LEAST_MICROSECONDS; runs += 1) {
    run();
    spent = process.threadCpuUsage().user - began;
  }
  return spent / 1_000 / runs;
}
