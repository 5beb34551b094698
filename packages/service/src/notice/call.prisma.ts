import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { FirmCall as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { FirmCall } from "./call.ts";
import type { CallStore } from "./call-store.ts";

export function callStore(tx: Tx): CallStore {
  return {
    async open(firmCode, reason, openedAt) {
      const nth = await tx.firmCall.count({ where: { firmCode } });
      const row = { id: derivedId("call", firmCode, nth), firmCode, reason, status: "open" as const, openedAt };
      const { count } = await tx.firmCall.createMany({ data: [row], skipDuplicates: true });
      return count === 1 ? { ...row, attempts: 0 } : undefined;
    },
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM firm_call WHERE id = ${id} FOR UPDATE`;
      const row = await tx.firmCall.findUnique({ where: { id } });
      if (row) return toCall(row, await tx.callAttempt.count({ where: { callId: id } }));
      throw new DomainError("call-not-found", "没有这条待联系记录。No such call.", { id });
    },
    async listNeedless() {
      const ids = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM firm_call call WHERE status = 'open' AND (
          call.reason = 'unproved' AND NOT EXISTS (
            SELECT FROM entitlement owed WHERE owed.firm_code = call.firm_code AND owed.status = 'offered'
              AND NOT EXISTS (SELECT FROM notice_proof proof
                WHERE entitlement_id = owed.id AND offered_at = owed.offered_at
                  AND NOT EXISTS (SELECT FROM withdrawn_proof WHERE evidence = proof.evidence)))
          OR EXISTS (SELECT FROM inbox_message WHERE firm_code = call.firm_code AND read_at >= call.opened_at))
        ORDER BY opened_at, id`;
      const rows = await tx.firmCall.findMany({ where: { id: { in: ids.map(({ id }) => id) } } });
      return rows.map((row) => toCall(row, 0));
    },
    async attempt(attempt) {
      await tx.callAttempt.create({ data: attempt });
    },
    async save(call) {
      if (call.status === "open") throw new Error(`${call.id} is open, and nothing of it can have changed`);
      const { id, status, closedBy, closedAt } = call;
      await tx.firmCall.update({ where: { id }, data: { status, closedBy, closedAt } });
    },
  };
}

const reason = z.enum(["unproved", "undeliverable"]);
const state = z.discriminatedUnion("status", [
  z.object({ status: z.literal("open") }),
  z.object({ status: z.literal("closed"), closedBy: z.string(), closedAt: z.date() }),
]);

function toCall(row: Row, attempts: number): FirmCall {
  const { id, firmCode, openedAt } = row;
  return { id, firmCode, reason: reason.parse(row.reason), openedAt, attempts, ...state.parse(row) };
}
