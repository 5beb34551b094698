import { type DeliveryFile, resolveDelivery } from "../facts/import-delivery.ts";
import { readTable } from "../facts/read-table.ts";
import { sha256 } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import {
  type ReceiveDeps,
  type ReceiveStores,
  type Reception,
  receiveDelivery,
} from "../screening/receive-delivery.ts";
import { namedTable, namesIn } from "./keyed-file.ts";
import type { NameList } from "./name-list.ts";
import type { NameDirectory, NameListStore } from "./name-store.ts";

export type NamingStores = ReceiveStores & Readonly<{ nameLists: NameListStore; names: NameDirectory }>;

/** `named`: it has names and no codes, so people first say which firm each name is. */
export type FileReception = Reception | Readonly<{ outcome: "named"; list: NameList }>;

/**
 * Takes over a file of a department as it comes: with codes, or a list of names alone, which waits
 * for people. No likeness of names decides anything by itself.
 * @throws as receiveDelivery
 */
export async function receiveFile<Stores extends NamingStores>(
  deps: ReceiveDeps<Stores>,
  file: DeliveryFile,
): Promise<FileReception> {
  const { source, asOf, now } = resolveDelivery(deps, file);
  const named =
    source.name === undefined ? undefined : namedTable(source, await readTable(file.bytes, source, file.limitBytes));
  if (!named) return receiveDelivery(deps, file);
  const lines = namesIn(named);
  lines.delete("");
  const { sourceId, fileName, isPartial = false, importedBy } = file;
  const digest = sha256(file.bytes);
  return deps.transaction(async ({ nameLists, names, journal }) => {
    const known = await nameLists.find(sourceId, digest, asOf);
    if (known) return { outcome: "named", list: known };
    const id = derivedId("name-list", sourceId, digest, asOf);
    const arrived = { arrivedAt: now, importedBy, isPartial };
    const list: NameList = { id, sourceId, fileName, sha256: digest, asOf, ...arrived, status: "open" };
    const candidates = await names.candidates([...lines.keys()]);
    const entries = [...lines].map(([name, at]) => ({ name, lines: at, candidates: candidates.get(name) ?? [] }));
    await nameLists.keep(list, file.bytes, entries);
    const payload = { sourceId, sha256: digest, names: entries.length };
    await journal.append({ type: "name-list-arrived", subject: id, actor: importedBy, at: now, payload });
    return { outcome: "named", list };
  });
}
