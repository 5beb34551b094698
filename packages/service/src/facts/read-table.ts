import { DomainError } from "../kernel/errors.ts";
import { type ByteSource, type FileSurvey, readBytes, toByteSource } from "./byte-source.ts";
import { csvReader } from "./csv-table.ts";
import { utf8Text } from "./decode-text.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { looksLikeNdjson, ndjsonRows } from "./ndjson-table.ts";
import { looksLikeParquet, parquetRows } from "./parquet-table.ts";
import { surveyOf } from "./survey-file.ts";
import { rowsOfText, type Table, type TableRow, type TableStream } from "./table.ts";
import { readXlsxTable } from "./xlsx-table.ts";

/** Bytes of one delivery at most, over the web; they wait on the disk, not in memory. */
export const deliveryLimitBytes = 2 * 1024 * 1024 * 1024;
/** Bytes of what has to be in memory whole: a workbook, and a list of names that people settle one by one. */
export const wholeLimitBytes = 64 * 1024 * 1024;

type Accepted = Pick<DeliverySource, "id" | "files">;

/**
 * Reads a delivery by what it is, not by what its name says, some thousand rows at a time.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function* readRowsOfTable(file: ByteSource, survey: FileSurvey, { id, files }: Accepted): TableStream {
  if (file.byteLength === 0) throw new DomainError("delivery-unreadable", "文件是空的。The file is empty.");
  const format = formatOf(await readBytes(file, 0, Math.min(START, file.byteLength)));
  if (!files.includes(format)) {
    throw new DomainError(
      "delivery-unreadable",
      `来源${id}只接受${files.join("、")}。Source "${id}" takes ${files.join(" and ")} only.`,
      { format },
    );
  }
  yield* readers[format](file, survey);
}

/**
 * The same for a file that is small enough to be a table in memory.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function readTable(bytes: Uint8Array | ByteSource, accepted: Accepted): Promise<Table> {
  const file = toByteSource(bytes);
  if (file.byteLength > wholeLimitBytes) throw tooLarge(file.byteLength, wholeLimitBytes);
  const table: TableRow[] = [];
  for await (const rows of readRowsOfTable(file, await surveyOf(file), accepted))
    for (const row of rows) table.push(row);
  return table;
}

const START = 256;

const readers: Readonly<Record<ReturnType<typeof formatOf>, (file: ByteSource, survey: FileSurvey) => TableStream>> = {
  csv: (file, { isUtf8 }) => rowsOfText(utf8Text(file, isUtf8), csvReader()),
  ndjson: (file, { isUtf8 }) => ndjsonRows(() => utf8Text(file, isUtf8)),
  parquet: (file) => parquetRows(file),
  xlsx: (file) => xlsxRows(file),
};

async function* xlsxRows(file: ByteSource): TableStream {
  if (file.byteLength > wholeLimitBytes) throw tooLarge(file.byteLength, wholeLimitBytes);
  const table = await readXlsxTable(await readBytes(file));
  for (let start = 0; start < table.length; start += ROWS) yield table.slice(start, start + ROWS);
}

/** Rows of one piece. */
const ROWS = 5_000;

function formatOf(start: Uint8Array): "csv" | "ndjson" | "parquet" | "xlsx" {
  if (isZip(start)) return "xlsx";
  if (looksLikeParquet(start)) return "parquet";
  return looksLikeNdjson(start) ? "ndjson" : "csv";
}

function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04;
}

export function tooLarge(bytes: number, limitBytes: number): DomainError {
  const most = limitBytes / 1024 / 1024;
  return new DomainError(
    "delivery-too-large",
    `文件超过${most}MB，请拆分或改用CSV提供。The file is larger than ${most} MB; split it, or send CSV.`,
    { bytes },
  );
}
