import type { OfferBeside } from "@apply-free/ui";
import { toTerms } from "../entitlement/stacking-terms.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";

/** What other benefits make of these offers, by entitlement id; none where no policy says anything about it. */
export async function termsBeside(
  db: Tx,
  entitlementIds: readonly string[],
): Promise<ReadonlyMap<string, OfferBeside>> {
  const rows = await db.stackingTerms.findMany({ where: { entitlementId: { in: [...entitlementIds] } } });
  return new Map(
    rows
      .map(toTerms)
      .map(({ entitlementId, isProposed, reasons, choices }) => [entitlementId, { isProposed, reasons, choices }]),
  );
}
