import { canonicalJson } from "../kernel/digest.ts";
import type { DomainEvent, EventType, Journal, RecordedEvent } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Prisma } from "./generated/client.ts";
import type { Tx } from "./store.prisma.ts";

/** The journal of one transaction. */
export function journalOn(tx: Tx): Journal {
  return {
    async append({ type, subject, actor, at, payload }) {
      const id = derivedId("event", type, subject, actor, at.toISOString(), canonicalJson(payload));
      await tx.journalEvent.create({
        data: { id, type, subject, actor, at, payload: payload as Prisma.InputJsonObject },
      });
    },
  };
}

type EventRow = { seq: bigint; id: string; type: string; subject: string; actor: string; at: Date; payload: unknown };

/** A row read back as the event it was written as: only `append` above writes them. */
export function toRecordedEvent(row: EventRow): RecordedEvent {
  const event = {
    type: row.type as EventType,
    subject: row.subject,
    actor: row.actor,
    at: row.at,
    payload: row.payload,
  };
  return { ...(event as DomainEvent), seq: row.seq, id: row.id };
}
