import { type DeliveryFile, firstResult, readRowsIn, resolveDelivery } from "../facts/import-delivery.ts";
import { readTable } from "../facts/read-table.ts";
import { derivedId } from "../kernel/id.ts";
import { type ReceiveDeps, type ReceiveStores, type Reception, receiveRows } from "../screening/receive-delivery.ts";
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
  const resolved = resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  if (first) return first;
  const { source, sha256, asOf, now } = resolved;
  const table = await readTable(file.bytes, source, file.limitBytes);
  const named = namedTable(source, table);
  if (!named) return receiveRows(deps, file, readRowsIn(table, resolved));
  const lines = namesIn(named);
  lines.delete("");
  const { sourceId, fileName, isPartial = false, importedBy } = file;
  return deps.transaction(async ({ nameLists, names, journal }) => {
    const known = await nameLists.find(sourceId, sha256, asOf);
    if (known) return { outcome: "named", list: known };
    const id = derivedId("name-list", sourceId, sha256, asOf);
    const arrived = { arrivedAt: now, importedBy, isPartial };
    const list: NameList = { id, sourceId, fileName, sha256, asOf, ...arrived, status: "open" };
    const candidates = await names.candidates([...lines.keys()]);
    const entries = [...lines].map(([name, at]) => ({ name, lines: at, candidates: candidates.get(name) ?? [] }));
    await nameLists.keep(list, file.bytes, entries);
    const payload = { sourceId, sha256, names: entries.length };
    await journal.append({ type: "name-list-arrived", subject: id, actor: importedBy, at: now, payload });
    return { outcome: "named", list };
  });
}
