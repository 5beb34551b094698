import { toEntitlement } from "../entitlement/entitlement.prisma.ts";
import { fen, sumFen } from "../kernel/money.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { OwedStore } from "./payment-store.ts";

export function owedStore(tx: Tx): OwedStore {
  return {
    async lock(ids) {
      const wanted = [...new Set(ids)];
      await tx.$queryRaw`SELECT id FROM entitlement WHERE id = ANY(${wanted}::text[]) ORDER BY id FOR UPDATE`;
      const rows = await tx.entitlement.findMany({ where: { id: { in: wanted } } });
      return new Map(rows.map((row) => [row.id, { entitlement: toEntitlement(row), rowVersion: row.rowVersion }]));
    },
    async setOffOf(entitlementId) {
      const live = await tx.recoveryOffset.findMany({
        where: { entitlementId, status: { in: ["agreed", "applied"] } },
        select: { status: true, amountFen: true },
      });
      const booked = live.filter(({ status }) => status === "applied");
      const sum = (offsets: typeof live) => sumFen(offsets.map(({ amountFen }) => fen(amountFen)));
      return { setOffFen: sum(live), bookedFen: sum(booked) };
    },
    async saveOutcomes(changed) {
      if (changed.length === 0) return;
      const rows = changed.map(({ entitlement }) => ({
        id: entitlement.id,
        status: entitlement.status,
        paid_at: "paidAt" in entitlement ? entitlement.paidAt : null,
      }));
      const count = await tx.$executeRaw`
        UPDATE entitlement SET status = new.status, paid_at = new.paid_at, row_version = row_version + 1
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS new (id text, status text, paid_at timestamptz)
        WHERE entitlement.id = new.id`;
      if (count !== changed.length) throw new Error(`${changed.length - count} entitlements to save do not exist`);
    },
  };
}
