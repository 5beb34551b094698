import { type Decision, decide, explainDecision, type Policy } from "@apply-free/rules";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { dayOption } from "./day-option.ts";
import type { Io } from "./io.ts";
import { openPolicy, readProfile } from "./policy-directory.fs.ts";

type Options = Readonly<{ asOf?: string; vocabulary?: string; json?: boolean }>;

/** `apply-free decide <policy-dir> <facts.json|-> [--as-of DATE] [--vocabulary DIR] [--json]` */
export function registerDecide(program: Command, io: Io, { clock }: Readonly<{ clock: Clock }>): void {
  program
    .command("decide")
    .description("decide one firm under one policy")
    .argument("<policy-dir>", "directory with policy.yaml and source.md")
    .argument("<facts>", "JSON object, fact id to value; - reads standard input")
    .option("--as-of <date>", "day of the decision; else today")
    .option("--vocabulary <dir>", "directory of the shared vocabulary")
    .option("--json", "print one JSON object")
    .action(async (directory: string, facts: string, options: Options) => {
      const { policy, vocabulary } = await openPolicy(directory, options.vocabulary);
      const profile = await readProfile(facts, vocabulary);
      const decision = await decide(policy, profile, { asOf: dayOption(options.asOf, clock) });
      if (options.json) io.out(JSON.stringify(decision));
      else print(policy, decision, io);
    });
}

function print(policy: Policy, decision: Decision, io: Io): void {
  const { outcome, amount, missing } = explainDecision(policy, decision);
  io.out(`${policy.title.zh} ${policy.title.en} (v${policy.version}, ${decision.asOf})`);
  io.out(`${outcome.zh} ${outcome.en}`);
  if (decision.outcome !== "ineligible") io.out(`${amount.zh} ${amount.en}`);
  for (const { fact, label, department } of missing) io.out(`? ${fact} ${label.zh} ${label.en} (${department.zh})`);
}
