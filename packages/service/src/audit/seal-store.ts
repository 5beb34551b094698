import type { Seal, SealableEvent, SealHead } from "./seal.ts";

/** The chain as one transaction sees it. */
export type SealStore = {
  /** Waits until no other sequencer is at work, and keeps others waiting until the transaction ends. */
  lockSequencer(): Promise<void>;
  head(): Promise<SealHead | undefined>;
  /** Events without a seal, in order of `seq`. */
  unsealed(limit: number): Promise<readonly SealableEvent[]>;
  append(seals: readonly Seal[]): Promise<void>;
};

/** A seal with the event it names; without one when the event is gone. */
export type SealedEvent = Readonly<{ seal: Seal; event?: SealableEvent }>;

/** The chain for someone who only reads it. */
export type SealArchive = {
  /** Up to `limit` seals whose index comes after `after`, in order of index. */
  page(after: bigint, limit: number): Promise<readonly SealedEvent[]>;
  /** Events without a seal; `late` of them stand before an event that is sealed already. */
  countUnsealed(): Promise<Readonly<{ unsealed: number; late: number }>>;
};
