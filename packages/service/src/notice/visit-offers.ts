import type { Entitlement } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/transaction.ts";

export type OfferDeps<Stores> = Readonly<{
  transaction: Transaction<Stores & Readonly<{ entitlements: EntitlementStore }>>;
  clock: Clock;
}>;

type Visit<Stores> = (stores: Stores, offer: Versioned, now: Date) => Promise<boolean>;

/**
 * One transaction per offer that ends before an instant: one firm's trouble never holds up the others.
 * @returns number of offers of which `visit` says that it changed them
 */
export async function visitOffers<Stores>(
  { transaction, clock }: OfferDeps<Stores>,
  endingBefore: (now: Date) => Date,
  isDue: (offer: Entitlement, now: Date) => boolean,
  visit: Visit<Stores>,
): Promise<number> {
  const now = clock.now();
  const open = await transaction(({ entitlements }) => entitlements.listOfferedEndingBefore(endingBefore(now)));
  let changed = 0;
  for (const { entitlement } of open.filter((offer) => isDue(offer.entitlement, now))) {
    const acted = await transaction(async (stores) => {
      const current = await stores.entitlements.get(entitlement.id);
      if (current.entitlement.status !== "offered" || !isDue(current.entitlement, now)) return false;
      return visit(stores, current, now);
    });
    if (acted) changed += 1;
  }
  return changed;
}
