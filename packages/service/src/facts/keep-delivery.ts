import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { DeliveredFact } from "./settle-firm.ts";

export type KeepStores = Readonly<{ deliveries: DeliveryStore; journal: Journal }>;

/**
 * When a delivery of this source arrives that is on its way now; others of the source wait. Two never
 * arrive in the same instant, so that the later one is the newer.
 */
export async function arrivalOf(deliveries: DeliveryStore, sourceId: string, now: Date): Promise<Date> {
  const last = await deliveries.begin(sourceId);
  return last && last >= now ? new Date(last.getTime() + 1) : now;
}

export function deliveryId({ sourceId, sha256, asOf }: Pick<Delivery, "sourceId" | "sha256" | "asOf">): string {
  return derivedId("delivery", sourceId, sha256, asOf);
}

/** Says in the journal that a delivery came, in the transaction that writes it. */
export async function sayImported({ journal }: Pick<KeepStores, "journal">, delivery: Delivery): Promise<void> {
  const { id: subject, sourceId, sha256, rowsGood, rowsBad, importedBy: actor, obtainedAt: at } = delivery;
  const payload = { sourceId, sha256, rowsGood, rowsBad };
  await journal.append({ type: "delivery-imported", subject, actor, at, payload });
}

/** Where a statement comes from that a person made by hand, and when. */
export type StatementOrigin = Omit<Delivery, "id" | "isComplete" | "rowsGood" | "rowsBad">;

/** Keeps what a person said of one firm as a delivery of its own. @returns its id */
export async function keepStatement(
  stores: KeepStores,
  origin: StatementOrigin,
  facts: readonly DeliveredFact[],
): Promise<string> {
  const id = deliveryId(origin);
  const delivery = { ...origin, id, isComplete: false, rowsGood: 1, rowsBad: 0 };
  await stores.deliveries.insert(delivery, [], facts);
  await sayImported(stores, delivery);
  return id;
}
