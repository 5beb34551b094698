import { DomainError } from "../kernel/errors.ts";
import { readCsvTable } from "./csv-table.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { looksLikeNdjson, readNdjsonTable } from "./ndjson-table.ts";
import { looksLikeParquet, readParquetTable } from "./parquet-table.ts";
import type { Table } from "./table.ts";
import { readXlsxTable } from "./xlsx-table.ts";

/** Bytes of one delivery at most, over the web; larger ones come in parts. */
export const deliveryLimitBytes = 64 * 1024 * 1024;
/** The same for a file on this machine: what one text can hold. */
export const localLimitBytes = 480 * 1024 * 1024;

/**
 * Reads a delivery by what it is, not by what its name says.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function readTable(
  bytes: Uint8Array,
  { id, files }: Pick<DeliverySource, "id" | "files">,
  limitBytes = deliveryLimitBytes,
): Promise<Table> {
  if (bytes.length === 0) throw new DomainError("delivery-unreadable", "文件是空的。The file is empty.");
  if (bytes.length > limitBytes) throw tooLarge(bytes.length, limitBytes);
  const format = formatOf(bytes);
  if (!files.includes(format)) {
    throw new DomainError(
      "delivery-unreadable",
      `来源${id}只接受${files.join("、")}。Source "${id}" takes ${files.join(" and ")} only.`,
      { format },
    );
  }
  return readers[format](bytes);
}

const readers = { csv: readCsvTable, ndjson: readNdjsonTable, parquet: readParquetTable, xlsx: readXlsxTable };

function formatOf(bytes: Uint8Array): keyof typeof readers {
  if (isZip(bytes)) return "xlsx";
  if (looksLikeParquet(bytes)) return "parquet";
  return looksLikeNdjson(bytes) ? "ndjson" : "csv";
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

export function tooLarge(bytes: number, limitBytes = deliveryLimitBytes): DomainError {
  const most = limitBytes / 1024 / 1024;
  return new DomainError(
    "delivery-too-large",
    `文件超过${most}MB，请拆分后提供。The file is larger than ${most} MB; split it.`,
    { bytes },
  );
}
