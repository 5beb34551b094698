import { stringify } from "csv-stringify/sync";
import { strFromU8, unzipSync } from "fflate";
import type { Cell } from "../facts/table.ts";
import { readXlsxTable } from "../facts/xlsx-table.ts";
import { DomainError } from "../kernel/errors.ts";
import { invalid, MAX_BYTES } from "./bank-xml.ts";

/** Digits that a spreadsheet keeps of a number; Source: ECMA-376 stores numbers as IEEE 754 doubles. */
const KEPT_DIGITS = 15;

const SHEET = /^\/?xl\/worksheets\/[^/]+\.xml$/i;
/** Whatever prefix the writer gave the namespace. */
const FORMULA = /<(?:\w+:)?f[\s/>]/;
const CELL = /<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"/g;

/** Whether it is an archive, as every XLSX workbook is. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * A workbook of an agency bank as the table that its one sheet is, in UTF-8: what is kept, and what
 * the readers of tables read. What a cell only computes was said by nobody, so a formula refuses it.
 *
 * @throws DomainError bank-file-invalid, naming the cell
 */
export async function workbookAsTable(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length > MAX_BYTES) throw invalid("file", `larger than ${MAX_BYTES / 1024 / 1024} MB`);
  const table = await readXlsxTable(bytes).catch((cause: unknown) => {
    if (cause instanceof DomainError) throw invalid("file", cause.message);
    throw cause;
  });
  refuseFormulas(bytes);
  return new TextEncoder().encode(
    stringify(table.map(({ line, cells }) => cells.map((cell, column) => exactText(cell, line, column)))),
  );
}

function exactText({ text, isNumber }: Cell, line: number, column: number): string {
  if (isNumber && text.replace(/\D/g, "").length > KEPT_DIGITS) {
    throw invalid(
      `line ${line}, cell ${column + 1}`,
      `is a number that lost digits after the ${KEPT_DIGITS}th; write text`,
    );
  }
  return text;
}

/** To be called once it is known what the archive unpacks to. */
function refuseFormulas(bytes: Uint8Array): void {
  const sheets = Object.values(unzipSync(bytes, { filter: ({ name }) => SHEET.test(name) }));
  if (sheets.length !== 1) throw invalid("file", `has ${sheets.length} sheets; which of them counts is not said`);
  for (const sheet of sheets) {
    const text = strFromU8(sheet);
    const at = text.search(FORMULA);
    if (at === -1) continue;
    const cell = [...text.slice(0, at).matchAll(CELL)].at(-1)?.[1] ?? "sheet";
    throw invalid(cell, "is a formula; write what it comes to");
  }
}
