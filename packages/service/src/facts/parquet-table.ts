import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DomainError } from "../kernel/errors.ts";
import { type Cell, emptyCell, type Table } from "./table.ts";
import { spreadsheetNumber } from "./xlsx-table.ts";

const unpackedLimit = 2 * 1024 * 1024 * 1024;
const magic = [0x50, 0x41, 0x52, 0x31];

/** Whether it begins as the format says. Source: Apache Parquet, "File Format". */
export function looksLikeParquet(bytes: Uint8Array): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/**
 * Reads a Parquet file of plain columns, whose names are the headers. Its rows have no lines, so row
 * 1 is named line 2, as under a header.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function readParquetTable(bytes: Uint8Array): Promise<Table> {
  const file = Uint8Array.from(bytes).buffer;
  const metadata = await parquetMetadataAsync(file).catch(unreadable);
  const unpacked = metadata.row_groups.reduce((sum, { total_byte_size: size }) => sum + Number(size), 0);
  if (unpacked > unpackedLimit) {
    throw new DomainError(
      "delivery-too-large",
      "Parquet解压后过大，请拆分后提供。The file unpacks to more than 2 GB; split it.",
      { unpacked },
    );
  }
  const columns = parquetSchema(metadata).children;
  const nested = columns.find(({ children }) => children.length > 0);
  if (nested) throw notPlain(nested.element.name);
  const names = columns.map(({ element }) => element.name);
  const rows = await parquetReadObjects({ file, metadata, compressors }).catch(unreadable);
  const header = { line: 1, cells: names.map((text) => ({ text: text.trim(), isNumber: false })) };
  return [header, ...rows.map((row, at) => ({ line: at + 2, cells: names.map((name) => cellOf(name, row[name])) }))];
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
