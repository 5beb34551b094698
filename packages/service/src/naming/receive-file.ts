import { toByteSource } from "../facts/byte-source.ts";
import { type DeliveryFile, resolveDelivery } from "../facts/delivery-file.ts";
import { firstResult } from "../facts/import-delivery.ts";
import { titleLines } from "../facts/layout.ts";
import { readRowsOfTable, readTable } from "../facts/read-table.ts";
import type { Table, TableStream } from "../facts/table.ts";
import { derivedId } from "../kernel/id.ts";
import { type ReceiveDeps, type ReceiveStores, type Reception, receiveRows } from "../screening/receive-delivery.ts";
import { lacksCodes, namedTable, namesIn } from "./keyed-file.ts";
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
  const resolved = await resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  if (first) return first;
  const { source, sha256, asOf, now } = resolved;
  const bytes = toByteSource(file.bytes);
  const start = await startOf(readRowsOfTable(bytes, resolved, source));
  const named = lacksCodes(source, start) ? namedTable(source, await readTable(bytes, source)) : undefined;
  if (!named) return receiveRows(deps, file, resolved);
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
    await nameLists.keep(list, bytes, entries);
    const payload = { sourceId, sha256, names: entries.length };
    await journal.append({ type: "name-list-arrived", subject: id, actor: importedBy, at: now, payload });
    return { outcome: "named", list };
  });
}

/** The rows that tell what a file is. */
async function startOf(rows: TableStream): Promise<Table> {
  let start: Table = [];
  for await (const some of rows) {
    start = [...start, ...some];
    if (start.length > titleLines) break;
  }
  return start;
}
