import type { Tx } from "../platform/store.prisma.ts";
import type { Paid } from "./policy-view.ts";

/** By policy; one that was never paid answers zero. */
export async function paidByPolicy(db: Tx): Promise<(policyId: string) => Paid> {
  const groups = await db.entitlement.groupBy({
    by: ["policyId"],
    where: { status: { in: ["paid", "received"] } },
    _count: true,
    _sum: { amountFen: true },
  });
  const paid = new Map(
    groups.map(({ policyId, _count, _sum }) => [policyId, { count: _count, fen: _sum.amountFen ?? 0n }]),
  );
  return (policyId) => paid.get(policyId) ?? { count: 0, fen: 0n };
}
