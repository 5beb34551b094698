import { isDeepStrictEqual } from "node:util";
import type { Json } from "@apply-free/rules";
import { type ImportDeps, readDelivery, resolveDelivery, settleDelivery } from "../facts/import-delivery.ts";
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
  const file = await deps.transaction(async ({ quarantine }) =>
    fileOf(await quarantine.get(id), await quarantine.bytesOf(id)),
  );
  const read = await readDelivery(file, resolveDelivery(deps, file));
  return deps.transaction(async (stores) => {
    const settled = await settleDelivery(stores, file, read);
    if (settled.outcome === "repeated") return [];
    const latest = await stores.predecessors.latest(file.sourceId);
    const earlier = latest ? await stores.predecessors.said(read.source, latest.deliveryId, {}) : [];
    const before = new Map(earlier.map(({ firmCode, id: column, value }) => [`${firmCode} ${column}`, value]));
    const names = await stores.registry.names();
    const changed = saidBy(settled.content).filter(
      ({ firmCode, id: column, value }) => !isDeepStrictEqual(before.get(`${firmCode} ${column}`), value),
    );
    return [...Map.groupBy(changed, ({ firmCode }) => firmCode)].map(([firmCode, statements]) => ({
      firmCode,
      firmName: names.get(firmCode) ?? "",
      changes: statements.map(({ id: column, value: now }) => ({
        id: column,
        before: before.get(`${firmCode} ${column}`),
        now,
      })),
    }));
  });
}
