import { strToU8, zipSync } from "fflate";

/** A number stays a number in the sheet; text stays text, whatever it looks like. */
export type SheetValue = string | number;

/**
 * A workbook of one sheet. The same rows give the same bytes: writers for offices put the time of
 * writing into the archive, and a delivery is known by the digest of its bytes.
 */
export function writeXlsx(rows: readonly (readonly SheetValue[])[]): Uint8Array {
  const sheet = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((value, place) => cell(value, place, at + 1)).join("")}</row>`,
  );
  const parts: Readonly<Record<string, string>> = {
    "[Content_Types].xml": `<Types xmlns="${ns.types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${ns.content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${ns.content}.worksheet+xml"/></Types>`,
    "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `<workbook xmlns="${ns.main}" xmlns:r="${ns.office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${ns.main}"><sheetData>${sheet.join("")}</sheetData></worksheet>`,
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, strToU8(`${declaration}${xml}`)] as const);
  // Archives hold local time; this is the same local time everywhere.
  return zipSync(Object.fromEntries(files), { level: 6, mtime: new Date(1980, 0, 1) });
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const ns = {
  types: "http://schemas.openxmlformats.org/package/2006/content-types",
  content: "application/vnd.openxmlformats-officedocument.spreadsheetml",
  main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  office: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  package: "http://schemas.openxmlformats.org/package/2006/relationships",
};

function relation(type: string, target: string): string {
  return `<Relationships xmlns="${ns.package}"><Relationship Id="rId1" Type="${ns.office}/${type}" Target="${target}"/></Relationships>`;
}

function cell(value: SheetValue, place: number, row: number): string {
  if (value === "") return "";
  const at = `r="${columnName(place)}${row}"`;
  if (typeof value === "number") return `<c ${at}><v>${value}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : columnName(Math.floor(place / 26) - 1) + last;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
