import type { NumberScale } from "@apply-free/rules/threads";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { getSchemaPath } from "hyparquet/src/schema.js";
import type { ColumnMetaData, FileMetaData, PageHeader, SchemaElement } from "hyparquet/src/types.js";
import { codecs } from "./codecs.ts";
import { dayText } from "./days.ts";
import { lengthThenBytes } from "./packed.ts";
import { type DataPage, type FlatColumn, RowsOfColumn } from "./rows.ts";

/** Which column of which rows is read. */
export type FlatPlace = Readonly<{
  meta: ColumnMetaData;
  schema: FileMetaData["schema"];
  /** Rows of the group. */
  rows: number;
  /** Where one number for each class is enough. */
  scale?: NumberScale | undefined;
}>;

/** Places that fit 16 bits, 0 being nothing. */
const MOST_ENTRIES = 65_535;

/**
 * Reads a column of one row group without making an object or a text of each value: values that come again and
 * again stay places in the dictionary that the file has for them, and numbers are moved as they are.
 * Source: Apache Parquet, "Data Pages" and "Encodings".
 * @param bytes all pages of the column, the dictionary first
 * @returns `undefined` where the column is laid out in another way; the library reads every way
 * @throws Error where a page is not what it says
 */
export function readFlatColumn(bytes: Uint8Array, { meta, schema, rows, scale }: FlatPlace): FlatColumn | undefined {
  const path = getSchemaPath(schema, meta.path_in_schema);
  const element = path.at(-1)?.element;
  if (!element || path.length !== 2 || element.repetition_type === "REPEATED") return undefined;
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const column = new RowsOfColumn(rows, element, scale);
  while (column.filled < rows) {
    const header = parquetHeader(reader);
    const packed = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const { dictionary_page_header: dictionary } = header;
    if (!dictionary) {
      if (!column.add(pageOf(header, packed, meta, element))) return undefined;
    } else {
      if (dictionary.num_values >= MOST_ENTRIES || column.filled > 0) return undefined;
      const page = unpacked(packed, header.uncompressed_page_size, meta);
      const view = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
      const values = readPlain(view, meta.type, dictionary.num_values, element.type_length);
      const { type, codec, path_in_schema: pathInSchema } = meta;
      const parsers = { ...DEFAULT_PARSERS, dateFromDays: dayText };
      const converted = convert(values, { pathInSchema, type, element, schemaPath: path, codec, parsers });
      column.entries = Array.from(converted as ArrayLike<unknown>);
    }
  }
  return column.take();
}

function pageOf(header: PageHeader, packed: Uint8Array, meta: ColumnMetaData, element: SchemaElement): DataPage {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  const isRequired = element.repetition_type === "REQUIRED";
  if (first) {
    const body = { bytes: unpacked(packed, size, meta), at: 0 };
    const levels = isRequired ? undefined : lengthThenBytes(body);
    return { count: first.num_values, encoding: first.encoding, body, levels };
  }
  if (!second) throw new Error(`a page of kind ${header.type}`);
  const { num_values: count, encoding, repetition_levels_byte_length: skipped } = second;
  const start = skipped + second.definition_levels_byte_length;
  const rest = packed.subarray(start);
  const bytes = second.is_compressed === false ? rest : unpacked(rest, size - start, meta);
  const levels = isRequired ? undefined : packed.subarray(skipped, start);
  return { count, encoding, body: { bytes, at: 0 }, levels };
}

function unpacked(packed: Uint8Array, size: number, { codec }: ColumnMetaData): Uint8Array {
  return size === 0 ? new Uint8Array() : decompressPage(packed, size, codec, codecs);
}
