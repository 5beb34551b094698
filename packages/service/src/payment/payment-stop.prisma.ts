import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";
import type { PaymentStops } from "./payment-stop.ts";

const causes = z.array(z.object({ sentence: z.string(), subject: z.string(), detail: z.string() })).readonly();

export function paymentStops(tx: Tx): PaymentStops {
  return {
    async open() {
      const row = await tx.paymentStop.findFirst({ where: { liftedAt: null } });
      return row ? { id: row.id, causes: causes.parse(row.causes), stoppedAt: row.stoppedAt } : undefined;
    },
    async insert({ id, causes, stoppedAt }) {
      const data = { id, stoppedAt, causes: causes.map((cause) => ({ ...cause })) };
      const { count } = await tx.paymentStop.createMany({ data: [data], skipDuplicates: true });
      return count === 1 ? "stopped" : "already";
    },
    async lift(id, lifting) {
      await tx.paymentStop.update({ where: { id }, data: { ...lifting } });
    },
  };
}
