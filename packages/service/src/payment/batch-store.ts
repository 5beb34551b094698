import type { Fen } from "../kernel/money.ts";
import type { Batch, BatchStatus } from "./batch.ts";
import type { OtherChannel } from "./channel-tables.ts";

/** Payment batches as one transaction sees them. */
export type BatchStore = {
  /** How many were ever drafted. */
  count(): Promise<number>;
  /** How many checkers sign a batch of this amount, by the band in force. */
  checkersFor(totalFen: Fen): Promise<1 | 2>;
  insert(batch: Batch): Promise<void>;
  /** @throws DomainError batch-not-found */
  lock(id: string): Promise<Batch>;
  idOf(messageId: string): Promise<string | undefined>;
  /** Saves the state of a locked batch. */
  save(changed: Batch): Promise<void>;
  idsByStatus(...statuses: readonly BatchStatus[]): Promise<string[]>;
  /** Those of these batches that go by a channel; without one, to the bank. */
  goingBy(channel: OtherChannel | undefined, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Sent batches with a payment that the bank has not said anything about since before `since`. */
  unanswered(since: Date): Promise<Batch[]>;
  /** How the payments of each of these batches stand, as counts. */
  progress(ids: readonly string[]): Promise<ReadonlyMap<string, Progress>>;
};

export type Progress = Readonly<{ open: number; settled: number; notPaid: number }>;
