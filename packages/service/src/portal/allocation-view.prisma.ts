import type { Bilingual } from "@apply-free/ui";
import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";

const reason = z.object({ zh: z.string(), en: z.string() });

/** Why a benefit got what it got when its fund was given out to all; `undefined` where that was never. */
export async function allocationOf(db: Tx, entitlementId: string): Promise<Bilingual | undefined> {
  const [row] = await db.$queryRaw<{ because: unknown }[]>`
    SELECT share->'because' AS because FROM entitlement owed
    JOIN fund_allocation allocation ON (allocation.policy_id, allocation.period) = (owed.policy_id, owed.period)
    CROSS JOIN LATERAL jsonb_array_elements(allocation.shares) share
    WHERE owed.id = ${entitlementId} AND share->>'id' = owed.id`;
  return row ? reason.parse(row.because) : undefined;
}
