import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Json } from "@apply-free/rules";
import { CsvError, parse } from "csv-parse";
import { looksLikeNdjson } from "../facts/ndjson-table.ts";
import { looksLikeParquet } from "../facts/parquet-table.ts";
import { DomainError } from "../kernel/errors.ts";
import { type FactChunk, GrowingChunk, ID, type WantedFacts } from "./fact-chunk.ts";
import { jsonOfCell, ndjsonObjects, wrong } from "./firm-facts.fs.ts";
import { parquetChunks } from "./parquet-chunks.threads.ts";

/**
 * Firms of a file as columns, a chunk at a time, whatever its size: CSV with a fact per column, NDJSON with
 * an object per line, or Parquet. It is read by what it is. A column `id` is no fact.
 * @throws DomainError bad-input naming file, line and column
 */
export async function* readFactChunks(file: string, facts: WantedFacts): AsyncGenerator<FactChunk> {
  const head = await headOf(file);
  if (head.length === 0) throw new DomainError("bad-input", `${file}: is empty.`, { file });
  if (looksLikeParquet(head)) yield* parquetChunks(file, facts);
  else if (looksLikeNdjson(head)) yield* fromNdjson(file, facts);
  else yield* fromCsv(file, facts);
}

async function headOf(file: string): Promise<Uint8Array> {
  const unreadable = (cause: Error) => {
    throw new DomainError("bad-input", `${file}: cannot be read (${cause.message}).`, { file });
  };
  const handle = await open(file).catch(unreadable);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(1024), 0, 1024, 0).catch(unreadable);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* fromNdjson(file: string, { known, wanted }: WantedFacts): AsyncGenerator<FactChunk> {
  let chunk = new GrowingChunk();
  for await (const { line, object } of ndjsonObjects(file)) {
    chunk.begin(line);
    for (const [name, value] of Object.entries(object)) {
      if (wanted.has(name)) chunk.put(name, value as Json);
      else if (name !== ID && !known.has(name)) throw wrong(file, line, `"${name}" is no fact of the vocabulary`);
    }
    if (!chunk.isFull) continue;
    yield chunk.finish();
    chunk = new GrowingChunk();
  }
  if (chunk.count > 0) yield chunk.finish();
}

async function* fromCsv(file: string, { known, wanted }: WantedFacts): AsyncGenerator<FactChunk> {
  const encoding = await encodingOf(file);
  let chunk = new GrowingChunk();
  let names: readonly string[] | undefined;
  try {
    for await (const { record, info } of csvRecords(file, encoding)) {
      if (!names) {
        names = record.map((name) => name.trim());
        const stranger = names.find((name) => name !== ID && !known.has(name));
        if (stranger !== undefined) throw wrong(file, 1, `column "${stranger}" is no fact of the vocabulary`);
        continue;
      }
      if (record.length > names.length) throw wrong(file, info.lines, "has more cells than there are columns");
      chunk.begin(info.lines);
      for (const [place, name] of names.entries()) {
        const cell = record[place]?.trim() ?? "";
        const fact = known.get(name);
        if (cell !== "" && fact && wanted.has(name)) chunk.put(name, jsonOfCell(fact, cell, file, info.lines));
      }
      if (!chunk.isFull) continue;
      yield chunk.finish();
      chunk = new GrowingChunk();
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw wrong(file, Number(cause.lines ?? 1), "is not CSV from here on: unbalanced quotes or an endless line");
  }
  if (chunk.count > 0) yield chunk.finish();
}

type CsvRecord = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }> }>;

async function* csvRecords(file: string, encoding: string): AsyncGenerator<CsvRecord> {
  const parser = parse({ info: true, bom: true, relax_column_count: true, max_record_size: 1_000_000 });
  Readable.from(decoded(file, encoding))
    .on("error", (cause) => parser.destroy(cause))
    .pipe(parser);
  for await (const entry of parser) yield entry as CsvRecord;
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes as Uint8Array, { stream: true });
  yield decoder.decode();
}

/** UTF-8 if all of it is; else GB 18030, as offices of the country write. */
async function encodingOf(file: string): Promise<"utf-8" | "gb18030"> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of createReadStream(file)) decoder.decode(bytes as Uint8Array, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "gb18030";
  }
}
