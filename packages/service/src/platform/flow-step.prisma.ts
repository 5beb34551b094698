import type { RecordedEvent } from "../kernel/event.ts";
import { Prisma } from "./generated/client.ts";
import { toRecordedEvent } from "./journal.prisma.ts";
import type { Tx } from "./store.prisma.ts";

/** An event and a step that has not dealt with it yet. */
export type PendingStep = Readonly<{ event: RecordedEvent; step: string; attempts: number }>;

/** Which step has dealt with which event. */
export type FlowSteps = {
  /** In order of the journal; a step that failed waits longer each time before it is tried again. */
  pending(
    subscriptions: readonly Readonly<{ type: string; step: string }>[],
    now: Date,
    limit: number,
  ): Promise<PendingStep[]>;
  /** Marks a step done, in the transaction of its changes. `false` = somebody else has done it. */
  claim(seq: bigint, step: string, now: Date): Promise<boolean>;
  fail(seq: bigint, step: string, error: string, now: Date): Promise<void>;
};

type Row = {
  seq: bigint;
  id: string;
  type: string;
  subject: string;
  actor: string;
  at: Date;
  payload: unknown;
  step: string;
  attempts: number | null;
};

export function flowSteps(tx: Tx): FlowSteps {
  return {
    async pending(subscriptions, now, limit) {
      if (subscriptions.length === 0) return [];
      const wanted = Prisma.join(subscriptions.map(({ type, step }) => Prisma.sql`(${type}, ${step})`));
      const rows = await tx.$queryRaw<Row[]>`
        SELECT event.seq, event.id, event.type, event.subject, event.actor, event.at, event.payload,
               wanted.step, done.attempts
        FROM (VALUES ${wanted}) AS wanted (type, step)
        JOIN journal_event AS event ON event.type = wanted.type
        LEFT JOIN flow_step AS done ON done.event_seq = event.seq AND done.step = wanted.step
        WHERE done.event_seq IS NULL
           OR (done.status = 'failed' AND done.at + least(done.attempts, 60) * interval '1 minute' <= ${now}::timestamptz)
        ORDER BY event.seq, wanted.step
        LIMIT ${limit}`;
      return rows.map(({ step, attempts, ...row }) => ({ event: toRecordedEvent(row), step, attempts: attempts ?? 0 }));
    },
    async claim(seq, step, now) {
      const claimed = await tx.$executeRaw`
        INSERT INTO flow_step (event_seq, step, status, at) VALUES (${seq}, ${step}, 'done', ${now}::timestamptz)
        ON CONFLICT (event_seq, step) DO UPDATE SET status = 'done', error = NULL, at = excluded.at
        WHERE flow_step.status = 'failed'`;
      return claimed === 1;
    },
    async fail(seq, step, error, now) {
      await tx.$executeRaw`
        INSERT INTO flow_step (event_seq, step, status, error, at)
        VALUES (${seq}, ${step}, 'failed', ${error.slice(0, 500)}, ${now}::timestamptz)
        ON CONFLICT (event_seq, step) DO UPDATE
        SET attempts = flow_step.attempts + 1, error = excluded.error, at = excluded.at
        WHERE flow_step.status = 'failed'`;
    },
  };
}
