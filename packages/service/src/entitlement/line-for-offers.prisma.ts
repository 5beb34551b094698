import type { Tx } from "../platform/store.prisma.ts";
import type { LineSuccessions } from "./line-for-offers.ts";

export function lineSuccessions(tx: Tx): LineSuccessions {
  return {
    async list() {
      const rows = await tx.carryOver.findMany({ orderBy: [{ at: "asc" }, { toLine: "asc" }, { document: "asc" }] });
      return rows.map(({ fromLine, toLine, at }) => ({ from: fromLine, to: toLine, at }));
    },
  };
}
