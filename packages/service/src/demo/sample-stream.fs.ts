import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import type { Day } from "../kernel/day.ts";
import type { SampleSize } from "./sample-body.ts";
import { sampleFirms } from "./sample-firms.ts";
import type { SampleRow, SampleTable } from "./sample-table.ts";
import { sampleTables } from "./sample-tables.ts";

/** What was written, in the order in which to import it. */
export type StreamedDelivery = Readonly<{
  sourceId: string;
  fileName: string;
  asOf: Day;
  isPartial: boolean;
  rows: number;
}>;

export type StreamFormat = "csv" | "ndjson";

/** Firms made and forgotten at a time: memory stays the same for a village and for a nation. */
const CHUNK = 20_000;
/** Codes and account numbers are unique up to here. */
export const MOST_FIRMS = 20_000_000;

/**
 * Writes the deliveries of every department about any number of invented firms. The same seed gives
 * the same bytes; the first firms are those of the demonstration with that seed.
 */
export async function streamDeliveries(
  directory: string,
  size: SampleSize,
  format: StreamFormat = "csv",
  onProgress: (done: number) => void = () => {},
): Promise<StreamedDelivery[]> {
  await mkdir(directory, { recursive: true });
  const open = new Map<string, OpenFile>();
  for (let before = 0; before < size.count; before += CHUNK) {
    const count = Math.min(CHUNK, size.count - before);
    const chunk = { ...size, seed: size.seed + before / CHUNK, count };
    for (const table of sampleTables(chunk, sampleFirms(chunk, before))) {
      const fileName = `${table.sourceId}-${table.asOf}${table.isPartial ? "-partial" : ""}.${format}`;
      const file = open.get(fileName) ?? begin(directory, fileName, table, format);
      open.set(fileName, file);
      await append(file, table.rows.slice(headLines(table)));
    }
    onProgress(before + count);
  }
  for (const { stream } of open.values()) {
    stream.end();
    await once(stream, "finish");
  }
  const deliveries = [...open.values()].map(({ delivery, written }) => ({ ...delivery, rows: written.rows }));
  await writeFile(path.join(directory, "deliveries.json"), `${JSON.stringify(deliveries, null, 2)}\n`);
  return deliveries;
}

type OpenFile = Readonly<{
  delivery: Omit<StreamedDelivery, "rows">;
  stream: WriteStream;
  written: { rows: number };
  text(rows: readonly SampleRow[]): string;
}>;

function begin(directory: string, fileName: string, table: SampleTable, format: StreamFormat): OpenFile {
  const { sourceId, asOf, isPartial } = table;
  const stream = createWriteStream(path.join(directory, fileName));
  const head = table.rows.slice(0, headLines(table)).map((row) => [...row]);
  const header = (head.at(-1) ?? []).map(String);
  if (format === "csv") stream.write(stringify(head));
  const text =
    format === "csv" ? (rows: readonly SampleRow[]) => stringify(rows.map((row) => [...row])) : linesUnder(header);
  return { delivery: { sourceId, fileName, asOf, isPartial }, stream, written: { rows: 0 }, text };
}

/** A title, where there is one, and the header. */
function headLines({ rows }: SampleTable): number {
  return rows.findIndex((row) => row.length > 1) + 1;
}

function linesUnder(header: readonly string[]) {
  return (rows: readonly SampleRow[]) =>
    rows
      .map((row) => header.flatMap((name, at) => (row[at] === "" || row[at] === undefined ? [] : [[name, row[at]]])))
      .map((entries) => `${JSON.stringify(Object.fromEntries(entries))}\n`)
      .join("");
}

async function append({ stream, written, text }: OpenFile, rows: readonly SampleRow[]): Promise<void> {
  if (rows.length === 0) return;
  written.rows += rows.length;
  if (!stream.write(text(rows))) await once(stream, "drain");
}
