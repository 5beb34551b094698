import type { FactColumn, FactColumns, FactDefinition, Json } from "@apply-free/rules";
import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { type RowGroup, rowGroupsOf } from "../facts/parquet-table.ts";
import { DomainError } from "../kernel/errors.ts";
import { CHUNK_FIRMS, ID, type WantedFacts } from "./fact-chunk.ts";

/** A file that was looked into; only columns that are wanted will be read. */
export type OpenParquet = Readonly<{
  file: string;
  groups: readonly RowGroup[];
  columns: readonly Field[];
  buffer: AsyncBuffer;
  metadata: Metadata;
}>;

/** Types of facts by their ids: all that reading a cell needs to know. */
export type FactTypes = ReadonlyMap<string, FactDefinition["type"]>;

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
export async function chunksOfGroup(opened: OpenParquet, types: FactTypes, group: RowGroup): Promise<PlainChunk[]> {
  const { file, buffer, metadata, columns } = opened;
  const { rowStart, rowEnd } = group;
  const read = await columnsOf(buffer, { metadata, rowStart, rowEnd, columns }).catch((cause: Error) =>
    unreadable(file, cause),
  );
  const chunks: PlainChunk[] = [];
  for (let first = rowStart; first < rowEnd; first += CHUNK_FIRMS) {
    const stop = Math.min(rowEnd, first + CHUNK_FIRMS);
    const entries = columns.map((column): [string, FactColumn] => {
      const type = types.get(column.name) as FactDefinition["type"];
      const cells = (read.get(column.name) ?? []).slice(first - rowStart, stop - rowStart);
      return [column.name, columnFor(type, cells, column)];
    });
    chunks.push({ first, count: stop - first, columns: new Map(entries) });
  }
  return chunks;
}

type Metadata = Awaited<ReturnType<typeof parquetMetadataAsync>>;
const fieldsOf = (metadata: Metadata) => parquetSchema(metadata).children.map(({ element }) => element);

type Field = Metadata["schema"][number];
type Cells = ArrayLike<unknown> & { slice(from: number, to: number): Cells };
type Part = Readonly<{
  metadata: Metadata;
  rowStart: number;
  rowEnd: number;
  columns: readonly Field[];
}>;

async function columnsOf(
  file: AsyncBuffer,
  { metadata, rowStart, rowEnd, columns }: Part,
): Promise<Map<string, Cells>> {
  const parts = new Map<string, { at: number; data: Cells }[]>();
  if (columns.length === 0) return new Map();
  await parquetRead({
    file,
    metadata,
    compressors,
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

const days = new Map<number, string>();
function dayText(count: number): string {
  const known = days.get(count);
  if (known !== undefined) return known;
  const text = new Date(count * 86_400_000).toISOString().slice(0, 10);
  days.set(count, text);
  return text;
}

/** A decimal of more digits than a double holds comes out of the reader rounded. */
const isTooExact = ({ converted_type: type, precision = 0 }: Field) => type === "DECIMAL" && precision > 15;

function columnFor(type: FactDefinition["type"], cells: Cells, field: Field): FactColumn {
  if (!isTooExact(field)) {
    if (cells instanceof Float64Array) return { kind: "doubles", values: cells };
    if (field.type === "DOUBLE") return doublesOf(cells);
  }
  const jsonOfCell = (cell: unknown): Json | undefined => {
    const value = jsonOf(type, cell);
    if (field.type === "FLOAT") return shortestOf(value);
    return isTooExact(field) ? doubted(value) : value;
  };
  return dictionaryOf(cells, jsonOfCell) ?? { kind: "values", values: Array.from(cells, jsonOfCell) };
}

function doublesOf(cells: Cells): FactColumn {
  const values = new Float64Array(cells.length);
  const known = new Uint8Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row];
    if (typeof cell !== "number") continue;
    values[row] = cell;
    known[row] = 1;
  }
  return { kind: "doubles", values, known };
}

const MOST_ENTRIES = 4_096;

/** The same few values come again and again: each is read once. @returns `undefined` where they do not */
function dictionaryOf(cells: Cells, jsonOfCell: (cell: unknown) => Json | undefined): FactColumn | undefined {
  const placeOf = new Map<unknown, number>();
  const entries: (Json | undefined)[] = [];
  const places = new Uint16Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row] ?? undefined;
    let place = placeOf.get(cell);
    if (place === undefined) {
      // Nested lists are never the same object twice.
      if (typeof cell === "object" || placeOf.size === MOST_ENTRIES) return undefined;
      place = entries.push(jsonOfCell(cell)) - 1;
      placeOf.set(cell, place);
    }
    places[row] = place;
  }
  return { kind: "dictionary", places, entries };
}

/** Rather no value at all than one that was rounded over a limit. */
function doubted(value: Json | undefined): Json | undefined {
  if (typeof value !== "number") return value;
  const digits = String(value).replace(/[-.]/g, "").replace(/^0+/, "");
  return digits.length <= 15 ? value : `${value}…`;
}

function jsonOf(type: FactDefinition["type"], cell: unknown): Json | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (cell === "null") return null;
  if ((type === "list" || type === "series") && typeof cell === "string") return jsonFrom(cell);
  return plain(cell);
}

/** Text that is no JSON stays text, and so counts as unknown. */
function jsonFrom(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function plain(cell: unknown): Json {
  if (typeof cell === "bigint") return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
  if (cell instanceof Date) return dayOfInstant(cell);
  if (Array.isArray(cell)) return cell.map(plain);
  if (typeof cell === "object" && cell !== null) {
    const given = Object.entries(cell).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, plain(value)]));
  }
  return cell as Json;
}

/** An instant within a day is no day: which one it is depends on where. It counts as unknown. */
function dayOfInstant(instant: Date): string {
  const written = instant.toISOString();
  return written.endsWith("T00:00:00.000Z") ? written.slice(0, 10) : written;
}

/** The decimal that was meant by a number in 32 bits: the shortest that becomes it. */
function shortestOf(value: Json | undefined): Json | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return value;
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

function unreadable(file: string, cause: Error): never {
  throw new DomainError("bad-input", `${file}: the Parquet file cannot be read (${cause.message}).`, { file });
}
