import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { GENESIS, type SealHead, sealEvents } from "./seal.ts";
import type { SealStore } from "./seal-store.ts";

export type SealJournalDeps = Readonly<{
  transaction: Transaction<{ seals: SealStore }>;
  clock: Clock;
  /** Events per transaction. */
  pageSize?: number;
}>;

/**
 * Seals every event that has no seal yet. Indexes have no gaps; an event whose transaction
 * committed late gets the next index although its `seq` is older. Several instances at once make
 * one chain, because only one at a time holds the sequencer.
 *
 * @returns how many events were sealed, and the end of the chain after them
 */
export async function sealJournal({
  transaction,
  clock,
  pageSize = 2_000,
}: SealJournalDeps): Promise<Readonly<{ sealed: number; head: SealHead }>> {
  let sealed = 0;
  for (;;) {
    const page = await transaction(async ({ seals }) => {
      await seals.lockSequencer();
      const head = (await seals.head()) ?? GENESIS;
      const added = sealEvents(head, await seals.unsealed(pageSize), clock.now());
      await seals.append(added);
      return { count: added.length, head: added.at(-1) ?? head };
    });
    sealed += page.count;
    if (page.count < pageSize) return { sealed, head: { index: page.head.index, hash: page.head.hash } };
  }
}
