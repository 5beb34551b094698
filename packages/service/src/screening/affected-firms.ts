import { isDeepStrictEqual } from "node:util";
import type { Json } from "@apply-free/rules";
import { resolveDelivery } from "../facts/delivery-file.ts";
import type { DeliverySource } from "../facts/delivery-source.ts";
import type { ImportDeps } from "../facts/import-delivery.ts";
import { settleDelivery } from "../facts/settle-delivery.ts";
import type { Said } from "./observation.ts";
import type { PredecessorStore } from "./quarantine-store.ts";
import type { ReceiveStores } from "./receive-delivery.ts";
import { saidBy } from "./said-by.ts";
import { fileOf } from "./settle-quarantine.ts";

/** One firm of which a held delivery says something else than the one before it. */
export type AffectedFirm = Readonly<{ firmCode: string; firmName: string; changes: readonly FactChange[] }>;
export type FactChange = Readonly<{ id: string; before: Json | undefined; now: Json }>;

/**
 * Whom a held delivery would touch, so that they can be looked at before anyone complains (未诉先办).
 * Firms without any change are left out. @throws DomainError quarantine-not-found
 */
export async function affectedFirms<Stores extends ReceiveStores>(
  deps: ImportDeps<Stores>,
  id: string,
): Promise<AffectedFirm[]> {
  return deps.transaction(async (stores) => {
    const file = fileOf(await stores.quarantine.get(id), await stores.quarantine.bytesOf(id));
    const resolved = await resolveDelivery(deps, file);
    const { source } = resolved;
    const latest = await stores.predecessors.latest(source.id);
    const affected: AffectedFirm[] = [];
    const settled = await settleDelivery(stores, file, resolved, {
      isLook: true,
      async onSaid(said) {
        for (const firms of someAtATime(saidBy(said))) {
          const changed = await changesSince(stores.predecessors, source, latest?.deliveryId, firms);
          const names = await stores.registry.namesOf([...changed.keys()]);
          for (const [firmCode, changes] of changed) {
            affected.push({ firmCode, firmName: names.get(firmCode) ?? "", changes });
          }
        }
      },
      conclude: async () => affected,
    });
    return "outcome" in settled ? [] : settled;
  });
}

type ByFirm = ReadonlyMap<string, readonly Said[]>;

/** Firms that are compared by one query. */
const FIRMS = 2_000;

function* someAtATime(said: readonly Said[]): Iterable<ByFirm> {
  const byFirm = [...Map.groupBy(said, ({ firmCode }) => firmCode)];
  for (let start = 0; start < byFirm.length; start += FIRMS) yield new Map(byFirm.slice(start, start + FIRMS));
}

/** What is said otherwise than before, of those firms of whom there is any. */
async function changesSince(
  predecessors: PredecessorStore,
  source: DeliverySource,
  deliveryId: string | undefined,
  firms: ByFirm,
): Promise<ReadonlyMap<string, readonly FactChange[]>> {
  const earlier = deliveryId === undefined ? [] : await predecessors.saidOf(source, deliveryId, [...firms.keys()]);
  const before = new Map(earlier.map(({ firmCode, id, value }) => [`${firmCode} ${id}`, value]));
  const changed = [...firms].map(([firmCode, said]) => {
    const changes = said.map(({ id, value: now }) => ({ id, before: before.get(`${firmCode} ${id}`), now }));
    return [firmCode, changes.filter((change) => !isDeepStrictEqual(change.before, change.now))] as const;
  });
  return new Map(changed.filter(([, changes]) => changes.length > 0));
}
