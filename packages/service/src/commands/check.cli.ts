import path from "node:path";
import {
  type CaseReport,
  checkCases,
  type Finding,
  findSharedFunds,
  type Policy,
  RulesError,
  reviewPolicy,
  rulesInForce,
} from "@apply-free/rules";
import type { Command } from "commander";
import { inFile, type LoadedPolicy } from "../policies/policy-source.fs.ts";
import type { Io } from "./io.ts";
import { openPolicies } from "./policy-directory.fs.ts";

type Options = Readonly<{ vocabulary?: string; json?: boolean }>;

type Checked = Readonly<{
  id: string;
  cases: { passed: number; failed: number };
  lint: readonly Finding[];
  mode: "apply-free" | "fast-track" | "manual";
  machineChecked: number;
}>;

/** `apply-free check <dir> [--vocabulary DIR] [--json]` */
export function registerCheck(program: Command, io: Io): void {
  program
    .command("check")
    .description("schema, lint and worked cases of every policy below a directory")
    .argument("<dir>", "a policy directory, or one above several")
    .option("--vocabulary <dir>", "directory of the shared vocabulary")
    .option("--json", "print one JSON object")
    .action(async (root: string, options: Options) => {
      const loaded = await openPolicies(root, options.vocabulary);
      const byId = new Map(loaded.map(({ policy }) => [policy.id, policy]));
      const policies: Checked[] = [];
      for (const each of loaded) policies.push(await checkOne(each, byId, io));
      const contradiction = contradictionAmong(loaded.map(({ policy }) => policy));
      if (contradiction !== undefined) io.err(`policies together: error ${contradiction}`);
      const passed = sum(policies, "passed");
      const failed = sum(policies, "failed");
      if (options.json) io.out(JSON.stringify({ policies, passed, failed }));
      else io.out(`${policies.length} policies, ${passed} cases passed, ${failed} failed`);
      const hasError = policies.some(({ lint }) => lint.some(({ level }) => level === "error"));
      if (failed > 0 || hasError || contradiction !== undefined) io.fail(1);
    });
}

/** What two policies say of each other and cannot both hold. */
function contradictionAmong(policies: readonly Policy[]): string | undefined {
  try {
    rulesInForce(policies);
    return undefined;
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    return cause.message;
  }
}

async function checkOne({ policy, source }: LoadedPolicy, byId: ReadonlyMap<string, Policy>, io: Io): Promise<Checked> {
  const report = await inFile(path.join(source.directory, "cases.yaml"), () => checkCases(policy, source.cases));
  const { findings, mode, machineChecked } = reviewPolicy(policy, source.cases, byId.get(policy.document.parent ?? ""));
  const lint = [...findings, ...findSharedFunds(policy, byId.values())];
  const { passed, failed } = report;
  io.err(`${policy.id}: ${passed} cases passed, ${failed} failed; ${mode}`);
  reportTo(io, policy.id, report, lint);
  return { id: policy.id, cases: { passed, failed }, lint, mode, machineChecked };
}

function reportTo(io: Io, id: string, { failures }: CaseReport, findings: readonly Finding[]): void {
  for (const { name, expected, actual } of failures) io.err(`  ${id}: ${name}: expected ${expected}; got ${actual}`);
  for (const { level, code, where, message } of findings) io.err(`  ${id}: ${level} ${code} at ${where}: ${message}`);
}

function sum(policies: readonly Checked[], key: "passed" | "failed"): number {
  return policies.reduce((total, { cases }) => total + cases[key], 0);
}
