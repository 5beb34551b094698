import type { Tx } from "../platform/store.prisma.ts";
import type { SealableEvent } from "./seal.ts";
import type { SealArchive, SealStore } from "./seal-store.ts";

/** Any constant will do, as long as every instance takes the same one. */
const SEQUENCER = 728_201_901;

export function sealStore(tx: Tx): SealStore {
  return {
    async lockSequencer() {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER}::bigint)`;
    },
    async head() {
      const last = await tx.seal.findFirst({ orderBy: { index: "desc" }, select: { index: true, hash: true } });
      return last ?? undefined;
    },
    unsealed(limit) {
      return tx.$queryRaw<SealableEvent[]>`
        SELECT seq, id, type, subject, actor, at, payload FROM journal_event
        WHERE NOT EXISTS (SELECT FROM seal WHERE event_seq = seq)
        ORDER BY seq LIMIT ${limit}`;
    },
    async append(seals) {
      if (seals.length > 0) await tx.seal.createMany({ data: [...seals] });
    },
  };
}

export function sealArchive(db: Tx): SealArchive {
  return {
    async page(after, limit) {
      const seals = await db.seal.findMany({ where: { index: { gt: after } }, orderBy: { index: "asc" }, take: limit });
      const events = await db.journalEvent.findMany({ where: { seq: { in: seals.map(({ eventSeq }) => eventSeq) } } });
      const bySeq = new Map(events.map((event) => [event.seq, event]));
      return seals.map((seal) => {
        const event = bySeq.get(seal.eventSeq);
        return event ? { seal, event } : { seal };
      });
    },
    async countUnsealed() {
      const [count] = await db.$queryRaw<{ unsealed: number; late: number }[]>`
        SELECT count(*)::int AS unsealed,
          (count(*) FILTER (WHERE seq < (SELECT max(event_seq) FROM seal)))::int AS late
        FROM journal_event WHERE NOT EXISTS (SELECT FROM seal WHERE event_seq = seq)`;
      return count ?? { unsealed: 0, late: 0 };
    },
  };
}
