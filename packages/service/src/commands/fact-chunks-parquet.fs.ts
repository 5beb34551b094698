import { type FileHandle, open } from "node:fs/promises";
import type { FactColumn, FactColumns, FactDefinition, NumberScale } from "@apply-free/rules";
import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { DomainError } from "../kernel/errors.ts";
import { type Cells, columnFor, columnForFlat, type Field } from "../parquet/cells.ts";
import { codecs } from "../parquet/codecs.ts";
import { dayText } from "../parquet/days.ts";
import { type FlatPlace, readFlatColumn } from "../parquet/pages.ts";
import { type RowGroup, rowGroupsOf } from "../parquet/row-groups.ts";
import type { FlatColumn } from "../parquet/rows.ts";
import { ID, type WantedFacts } from "./fact-chunk.ts";

/** A file that was looked into; only columns that are wanted will be read. */
export type OpenParquet = Readonly<{
  file: string;
  groups: readonly RowGroup[];
  columns: readonly Field[];
  buffer: AsyncBuffer;
  metadata: Metadata;
}>;

/** All that reading a cell needs to know of its fact, by id. */
export type Reading = Readonly<{
  types: ReadonlyMap<string, FactDefinition["type"]>;
  /** Of these one number for each class is enough. */
  scales: ReadonlyMap<string, NumberScale>;
}>;

/** Some firms, as another thread can hand them over. `first`: how many come before them in the file. */
export type PlainChunk = Readonly<{ first: number; count: number; columns: FactColumns }>;

/** @throws DomainError bad-input where the file cannot be read */
export async function openParquet(file: string, wanted: ReadonlySet<string>): Promise<OpenParquet> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((cause: Error) => unreadable(file, cause));
  const columns = fieldsOf(metadata).filter(({ name }) => wanted.has(name));
  return { file, groups: rowGroupsOf(metadata.row_groups), columns, buffer, metadata };
}

/** @throws DomainError bad-input naming the first column that is no fact */
export function refuseStrangers({ file, metadata }: OpenParquet, { known }: WantedFacts): void {
  const stranger = fieldsOf(metadata).find(({ name }) => name !== ID && !known.has(name));
  if (!stranger) return;
  throw new DomainError("bad-input", `${file}: column "${stranger.name}" is no fact of the vocabulary.`, {
    file,
    column: stranger.name,
  });
}

/**
 * Firms of a row group. What is null there is unknown, for a table cannot tell "not obtained" from "there is
 * none"; a text `null` is a known nothing. Lists and series are nested, or JSON.
 * @throws DomainError bad-input where the file cannot be read
 */
export async function chunksOfGroup(opened: OpenParquet, reading: Reading, group: RowGroup): Promise<PlainChunk[]> {
  const { file, columns } = opened;
  const { rowStart, rowEnd } = group;
  const whole = new Map<string, FactColumn>();
  const typeOf = ({ name }: Field) => reading.types.get(name) as FactDefinition["type"];
  const handle = await open(file).catch((cause: Error) => unreadable(file, cause));
  const memory = idle.pop() ?? { bytes: new Uint8Array() };
  try {
    const nested: Field[] = [];
    for (const field of columns) {
      const place = placeOf(opened, group, field, reading);
      const flat = place && (await flatColumn(handle, memory, place));
      if (flat) whole.set(field.name, columnForFlat(typeOf(field), flat, field));
      else nested.push(field);
    }
    const cells = await cellsOf(opened, group, nested);
    for (const field of nested) whole.set(field.name, columnFor(typeOf(field), cells.get(field.name) ?? [], field));
  } catch (cause) {
    unreadable(file, cause as Error);
  } finally {
    idle.push(memory);
    await handle.close();
  }
  const chunks: PlainChunk[] = [];
  for (let first = rowStart; first < rowEnd; first += MOST_ROWS) {
    const stop = Math.min(rowEnd, first + MOST_ROWS);
    const some = [...whole].map(([name, column]): [string, FactColumn] => [
      name,
      rowsOf(column, first - rowStart, stop - rowStart),
    ]);
    chunks.push({ first, count: stop - first, columns: new Map(some) });
  }
  return chunks;
}

/** Firms of a row group that are handed over together: the more, the more of them lie in one block. */
const MOST_ROWS = 131_072;

function rowsOf(column: FactColumn, from: number, to: number): FactColumn {
  switch (column.kind) {
    case "doubles":
      return {
        kind: "doubles",
        values: column.values.subarray(from, to),
        ...(column.known && { known: column.known.subarray(from, to) }),
      };
    case "dictionary":
      return { ...column, places: column.places.subarray(from, to) };
    case "values":
      return { kind: "values", values: column.values.slice(from, to) };
  }
}

function placeOf(
  { metadata, groups }: OpenParquet,
  { rowStart, rowEnd }: RowGroup,
  { name }: Field,
  { scales }: Reading,
): FlatPlace | undefined {
  const { columns } = metadata.row_groups[groups.findIndex((each) => each.rowStart === rowStart)] ?? {};
  const meta = columns?.find(({ meta_data: each }) => each?.path_in_schema[0] === name)?.meta_data;
  return meta && { meta, schema: metadata.schema, rows: rowEnd - rowStart, scale: scales.get(name) };
}

async function flatColumn(handle: FileHandle, memory: Memory, place: FlatPlace): Promise<FlatColumn | undefined> {
  const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size } = place.meta;
  const length = Number(size);
  if (memory.bytes.length < length) memory.bytes = new Uint8Array(length);
  const { bytesRead } = await handle.read(memory.bytes, 0, length, Number(dictionary ?? data));
  try {
    return readFlatColumn(memory.bytes.subarray(0, bytesRead), place);
  } catch {
    // The library says better what is wrong with a page, if anything is.
    return undefined;
  }
}

/** What a column is read into, and after it the next one: asking for new memory costs more than reading does. */
type Memory = { bytes: Uint8Array };
/** What no group is read into now. */
const idle: Memory[] = [];

type Metadata = Awaited<ReturnType<typeof parquetMetadataAsync>>;
const fieldsOf = (metadata: Metadata) => parquetSchema(metadata).children.map(({ element }) => element);

/** Columns that are read as the library reads them. */
async function cellsOf(
  { buffer, metadata }: OpenParquet,
  { rowStart, rowEnd }: RowGroup,
  columns: readonly Field[],
): Promise<ReadonlyMap<string, Cells>> {
  const parts = new Map<string, { at: number; data: Cells }[]>();
  if (columns.length === 0) return new Map();
  await parquetRead({
    file: buffer,
    metadata,
    compressors: codecs,
    rowStart,
    rowEnd,
    columns: columns.map(({ name }) => name),
    parsers: { dateFromDays: dayText },
    onChunk: ({ columnName, columnData, rowStart: at }) => {
      const some = parts.get(columnName) ?? [];
      some.push({ at, data: columnData as Cells });
      parts.set(columnName, some);
    },
  });
  return new Map([...parts].map(([name, some]) => [name, joined(some, rowEnd - rowStart)]));
}

function joined(parts: { at: number; data: Cells }[], rows: number): Cells {
  const [only] = parts;
  if (only && parts.length === 1 && only.data.length === rows) return only.data;
  return parts.toSorted((a, b) => a.at - b.at).flatMap(({ data }) => Array.from(data));
}

function unreadable(file: string, cause: Error): never {
  throw new DomainError("bad-input", `${file}: the Parquet file cannot be read (${cause.message}).`, { file });
}
