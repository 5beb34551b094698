import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { PaymentBatch as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type Batch, draftOf } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";
import { otherChannels } from "./channel-tables.ts";

export function batchStore(tx: Tx): BatchStore {
  return {
    count: () => tx.paymentBatch.count(),
    async checkersFor(totalFen) {
      const [row] = await tx.$queryRaw<{ needed: number }[]>`SELECT checkers_needed(${totalFen}) AS needed`;
      return row?.needed === 1 ? 1 : 2;
    },
    async insert(batch) {
      await tx.paymentBatch.create({ data: { ...draftOf(batch), status: batch.status } });
    },
    async lock(id) {
      await tx.$queryRaw`SELECT id FROM payment_batch WHERE id = ${id} FOR UPDATE`;
      const row = await tx.paymentBatch.findUnique({ where: { id } });
      if (!row) throw new DomainError("batch-not-found", "没有找到这个拨付批次。No such payment batch.", { id });
      return toBatch(row);
    },
    async idOf(messageId) {
      return (await tx.paymentBatch.findUnique({ where: { messageId }, select: { id: true } }))?.id;
    },
    async save(changed) {
      // The file is fixed since it was drafted.
      const { id, file: _, ...data } = { ...changed };
      await tx.paymentBatch.update({ where: { id }, data });
    },
    async idsByStatus(...statuses) {
      const rows = await tx.paymentBatch.findMany({
        where: { status: { in: [...statuses] } },
        orderBy: [{ draftedAt: "asc" }, { id: "asc" }],
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    async goingBy(channel, ids) {
      const where = { id: { in: [...ids] }, channel: channel ?? "bank-transfer" };
      return new Set((await tx.paymentBatch.findMany({ where, select: { id: true } })).map(({ id }) => id));
    },
    async unanswered(since) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT batch.id FROM payment_batch AS batch WHERE batch.status = 'sent' AND batch.sent_at < ${since}::timestamptz
          AND EXISTS (SELECT 1 FROM payment WHERE payment.batch_id = batch.id AND payment.status = 'submitted')
        ORDER BY batch.drafted_at, batch.id`;
      const batches = await tx.paymentBatch.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        orderBy: [{ draftedAt: "asc" }, { id: "asc" }],
      });
      return batches.map(toBatch);
    },
    async progress(ids) {
      const rows = await tx.$queryRaw<{ id: string; open: number; settled: number; notPaid: number }[]>`
        SELECT batch_id AS id,
          (count(*) FILTER (WHERE status IN ('batched', 'submitted', 'accepted')))::int AS open,
          (count(*) FILTER (WHERE status = 'settled'))::int AS settled,
          (count(*) FILTER (WHERE status IN ('rejected', 'returned')))::int AS "notPaid"
        FROM payment WHERE batch_id = ANY(${[...ids]}::text[]) GROUP BY batch_id`;
      return new Map(rows.map(({ id, ...progress }) => [id, progress]));
    },
  };
}

const draft = {
  id: z.string(),
  messageId: z.string(),
  maker: z.string(),
  count: z.int(),
  totalFen: z.bigint().transform(fen),
  sha256: z.string(),
  file: z.string(),
  draftedAt: z.date(),
  channel: z.enum(otherChannels).exactOptional(),
  checkersNeeded: z.literal([1, 2]),
  firstChecker: z.string().exactOptional(),
  firstCheckedAt: z.date().exactOptional(),
  firstSha256: z.string().exactOptional(),
};
const approval = { checker: z.string(), approvedAt: z.date() };
const stored = z.discriminatedUnion("status", [
  z.object({ ...draft, status: z.literal("drafted") }),
  z.object({ ...draft, status: z.literal("cancelled"), closedAt: z.date() }),
  z.object({ ...draft, ...approval, status: z.literal("approved") }),
  z.object({ ...draft, ...approval, status: z.literal("sending") }),
  z.object({ ...draft, ...approval, status: z.literal("sent"), sentAt: z.date() }),
  z.object({ ...draft, ...approval, status: z.literal("closed"), sentAt: z.date(), closedAt: z.date() }),
]);

export function toBatch(row: Row): Batch {
  const { channel, ...rest } = row;
  const by = channel === "bank-transfer" ? {} : { channel };
  return stored.parse({ ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)), ...by });
}
