import type { EventType } from "../kernel/event.ts";

/** One event as an auditor reads it, with its place in the sealed chain once it has one. */
export type JournalEntry = Readonly<{
  seq: bigint;
  id: string;
  type: EventType;
  subject: string;
  actor: string;
  at: Date;
  payload: Readonly<Record<string, unknown>>;
  seal?: Readonly<{ index: bigint; hash: string }>;
}>;

export type JournalFilter = Readonly<{
  type?: EventType;
  subject?: string;
  actor?: string;
  from?: Date;
  /** Exclusive. */
  until?: Date;
  /** Entries older than this `seq`: the last one of the page before. */
  before?: bigint;
  /** 1 to 200; 50 when not given. */
  limit?: number;
}>;

export type JournalPage = Readonly<{
  /** Newest first. */
  entries: readonly JournalEntry[];
  /** For `before`, while there is more. */
  next?: bigint;
}>;

/** Reading the journal; there is nothing else one can do with it. */
export type JournalListing = { page(filter: JournalFilter): Promise<JournalPage> };
