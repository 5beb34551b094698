import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";
import type { NearMissStore } from "./near-miss.ts";

export const missKind = z.enum(["change", "credit", "missing"]);

export function nearMissStore(tx: Tx): NearMissStore {
  return {
    async liveOf(firmCodes) {
      const rows = await tx.nearMiss.findMany({ where: { firmCode: { in: [...firmCodes] }, endedAt: null } });
      return rows.map(({ endedAt: _, endedAs: __, kind, ...row }) => ({ ...row, kind: missKind.parse(kind) }));
    },
    async open(misses) {
      if (misses.length > 0) await tx.nearMiss.createMany({ data: [...misses], skipDuplicates: true });
    },
    async end(ids, endedAs, endedAt) {
      if (ids.length > 0) await tx.nearMiss.updateMany({ where: { id: { in: [...ids] } }, data: { endedAs, endedAt } });
    },
  };
}
