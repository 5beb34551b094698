import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { callStore } from "../notice/call.prisma.ts";
import type { ChannelName } from "../notice/channel.ts";
import { dispatchStore } from "../notice/dispatch.prisma.ts";
import { letterStore } from "../notice/letter.prisma.ts";
import { proofStore } from "../notice/proof.prisma.ts";
import { readBounce } from "../notice/read-bounce.smtp.ts";
import { recordBounce } from "../notice/record-bounce.ts";
import { readConfig } from "../platform/config.env.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

export type BounceCommandDeps = Readonly<{ clock: Clock; openStore?: () => Promise<Store> }>;

/** `apply-free bounce <file>`: for the mail server to pipe into what comes back. */
export function registerBounce(
  program: Command,
  io: Io,
  { clock, openStore = openConfiguredStore }: BounceCommandDeps,
): void {
  program
    .command("bounce")
    .description("a notice came back: it proves nothing any more, and goes by the next way")
    .argument("<file>", "the report of the mail server, or - for standard input")
    .action(async (file: string) => {
      const message = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch((cause: Error) => {
        throw new DomainError("bad-input", `${file}: cannot be read (${cause.message}).`);
      });
      const bounce = await readBounce(message);
      if (!bounce) return refuse(io, "This is no report of a notice that could not be delivered.");
      const { smtpUrl, sms } = readConfig(process.env);
      const channels = new Set<ChannelName>([...(smtpUrl ? ["email" as const] : []), ...(sms ? ["sms" as const] : [])]);
      const store = await openStore();
      try {
        const isRecorded = await recordBounce(
          {
            clock,
            channels,
            transaction: (work) =>
              store.prisma.$transaction((tx) =>
                work({
                  letters: letterStore(tx),
                  dispatches: dispatchStore(tx),
                  proofs: proofStore(tx),
                  calls: callStore(tx),
                  journal: journalOn(tx),
                }),
              ),
          },
          bounce,
        );
        if (isRecorded) io.out(`${bounce.dispatchId} came back: ${bounce.reason}`);
        else refuse(io, `${bounce.dispatchId}: no such mail, or it is known to have come back.`);
      } finally {
        await store.close();
      }
    });
}

function refuse(io: Io, sentence: string): void {
  io.err(sentence);
  io.fail(1);
}
