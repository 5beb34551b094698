import type { Command } from "commander";
import { decisionArchive } from "../audit/decision-archive.prisma.ts";
import type { Difference, Replay } from "../audit/replay-decision.ts";
import { type ReplayDeps, type ReplaySummary, replayAll, replayOne } from "../audit/replay-decisions.ts";
import { DomainError } from "../kernel/errors.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

/** `apply-free replay <decision-id>|--all [--json]` */
export function registerReplay(program: Command, io: Io): void {
  program
    .command("replay")
    .description("decide stored decisions again from their stored facts and rules, and compare")
    .argument("[decision-id]", "one decision")
    .option("--all", "every stored decision")
    .option("--json", "print one JSON object")
    .action(async (id: string | undefined, { all, json }: { all?: boolean; json?: boolean }) => {
      if ((id === undefined) === (all === undefined)) {
        throw new DomainError("bad-input", "replay: name one decision, or say --all.");
      }
      const store = await openConfiguredStore();
      try {
        const deps = { decisions: decisionArchive(store.prisma), policyVersions: policyVersionStore(store.prisma) };
        const summary = id === undefined ? await everything(deps, io) : summaryOf(await replayOne(deps, id));
        if (json) io.out(JSON.stringify(summary));
        else report(summary, io);
        if (summary.different > 0) io.fail(1);
      } finally {
        await store.close();
      }
    });
}

function everything(deps: ReplayDeps, io: Io): Promise<ReplaySummary> {
  return replayAll(deps, { onProgress: (done, total) => io.err(`replayed ${done} of ${total} decisions`) });
}

function summaryOf(replay: Replay): ReplaySummary {
  const equal = replay.equal ? 1 : 0;
  return { decisions: 1, equal, different: 1 - equal, differences: replay.equal ? [] : [replay] };
}

function report({ decisions, equal, different, differences }: ReplaySummary, io: Io): void {
  for (const { decisionId, differences: parts } of differences) {
    for (const part of parts) io.out(`${decisionId}: ${describe(part)}`);
  }
  io.out(`${decisions} decided again, ${equal} equal, ${different} different`);
}

function describe({ part, at, stored, recomputed }: Difference): string {
  const place = at === "" ? part : `${part} at ${at}`;
  return `${place}: stored ${JSON.stringify(stored)}, now ${JSON.stringify(recomputed)}`;
}
