import { unzipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import { DomainError } from "../kernel/errors.ts";
import { normalDecimal } from "./decimal.ts";
import type { Cell, Table } from "./table.ts";
import { emptyCell } from "./table.ts";

const unpackedLimit = 300 * 1024 * 1024;

/** Reads the first sheet of an XLSX workbook. @throws DomainError delivery-unreadable | delivery-too-large */
export async function readXlsxTable(bytes: Uint8Array): Promise<Table> {
  refuseZipBomb(bytes);
  const sheet = await readSheet(Uint8Array.from(bytes).buffer, 1, {
    trim: true,
    parseNumber: (text: string): Cell => ({ text: spreadsheetNumber(text), isNumber: true }),
  }).catch((cause: unknown) => {
    throw unreadable(cause instanceof Error ? cause.message : "unknown reason");
  });
  return sheet.map((row, index) => ({ line: index + 1, cells: row.map(toCell) }));
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return emptyCell;
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), isNumber: false };
  if (typeof value === "boolean") return { text: value ? "是" : "否", isNumber: false };
  return typeof value === "object" ? (value as Cell) : { text: String(value).trim(), isNumber: false };
}

/**
 * The number that the author of a sheet saw. A spreadsheet stores binary floats and shows 15
 * digits of them: 28.999999999999996 was 29 on the screen.
 */
export function spreadsheetNumber(stored: string): string {
  const exact = normalDecimal(stored);
  if (exact !== undefined && exact.replace(/[-.]/g, "").length <= 15) return exact;
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) return BigInt(value).toString();
  const [mantissa = "", exponent = "0"] = value.toPrecision(15).split("e");
  const places = Number(exponent);
  const plain = places === 0 ? mantissa : value.toFixed(Math.min(100, 14 - places));
  return normalDecimal(plain) ?? stored;
}

/** A few kilobytes can unpack to gigabytes: the sizes are read before anything is unpacked. */
function refuseZipBomb(bytes: Uint8Array): void {
  let unpacked = 0;
  try {
    unzipSync(bytes, {
      filter({ originalSize }) {
        unpacked += originalSize;
        return false;
      },
    });
  } catch {
    throw unreadable("damaged archive");
  }
  if (unpacked > unpackedLimit) {
    throw new DomainError(
      "delivery-too-large",
      "XLSX解压后过大，请拆分后提供。The workbook unpacks to more than 300 MB; split it.",
      { unpacked },
    );
  }
}

function unreadable(reason: string): DomainError {
  return new DomainError(
    "delivery-unreadable",
    `XLSX无法读取，请重新导出。The workbook cannot be read (${reason}); export it again.`,
  );
}
