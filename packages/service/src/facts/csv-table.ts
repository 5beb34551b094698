import { CsvError, parse } from "csv-parse/sync";
import { DomainError } from "../kernel/errors.ts";
import { decodeText } from "./decode-text.ts";
import type { Table } from "./table.ts";

/** Reads CSV (or tab-separated text) of unknown encoding. @throws DomainError delivery-unreadable naming the line */
export function readCsvTable(bytes: Uint8Array): Table {
  const text = decodeText(bytes);
  try {
    const records: unknown[] = parse(text, {
      delimiter: text.slice(0, 2000).includes("\t") ? "\t" : ",",
      info: true,
      relax_column_count: true,
      trim: true,
      max_record_size: 100_000,
    });
    return records.map((entry) => {
      const { record, info } = entry as { record: string[]; info: { lines: number } };
      // A quoted cell may span lines; the row is named by its last one, as csv-parse counts.
      return { line: info.lines, cells: record.map((cell) => ({ text: cell.trim(), isNumber: false })) };
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = Number(cause.lines ?? 1);
    throw new DomainError(
      "delivery-unreadable",
      `第${line}行起不是合格的CSV（引号不配对或一行过长）。Not CSV from line ${line} on: unbalanced quotes or an endless line.`,
      { line },
    );
  }
}
