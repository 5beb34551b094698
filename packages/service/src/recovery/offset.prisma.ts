import { z } from "zod";
import { offsetPaidKey } from "../budget/posting.ts";
import { fen } from "../kernel/money.ts";
import type { RecoveryOffset as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Offset, OffsetStore } from "./offset.ts";

export function offsetStore(tx: Tx): OffsetStore {
  return {
    async liveOf(entitlementId) {
      const row = await tx.recoveryOffset.findFirst({
        where: { entitlementId, status: { in: ["agreed", "applied"] } },
      });
      return row ? toOffset(row) : undefined;
    },
    countOf: (recoveryId, entitlementId) => tx.recoveryOffset.count({ where: { recoveryId, entitlementId } }),
    async paidFrom(id) {
      const where = { businessKey: offsetPaidKey(id), bucket: "paid" };
      return (await tx.posting.findFirstOrThrow({ where, select: { budgetLine: true } })).budgetLine;
    },
    async insert(offset) {
      await tx.recoveryOffset.create({ data: offset });
    },
    async save(offset) {
      const settledAt = offset.status === "agreed" ? null : offset.settledAt;
      await tx.recoveryOffset.update({ where: { id: offset.id }, data: { status: offset.status, settledAt } });
    },
  };
}

const terms = {
  id: z.string(),
  recoveryId: z.string(),
  entitlementId: z.string(),
  amountFen: z.bigint().transform(fen),
  basis: z.enum(["consent", "law"]),
  ground: z.string(),
  agreedBy: z.string(),
  agreedAt: z.date(),
};
const stored = z.discriminatedUnion("status", [
  z.object({ ...terms, status: z.literal("agreed") }),
  z.object({ ...terms, status: z.literal("applied"), settledAt: z.date() }),
  z.object({ ...terms, status: z.literal("fell-away"), settledAt: z.date() }),
]);

export function toOffset(row: Row): Offset {
  return stored.parse(row);
}
