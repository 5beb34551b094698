import type { EventType } from "../kernel/event.ts";
import type { JournalEvent, Prisma, Seal } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { JournalEntry, JournalListing } from "./journal-listing.ts";

export function journalListing(db: Tx): JournalListing {
  return {
    async page({ type, subject, actor, from, until, before, limit = 50 }) {
      const where = {
        ...(type !== undefined && { type }),
        ...(subject !== undefined && { subject }),
        ...(actor !== undefined && { actor }),
        ...((from || until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
        ...(before !== undefined && { seq: { lt: before } }),
      };
      const found = await db.journalEvent.findMany({ where, orderBy: { seq: "desc" }, take: limit + 1 });
      const entries = await withSeals(db, found.slice(0, limit));
      const last = entries.at(-1);
      return found.length > limit && last ? { entries, next: last.seq } : { entries };
    },
  };
}

/** The events that match, in order of the journal. */
export async function journalEntries(db: Tx, where: Prisma.JournalEventWhereInput): Promise<JournalEntry[]> {
  return withSeals(db, await db.journalEvent.findMany({ where, orderBy: { seq: "asc" } }));
}

async function withSeals(db: Tx, events: readonly JournalEvent[]): Promise<JournalEntry[]> {
  const seals = await db.seal.findMany({ where: { eventSeq: { in: events.map(({ seq }) => seq) } } });
  const bySeq = new Map(seals.map((seal) => [seal.eventSeq, seal]));
  return events.map((event) => toEntry(event, bySeq.get(event.seq)));
}

function toEntry({ type, payload, ...event }: JournalEvent, seal: Seal | undefined): JournalEntry {
  return {
    ...event,
    type: type as EventType,
    payload: payload as Record<string, unknown>,
    ...(seal && { seal: { index: seal.index, hash: seal.hash } }),
  };
}
