import { type ComparedFirm, type Comparison, compareVersions } from "@apply-free/rules";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { fen, toDecimalYuan } from "../kernel/money.ts";
import type { LoadedPolicy } from "../policies/policy-source.fs.ts";
import { dayOption } from "./day-option.ts";
import { profileOfFirm, readFirmFacts } from "./firm-facts.fs.ts";
import type { Io } from "./io.ts";
import { openPolicy } from "./policy-directory.fs.ts";

type Options = Readonly<{ facts: string; asOf?: string; vocabulary?: string; json?: boolean }>;

/** `apply-free diff <old-dir> <new-dir> --facts FILE [--as-of DATE] [--vocabulary DIR] [--json]` */
export function registerDiff(program: Command, io: Io, { clock }: Readonly<{ clock: Clock }>): void {
  program
    .command("diff")
    .description("who gains, who loses, whose amount changes, and what it costs")
    .argument("<old-dir>", "directory of the version in force")
    .argument("<new-dir>", "directory of the version that would replace it")
    .requiredOption("--facts <file>", "firms: NDJSON, one object per line with id and facts; or CSV with a column id")
    .option("--as-of <date>", "day of the decisions; else today")
    .option("--vocabulary <dir>", "directory of the shared vocabulary")
    .option("--json", "print one JSON object")
    .action(async (oldDirectory: string, newDirectory: string, options: Options) => {
      const before = await openPolicy(oldDirectory, options.vocabulary);
      const after = await openPolicy(newDirectory, options.vocabulary);
      const asOf = dayOption(options.asOf, clock);
      const firms = comparedFirms(options.facts, before, after);
      const comparison = await compareVersions(before.policy, after.policy, firms, { asOf });
      const name = ({ policy: { id, version } }: LoadedPolicy) => ({ policy: id, version });
      if (options.json) io.out(JSON.stringify({ old: name(before), new: name(after), asOf, ...comparison }));
      else print(comparison, io);
    });
}

async function* comparedFirms(file: string, before: LoadedPolicy, after: LoadedPolicy): AsyncGenerator<ComparedFirm> {
  for await (const firm of readFirmFacts(file, after.vocabulary)) {
    const profileAfter = profileOfFirm(firm, after.vocabulary, file);
    // Facts that only the new version's own vocabulary knows did not exist for the old one.
    const known = Object.entries(firm.facts).filter(([id]) => before.vocabulary.facts.has(id));
    const profileBefore = profileOfFirm({ ...firm, facts: Object.fromEntries(known) }, before.vocabulary, file);
    yield { id: firm.id, profileBefore, profileAfter };
  }
}

function print({ changes, before, after, differenceFen, ...counts }: Comparison, io: Io): void {
  for (const { id, kind, before: old, after: now } of changes) {
    io.out(`${id}: ${kind}: ${JSON.stringify(old)} → ${JSON.stringify(now)}`);
  }
  const { firms, gained, lost, amountChanged, opened, settled } = counts;
  io.out(
    `${firms} firms: ${gained} gain, ${lost} lose, ${amountChanged} change amount, ${opened} open, ${settled} settled`,
  );
  const yuan = (amount: string) => toDecimalYuan(fen(amount));
  io.out(`cost: ${yuan(before.fen)} → ${yuan(after.fen)} (${yuan(differenceFen)}) CNY; not exact: ${after.notExact}`);
}
