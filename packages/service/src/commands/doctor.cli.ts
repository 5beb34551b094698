import type { Command } from "commander";
import { checkInvariants } from "../audit/invariants.prisma.ts";
import { countBroken } from "../audit/invariants.ts";
import { sealArchive } from "../audit/seal.prisma.ts";
import { describeBreak, verifyJournal } from "../audit/verify-journal.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { describeConfig, readConfig } from "../platform/config.env.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

/** `apply-free doctor`: the configuration in effect, and whether the store's books and journal hold. */
export function registerDoctor(program: Command, io: Io, { clock }: Readonly<{ clock: Clock }>): void {
  program
    .command("doctor")
    .description("show the configuration and check the store")
    .action(async () => {
      for (const [name, value] of Object.entries(describeConfig(readConfig(process.env)))) io.out(`${name} = ${value}`);
      const store = await openConfiguredStore();
      try {
        const verdict = await verifyJournal(sealArchive(store.prisma));
        const { verified, sealed, unsealed, firstBreak } = verdict;
        io.out(
          firstBreak
            ? `journal: ${describeBreak(firstBreak).en}`
            : `journal: ${sealed} events sealed, ${unsealed} waiting`,
        );
        const results = await checkInvariants(store, today(clock));
        for (const { sentence, breaches } of results) {
          for (const { subject, detail } of breaches) io.out(`broken: ${sentence.en} ${subject}: ${detail}`);
        }
        io.out(`invariants: ${results.length - countBroken(results)} hold, ${countBroken(results)} broken`);
        if (!verified || countBroken(results) > 0) io.fail(1);
      } finally {
        await store.close();
      }
    });
}
