import { type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { DomainError } from "../kernel/errors.ts";
import { codecs } from "../parquet/codecs.ts";
import { type RowGroup, rowGroupsOf } from "../parquet/row-groups.ts";
import { type ByteSource, readBytes } from "./byte-source.ts";
import { type Cell, emptyCell, type TableStream } from "./table.ts";
import { spreadsheetNumber } from "./xlsx-table.ts";

/** Bytes that one row group may unpack to: as much of a file is in memory at once. */
const unpackedLimit = 512 * 1024 * 1024;
/** Rows of a group that are objects at once. */
const ROWS = 20_000;
const magic = [0x50, 0x41, 0x52, 0x31];

/** Whether it begins as the format says. Source: Apache Parquet, "File Format". */
export function looksLikeParquet(start: Uint8Array): boolean {
  return magic.every((byte, at) => start[at] === byte);
}

/**
 * Reads a Parquet file of plain columns, whose names are the headers, one row group after the other. Its
 * rows have no lines, so row 1 is named line 2, as under a header.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function* parquetRows(source: ByteSource): TableStream {
  const file = {
    byteLength: source.byteLength,
    slice: async (from: number, to?: number) => Uint8Array.from(await readBytes(source, from, to)).buffer,
  };
  const metadata = await parquetMetadataAsync(file).catch(unreadable);
  const columns = parquetSchema(metadata).children;
  const nested = columns.find(({ children }) => children.length > 0);
  if (nested) throw notPlain(nested.element.name);
  const names = columns.map(({ element }) => element.name);
  yield [{ line: 1, cells: names.map((text) => ({ text: text.trim(), isNumber: false })) }];
  for (const { rowStart, rowEnd } of partsOf(metadata)) {
    const rows = await parquetReadObjects({ file, metadata, compressors: codecs, rowStart, rowEnd }).catch(unreadable);
    yield rows.map((row, at) => ({ line: rowStart + at + 2, cells: names.map((name) => cellOf(name, row[name])) }));
  }
}

function partsOf({ row_groups: groups }: FileMetaData): RowGroup[] {
  const tooLarge = groups.find(({ total_byte_size: size }) => Number(size) > unpackedLimit);
  if (tooLarge) {
    throw new DomainError(
      "delivery-too-large",
      "Parquet的一个行组解压后过大，请用较小的行组重新写出。A row group unpacks to more than 512 MB; write smaller ones.",
      { unpacked: Number(tooLarge.total_byte_size) },
    );
  }
  return rowGroupsOf(groups).flatMap(({ rowStart, rowEnd }) => {
    const parts = Math.ceil((rowEnd - rowStart) / ROWS);
    return Array.from({ length: parts }, (_, part) => ({
      rowStart: rowStart + part * ROWS,
      rowEnd: Math.min(rowEnd, rowStart + (part + 1) * ROWS),
    }));
  });
}

function cellOf(name: string, value: unknown): Cell {
  switch (typeof value) {
    case "undefined":
      return emptyCell;
    case "string":
      return { text: value.trim(), isNumber: false };
    case "bigint":
      return { text: String(value), isNumber: false };
    // Floats, and decimals as the library reads them: the 15 digits that are surely meant.
    case "number":
      return { text: spreadsheetNumber(String(value)), isNumber: true };
    case "boolean":
      return { text: value ? "是" : "否", isNumber: false };
    default:
      if (value === null) return emptyCell;
      if (value instanceof Date) return { text: value.toISOString().slice(0, 10), isNumber: false };
      throw notPlain(name);
  }
}

function notPlain(name: string): DomainError {
  return new DomainError(
    "delivery-unreadable",
    `“${name}”不是单个值的列。Column "${name}" does not hold single values.`,
    {
      field: name,
    },
  );
}

function unreadable(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : "unknown reason";
  throw new DomainError(
    "delivery-unreadable",
    `Parquet无法读取，请重新导出。The Parquet file cannot be read (${reason}); export it again.`,
  );
}
