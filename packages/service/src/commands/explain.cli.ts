import { decide, explain } from "@apply-free/rules";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { dayOption } from "./day-option.ts";
import type { Io } from "./io.ts";
import { openPolicy, readProfile } from "./policy-directory.fs.ts";

type Options = Readonly<{ asOf?: string; vocabulary?: string; lang: string }>;

/** `apply-free explain <policy-dir> <facts.json|-> [--as-of DATE] [--lang zh|en]` */
export function registerExplain(program: Command, io: Io, { clock }: Readonly<{ clock: Clock }>): void {
  program
    .command("explain")
    .description("say why, requirement by requirement, with source and clause")
    .argument("<policy-dir>", "directory with policy.yaml and source.md")
    .argument("<facts>", "JSON object, fact id to value; - reads standard input")
    .option("--as-of <date>", "day of the decision; else today")
    .option("--vocabulary <dir>", "directory of the shared vocabulary")
    .option("--lang <zh|en>", "language", "zh")
    .action(async (directory: string, facts: string, { asOf, vocabulary, lang }: Options) => {
      if (lang !== "zh" && lang !== "en") {
        throw new DomainError("bad-input", `--lang: "${lang}" is neither zh nor en.`, { lang });
      }
      const loaded = await openPolicy(directory, vocabulary);
      const profile = await readProfile(facts, loaded.vocabulary);
      const decision = await decide(loaded.policy, profile, { asOf: dayOption(asOf, clock) });
      io.out(explain(loaded.policy, decision, lang));
    });
}
