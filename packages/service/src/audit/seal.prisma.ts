import type { Tx } from "../platform/store.prisma.ts";
import type { Seal, SealableEvent } from "./seal.ts";
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
        SELECT seq, id, type, subject, actor, at, payload
        FROM unsealed_event JOIN journal_event ON seq = event_seq
        ORDER BY event_seq LIMIT ${limit}`;
    },
    async append(seals) {
      const column = <Key extends keyof Seal>(key: Key) => seals.map((seal) => seal[key]);
      await tx.$executeRaw`
        INSERT INTO seal (index, event_seq, prev_hash, hash, sealed_at)
        SELECT * FROM unnest(${column("index")}::bigint[], ${column("eventSeq")}::bigint[], ${column("prevHash")}::text[],
          ${column("hash")}::text[], ${column("sealedAt")}::timestamptz[])`;
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
