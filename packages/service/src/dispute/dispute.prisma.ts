import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Prisma, Dispute as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Dispute, DisputedFact, DisputeTerms } from "./dispute.ts";
import type { DisputeStore } from "./dispute-store.ts";

export function disputeStore(tx: Tx): DisputeStore {
  return {
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM dispute WHERE id = ${id} FOR UPDATE`;
      const row = await tx.dispute.findUnique({ where: { id } });
      if (row) return toDispute(row);
      throw new DomainError("dispute-not-found", "没有这项异议。No such dispute.", { id });
    },
    async openOf(firmCode, factId) {
      const row = await tx.dispute.findFirst({ where: { firmCode, factId, status: "open" } });
      return row ? toDispute(row) : undefined;
    },
    countOf(firmCode, factId) {
      return tx.dispute.count({ where: { firmCode, factId } });
    },
    async insert({ evidence, disputed, answerBy, ...dispute }) {
      const { id, firmCode, factId, sourceId, claim, grounds, openedBy, openedAt, status } = dispute;
      await tx.dispute.create({
        data: {
          ...{ id, firmCode, factId, sourceId, claim, grounds, openedBy, openedAt, status },
          disputed: disputed as Prisma.InputJsonObject,
          answerBy: dayToDate(answerBy),
          ...(evidence && { evidenceName: evidence.name, evidence: Uint8Array.from(evidence.bytes) }),
        },
      });
    },
    async save(dispute) {
      if (dispute.status === "open") throw new Error(`${dispute.id} is open, and nothing of it can have changed`);
      const { id, status, closedBy, closedAt } = dispute;
      const answer = dispute.status === "withdrawn" ? null : dispute.answer;
      const deliveryId = dispute.status === "corrected" ? dispute.deliveryId : null;
      await tx.dispute.update({ where: { id }, data: { status, closedBy, closedAt, answer, deliveryId } });
    },
  };
}

export function toDispute(row: Row): Dispute {
  const { id, firmCode, factId, sourceId, claim, grounds, openedBy, openedAt, evidenceName, evidence } = row;
  const terms: DisputeTerms = {
    ...{ id, firmCode, factId, sourceId, claim, grounds, openedBy, openedAt },
    disputed: row.disputed as unknown as DisputedFact,
    answerBy: dateToDay(row.answerBy),
    ...(evidenceName !== null && evidence !== null && { evidence: { name: evidenceName, bytes: evidence } }),
  };
  return { ...terms, ...stateIn.parse(row) };
}

const closed = { closedBy: z.string(), closedAt: z.date() };
const stateIn = z.discriminatedUnion("status", [
  z.object({ status: z.literal("open") }),
  z.object({ status: z.literal("corrected"), ...closed, answer: z.string(), deliveryId: z.string() }),
  z.object({ status: z.literal("upheld"), ...closed, answer: z.string() }),
  z.object({ status: z.literal("withdrawn"), ...closed }),
]);
