import type { Tx } from "../platform/store.prisma.ts";
import type { CarryOvers } from "./payment-store.ts";

export function carryOvers(tx: Tx): CarryOvers {
  return {
    async openOn(line) {
      const rows = await tx.entitlement.findMany({
        where: { budgetLine: line, status: { in: ["offered", "declined", "confirmed", "waitlisted"] } },
        select: { id: true },
        orderBy: { id: "asc" },
      });
      return rows.map(({ id }) => id);
    },
    async insert({ from, to, document, actor, at }) {
      const data = [{ fromLine: from, toLine: to, document, actor, at }];
      await tx.carryOver.createMany({ data, skipDuplicates: true });
    },
  };
}
