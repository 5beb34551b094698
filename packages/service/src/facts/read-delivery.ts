import { toByteSource } from "./byte-source.ts";
import type { DeliveryFile, OnProgress, ResolvedDelivery } from "./delivery-file.ts";
import { bodyOf, findHeader, type Layout, noRows, titleLines } from "./layout.ts";
import { type PseudonymOf, type ReadRows, readBody } from "./read-rows.ts";
import { readRowsOfTable } from "./read-table.ts";
import type { Table } from "./table.ts";

/**
 * The rows of a file in the words of its source, some thousand at a time; with the first comes what is
 * odd about the header.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function* readDelivery(
  { bytes, onProgress }: DeliveryFile,
  resolved: ResolvedDelivery,
  pseudonymOf?: PseudonymOf,
): AsyncIterable<ReadRows> {
  const { source, asOf } = resolved;
  const file = toByteSource(bytes);
  let start: Table = [];
  let layout: Layout | undefined;
  let hasRows = false;
  const read = (layout: Layout, body: Table): ReadRows => {
    hasRows ||= body.length > 0;
    return readBody(source, layout, body, asOf, pseudonymOf);
  };
  const begin = (): ReadRows => {
    const { layout: found, below } = findHeader(source, start);
    [layout, start] = [found, []];
    const first = read(found, below);
    return { ...first, issues: [...found.issues, ...first.issues] };
  };
  const watched = onProgress ? { ...file, read: watching(file, onProgress) } : file;
  for await (const rows of readRowsOfTable(watched, resolved, source)) {
    if (layout) {
      yield read(layout, bodyOf(rows));
      continue;
    }
    start = [...start, ...rows];
    if (start.length > titleLines) yield begin();
  }
  if (!layout) yield begin();
  if (!hasRows) throw noRows();
}

function watching(file: ReturnType<typeof toByteSource>, onProgress: OnProgress) {
  return async function* (from = 0, to = file.byteLength) {
    let at = from;
    for await (const piece of file.read(from, to)) {
      yield piece;
      at += piece.length;
      onProgress("bytes", at, file.byteLength);
    }
  };
}
