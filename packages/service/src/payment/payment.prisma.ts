import { z } from "zod";
import { dateToDay } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Payment as Row } from "../platform/generated/client.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { otherChannels } from "./channel-tables.ts";
import { type Payment, termsOf } from "./payment.ts";
import type { PaymentStore } from "./payment-store.ts";

export function paymentStore(tx: Tx): PaymentStore {
  const lock = async (which: Prisma.Sql) => {
    const locked = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM payment WHERE ${which} ORDER BY id FOR UPDATE`;
    if (locked.length === 0) return [];
    const rows = await tx.payment.findMany({
      where: { id: { in: locked.map(({ id }) => id) } },
      orderBy: [{ createdAt: "asc" }, { attempt: "asc" }, { id: "asc" }],
    });
    return rows.map(toPayment);
  };
  return {
    async insert(payment) {
      const { count } = await tx.payment.createMany({
        data: [{ ...termsOf(payment), status: payment.status }],
        skipDuplicates: true,
      });
      return count === 1 ? "inserted" : "already";
    },
    lockOf: (entitlementIds) => lock(Prisma.sql`entitlement_id = ANY(${[...entitlementIds]}::text[])`),
    async reservedFor() {
      const rows = await tx.payment.findMany({ where: { status: "reserved" }, select: { entitlementId: true } });
      return rows.map(({ entitlementId }) => entitlementId);
    },
    async entitlementsOf(endToEndIds) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT entitlement_id AS id FROM payment WHERE end_to_end_id = ANY(${[...endToEndIds]}::text[])`;
      return rows.map(({ id }) => id);
    },
    lockReserved: () => lock(Prisma.sql`status = 'reserved'`),
    lockBatch: (batchId) => lock(Prisma.sql`batch_id = ${batchId}`),
    lockByEndToEndId: (ids) => lock(Prisma.sql`end_to_end_id = ANY(${[...ids]}::text[])`),
    async saveAll(changed) {
      if (changed.length === 0) return;
      const count = await tx.$executeRaw`
        UPDATE payment SET status = new.status, batch_id = new.batch_id, reason_code = new.reason_code,
          reason = new.reason, settled_on = new.settled_on, row_version = row_version + 1
        FROM jsonb_to_recordset(${JSON.stringify(changed.map(toChange))}::jsonb) AS new
          (id text, status text, batch_id text, reason_code text, reason text, settled_on date)
        WHERE payment.id = new.id`;
      if (count !== changed.length) throw new Error(`${changed.length - count} payments to save do not exist`);
    },
    async purposesOf(ids) {
      const rows = await tx.$queryRaw<{ id: string; title: string }[]>`
        SELECT payment.id, policy_version.title FROM payment
        JOIN entitlement ON entitlement.id = payment.entitlement_id
        JOIN policy_version ON policy_version.id = entitlement.policy_version_id
        WHERE payment.id = ANY(${[...ids]}::text[])`;
      return new Map(rows.map(({ id, title }) => [id, title]));
    },
  };
}

function toChange(payment: Payment) {
  return {
    id: payment.id,
    status: payment.status,
    batch_id: "batchId" in payment ? payment.batchId : null,
    reason_code: "reasonCode" in payment ? payment.reasonCode : null,
    reason: "reason" in payment ? (payment.reason ?? null) : null,
    settled_on: "settledOn" in payment ? (payment.settledOn ?? null) : null,
  };
}

const terms = {
  id: z.string(),
  entitlementId: z.string(),
  attempt: z.int(),
  endToEndId: z.string(),
  budgetLine: z.string(),
  amountFen: z.bigint().transform(fen),
  bankAccountId: z.string(),
  holderName: z.string(),
  accountNo: z.string(),
  accountIndex: z.string(),
  bankCode: z.string(),
  channel: z.enum(otherChannels).exactOptional(),
  createdAt: z.date(),
};
const inBatch = { batchId: z.string() };
const refusal = { reasonCode: z.string(), reason: z.string().exactOptional() };
const settledOn = z.date().transform(dateToDay);

const stored = z.discriminatedUnion("status", [
  z.object({ ...terms, status: z.literal("reserved"), reason: z.string().exactOptional() }),
  z.object({ ...terms, status: z.literal("voided"), reason: z.string() }),
  z.object({ ...terms, ...inBatch, status: z.literal("batched") }),
  z.object({ ...terms, ...inBatch, status: z.literal("submitted") }),
  z.object({ ...terms, ...inBatch, status: z.literal("accepted") }),
  z.object({ ...terms, ...inBatch, status: z.literal("settled"), settledOn }),
  z.object({ ...terms, ...inBatch, ...refusal, status: z.literal("rejected") }),
  z.object({ ...terms, ...inBatch, ...refusal, status: z.literal("returned"), settledOn: settledOn.exactOptional() }),
]);

export function toPayment(row: Row): Payment {
  const { channel, ...rest } = row;
  const by = channel === "bank-transfer" ? {} : { channel };
  const known = { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)), ...by };
  return stored.parse(known);
}
