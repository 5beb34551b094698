import type { Tx } from "../platform/store.prisma.ts";

/** What a demonstration came to: counts from the store, so that a rerun says the same. */
export async function demoCounts(db: Tx) {
  const [firms, policies, decisions, entitlements, paid, returned, published, notices, journalEvents] =
    await Promise.all([
      db.firm.count(),
      db.policyVersion.findMany({ distinct: ["policyId"], select: { policyId: true } }),
      db.$queryRaw<{ outcome: string; count: bigint }[]>`
      SELECT outcome, count(*) AS count FROM (
        SELECT DISTINCT ON (firm_code, policy_id) outcome FROM decision
        ORDER BY firm_code, policy_id, decided_at DESC, id DESC
      ) AS newest GROUP BY outcome`,
      db.entitlement.groupBy({ by: ["status"], _count: true }),
      db.payment.aggregate({ where: { status: "settled" }, _count: true, _sum: { amountFen: true } }),
      db.payment.count({ where: { status: "returned" } }),
      db.disclosure.count(),
      db.inboxMessage.count(),
      db.journalEvent.count(),
    ]);
  const outcome = (name: string) => Number(decisions.find((row) => row.outcome === name)?.count ?? 0);
  const has = (...statuses: readonly string[]) =>
    entitlements.filter(({ status }) => statuses.includes(status)).reduce((sum, { _count }) => sum + _count, 0);
  return {
    firms,
    policies: policies.length,
    decisions: {
      eligible: outcome("eligible"),
      ineligible: outcome("ineligible"),
      undetermined: outcome("undetermined"),
    },
    offered: has("offered", "confirmed", "waitlisted", "declined", "lapsed", "withdrawn", "paid", "received"),
    confirmed: has("confirmed", "waitlisted", "paid", "received"),
    declined: has("declined"),
    lapsed: has("lapsed"),
    paid: paid._count,
    paidFen: String(paid._sum.amountFen ?? 0n),
    returned,
    received: has("received"),
    published,
    notices,
    journalEvents,
  };
}

/** Whether nothing more can happen by itself: no open offer, no money under way, nothing left to publish. */
export async function isQuiet(db: Tx): Promise<boolean> {
  const [open, moving, unpublished] = await Promise.all([
    db.entitlement.count({ where: { status: "offered" } }),
    db.payment.count({ where: { status: { in: ["reserved", "batched", "submitted", "accepted"] } } }),
    db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM payment
      WHERE status = 'settled' AND NOT EXISTS (SELECT FROM disclosure WHERE disclosure.payment_id = payment.id)`,
  ]);
  return open === 0 && moving === 0 && Number(unpublished[0]?.count ?? 0) === 0;
}
