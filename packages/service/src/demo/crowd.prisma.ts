import { dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CrowdView } from "./crowd.ts";

export function crowdView(db: Tx): CrowdView {
  return {
    async openOffers(now) {
      const rows = await db.entitlement.findMany({
        where: { status: "offered", confirmBefore: { gt: now } },
        orderBy: [{ firmCode: "asc" }, { id: "asc" }],
        select: { id: true, firmCode: true, amountFen: true, offeredAt: true },
      });
      return rows.map(({ id, offeredAt, ...row }) => ({ ...row, entitlementId: id, offeredOn: dayOf(offeredAt) }));
    },
    async unconfirmedReceipts() {
      const rows = await db.entitlement.findMany({
        where: { status: "paid" },
        orderBy: { id: "asc" },
        select: { id: true, firmCode: true, paidAt: true },
      });
      return rows.flatMap(({ id, firmCode, paidAt }) =>
        paidAt ? [{ entitlementId: id, firmCode, paidOn: dayOf(paidAt) }] : [],
      );
    },
    async refusedAccounts() {
      const payments = await db.payment.findMany({ orderBy: { attempt: "asc" } });
      const newest = new Map(payments.map((payment) => [payment.entitlementId, payment]));
      const refused = [...newest.values()].filter(({ status }) => status === "returned" || status === "rejected");
      const accounts = await db.bankAccount.findMany({
        where: { id: { in: refused.map(({ bankAccountId }) => bankAccountId) }, status: "active" },
        orderBy: { firmCode: "asc" },
      });
      const events = await db.journalEvent.findMany({
        where: { subject: { in: refused.map(({ id }) => id) }, type: { in: ["payment-returned", "payment-rejected"] } },
        select: { subject: true, at: true },
      });
      const refusedAt = new Map(events.map(({ subject, at }) => [subject, at]));
      return accounts.flatMap(({ id, firmCode, accountNo, bankName, bankCode }) => {
        const payment = refused.find(({ bankAccountId }) => bankAccountId === id);
        const at = payment && refusedAt.get(payment.id);
        return at ? [{ firmCode, accountNo, bankName, bankCode, refusedOn: dayOf(at) }] : [];
      });
    },
    draftedBatches: () =>
      db.paymentBatch.findMany({
        where: { status: "drafted" },
        orderBy: { draftedAt: "asc" },
        select: { id: true, sha256: true },
      }),
  };
}
