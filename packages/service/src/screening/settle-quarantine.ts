import type { ByteSource } from "../facts/byte-source.ts";
import { type DeliveryFile, resolveDelivery } from "../facts/delivery-file.ts";
import { type ImportDeps, takeOver } from "../facts/import-delivery.ts";
import { type DeliveryReport, settleDelivery } from "../facts/settle-delivery.ts";
import { derivedId } from "../kernel/id.ts";
import { type Quarantined, reject, release, type Word } from "./quarantine.ts";
import type { ReceiveStores } from "./receive-delivery.ts";

type SettleDeps<Stores extends ReceiveStores> = ImportDeps<Stores>;
type Order = Readonly<{ id: string; by: string; reason: string }>;

/** `endorsed`: the first of two said so; the second has to follow. */
export type ReleaseResult =
  | Readonly<{ outcome: "endorsed"; quarantined: Quarantined }>
  | Readonly<{ outcome: "released"; quarantined: Quarantined; report: DeliveryReport }>;

/**
 * A data steward says that a held delivery is right. With the last word that is needed its facts
 * are taken over as of now, in the same transaction: a crash leaves it held.
 * @throws DomainError quarantine-not-found | quarantine-not-open | maker-is-checker | bad-input
 */
export async function releaseQuarantined<Stores extends ReceiveStores>(
  deps: SettleDeps<Stores>,
  { id, by, reason }: Order,
): Promise<ReleaseResult> {
  return deps.transaction(async (stores) => {
    const word: Word = { by, reason, at: deps.clock.now() };
    const current = await stores.quarantine.get(id);
    const { sourceId, sha256, asOf } = current;
    const quarantined = release(current, word, derivedId("delivery", sourceId, sha256, asOf));
    const said = { subject: id, actor: by, at: word.at };
    if (quarantined.status !== "released") {
      await stores.quarantine.save(quarantined);
      await stores.journal.append({ ...said, type: "delivery-release-endorsed", payload: { sha256 } });
      return { outcome: "endorsed", quarantined };
    }
    const file = fileOf(current, await stores.quarantine.bytesOf(id));
    const resolved = await resolveDelivery(deps, file);
    const report = await settleDelivery<DeliveryReport>(stores, file, resolved, {
      conclude: (settled) => takeOver(stores, settled),
    });
    await stores.quarantine.save(quarantined);
    const payload = { sha256, deliveryId: report.delivery.id };
    await stores.journal.append({ ...said, type: "delivery-released", payload });
    return { outcome: "released", quarantined, report };
  });
}

/** A data steward sends a held delivery back. @throws DomainError quarantine-not-found | quarantine-not-open | bad-input */
export async function rejectQuarantined<Stores extends ReceiveStores>(
  deps: SettleDeps<Stores>,
  { id, by, reason }: Order,
): Promise<Quarantined> {
  return deps.transaction(async ({ quarantine, journal }) => {
    const at = deps.clock.now();
    const rejected = reject(await quarantine.get(id), { by, reason, at });
    await quarantine.save(rejected);
    const payload = { sha256: rejected.sha256, reason };
    await journal.append({ type: "delivery-rejected", subject: id, actor: by, at, payload });
    return rejected;
  });
}

/** @throws DomainError quarantine-not-found */
export async function loadQuarantined<Stores extends ReceiveStores>(
  { transaction }: Pick<SettleDeps<Stores>, "transaction">,
  id: string,
): Promise<Quarantined> {
  return transaction(({ quarantine }) => quarantine.get(id));
}

/** The file of a held delivery, as it was handed over. */
export function fileOf(
  { sourceId, fileName, asOf, isPartial, importedBy }: Quarantined,
  bytes: ByteSource,
): DeliveryFile {
  return { sourceId, fileName, bytes, asOf, isPartial, importedBy };
}
