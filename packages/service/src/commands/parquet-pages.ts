import { type NumberScale, ScaleReader } from "@apply-free/rules";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { getSchemaPath } from "hyparquet/src/schema.js";
import type { ColumnMetaData, FileMetaData, PageHeader, SchemaElement } from "hyparquet/src/types.js";
import { codecs } from "./parquet-codecs.ts";
import { dayText } from "./parquet-days.ts";
import { countOnes, type PageBytes, unpackAll, unpackFlags, unpackNumbers } from "./parquet-packed.ts";

/** A column of single values as it lies in a file, each value in its row. */
export type FlatColumn =
  /** 0: nothing there; else a place among the entries, from 1. */
  | Readonly<{ kind: "places"; places: Uint8Array | Uint16Array; entries: readonly unknown[] }>
  | Readonly<{ kind: "numbers"; values: Float64Array; known: Uint8Array }>;

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
/** Bits of a place in a dictionary of so many. */
const MOST_WIDTH = 16;

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
      if (dictionary.num_values >= MOST_ENTRIES) return undefined;
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

type DataPage = Readonly<{
  count: number;
  encoding: string;
  body: PageBytes;
  /** Which rows have a value; `undefined` where all do. */
  levels: Uint8Array | undefined;
}>;

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

function lengthThenBytes(page: PageBytes): Uint8Array {
  const view = new DataView(page.bytes.buffer, page.bytes.byteOffset, page.bytes.byteLength);
  const length = view.getUint32(page.at, true);
  const from = page.at + 4;
  page.at = from + length;
  return page.bytes.subarray(from, from + length);
}

/** Which rows of a page have a value, 1 for each, and how many do. */
type Known = Readonly<{ flags: Uint8Array; count: number }>;

/** The rows of one column, page after page. */
class RowsOfColumn {
  filled = 0;
  entries: readonly unknown[] | undefined;
  readonly #rows: number;
  readonly #element: SchemaElement;
  readonly #scale: ScaleReader | undefined;
  #places: Uint8Array | Uint16Array | undefined;
  #values: Float64Array | undefined;
  #known: Uint8Array | undefined;

  constructor(rows: number, element: SchemaElement, scale: NumberScale | undefined) {
    this.#rows = rows;
    this.#element = element;
    this.#scale = scale && new ScaleReader(scale);
  }

  /** @returns false where the page is laid out in a way that is left to the library */
  add({ count, encoding, levels, body }: DataPage): boolean {
    if (this.filled + count > this.#rows) throw new RangeError("a column has more rows than its group");
    const flags = scratch.known(count);
    if (levels) unpackFlags({ bytes: levels, at: 0 }, flags);
    else flags.fill(1);
    const known = { flags, count: levels ? countOnes(flags) : count };
    const isAdded = this.#addAny(encoding, body, known);
    this.filled += count;
    return isAdded;
  }

  #addAny(encoding: string, body: PageBytes, known: Known): boolean {
    if (encoding.endsWith("_DICTIONARY")) return this.#addPlaces(body, known);
    if (this.#element.type === "BOOLEAN") return this.#addBooleans(encoding, body, known);
    return encoding === "PLAIN" && this.#addNumbers(body, known);
  }

  take(): FlatColumn | undefined {
    if (this.#values && this.#known) return { kind: "numbers", values: this.#values, known: this.#known };
    if (!this.#places || !this.entries) return undefined;
    return { kind: "places", places: this.#places, entries: this.entries };
  }

  #addPlaces(body: PageBytes, known: Known): boolean {
    const { entries } = this;
    // Places of another kind, and a dictionary that was given up and is taken up again.
    if (!entries || this.#values) return false;
    const width = body.bytes[body.at] ?? 0;
    body.at += 1;
    if (width > MOST_WIDTH) return false;
    const packed = scratch.packed(known.count);
    unpackNumbers(body, width, packed);
    this.#spread(packed, known, 1, entries.length);
    return true;
  }

  #addBooleans(encoding: string, body: PageBytes, known: Known): boolean {
    const packed = scratch.packed(known.count);
    if (encoding === "RLE") unpackNumbers({ bytes: lengthThenBytes(body), at: 0 }, 1, packed);
    else if (encoding === "PLAIN") unpackAll(body.bytes, body.at, 1, packed);
    else return false;
    this.entries = [false, true];
    this.#spread(packed, known, 1, 2);
    return true;
  }

  #addNumbers(body: PageBytes, known: Known): boolean {
    const numbers = numbersIn(this.#element, body, known.count);
    if (!numbers) return false;
    if (this.#addClasses(numbers, known)) return true;
    const [values, isKnown] = [this.#values ?? new Float64Array(this.#rows), this.#known ?? new Uint8Array(this.#rows)];
    [this.#values, this.#known] = [values, isKnown];
    if (!this.#takeOver(values, isKnown)) return false;
    isKnown.set(known.flags, this.filled);
    spreadNumbers(numbers, known.flags, values, this.filled);
    return true;
  }

  /** @returns false where the numbers themselves are wanted, or some are no values */
  #addClasses(numbers: Float64Array, known: Known): boolean {
    const scale = this.#scale;
    // Only pages of numbers: places in a dictionary are others.
    if (!scale || this.#values || (this.entries && this.entries !== scale.entries)) return false;
    const packed = scratch.packed(known.count);
    // Numbers of the pages before are no longer at hand.
    if (!scale.read(packed, numbers)) throw new RangeError("a number that is no value of its fact");
    this.entries = scale.entries;
    this.#spread(packed, known, 0, scale.entries.length);
    return true;
  }

  /** A dictionary that grew too large is given up for the pages that follow. */
  #takeOver(values: Float64Array, known: Uint8Array): boolean {
    const [places, entries] = [this.#places, this.entries ?? []];
    if (!places) return true;
    if (!entries.every((entry) => typeof entry === "number")) return false;
    for (let row = 0; row < this.filled; row += 1) {
      const place = places[row] as number;
      if (place === 0) continue;
      values[row] = entries[place - 1] as number;
      known[row] = 1;
    }
    this.#places = undefined;
    return true;
  }

  /** @param first what is added to each, so that 0 stays for nothing */
  #spread(packed: Uint16Array, { flags }: Known, first: number, entries: number): void {
    this.#places ??= entries < 256 ? new Uint8Array(this.#rows) : new Uint16Array(this.#rows);
    const into = this.#places.subarray(this.filled, this.filled + flags.length);
    if (into instanceof Uint8Array) spreadBytes(packed, flags, into, first);
    else spread(packed, flags, into, first);
  }
}

/** Memory for one page, used for one after another: asking for new memory costs more than what is done in it. */
class Scratch {
  #known = new Uint8Array();
  #packed = new Uint16Array();
  #numbers = new Float64Array();

  known(count: number): Uint8Array {
    if (this.#known.length < count) this.#known = new Uint8Array(count);
    return this.#known.subarray(0, count);
  }

  packed(count: number): Uint16Array {
    // One more, for the last rows may be without a value.
    if (this.#packed.length <= count) this.#packed = new Uint16Array(count + 1);
    return this.#packed.subarray(0, count);
  }

  numbers(count: number): Float64Array {
    if (this.#numbers.length < count) this.#numbers = new Float64Array(count);
    return this.#numbers.subarray(0, count);
  }
}

const scratch = new Scratch();

/** Where a row has a value, the next one, which counts from `first`; else 0. */
function spread(packed: Uint16Array, known: Uint8Array, into: Uint16Array, first: number): void {
  let next = 0;
  for (let row = 0; row < known.length; row += 1) {
    const isKnown = known[row] as number;
    // Without a branch, for whether a value is missing cannot be foreseen.
    into[row] = ((packed[next] as number) + first) * isKnown;
    next += isKnown;
  }
}

/** The same into bytes: by itself, for one loop over both kinds takes four times as long. */
function spreadBytes(packed: Uint16Array, known: Uint8Array, into: Uint8Array, first: number): void {
  let next = 0;
  for (let row = 0; row < known.length; row += 1) {
    const isKnown = known[row] as number;
    into[row] = ((packed[next] as number) + first) * isKnown;
    next += isKnown;
  }
}

function spreadNumbers(packed: Float64Array, known: Uint8Array, into: Float64Array, from: number): void {
  let next = 0;
  for (let row = 0; row < known.length; row += 1) {
    into[from + row] = packed[next] as number;
    next += known[row] as number;
  }
}

/** @returns `undefined` where they are no numbers that a double holds as they were written */
function numbersIn(element: SchemaElement, body: PageBytes, count: number): Float64Array | undefined {
  const { type, converted_type: converted, logical_type: logical, scale = 0, precision = 0 } = element;
  const isDecimal = converted === "DECIMAL" && precision <= MOST_DIGITS;
  const isInteger =
    (converted === undefined || converted.startsWith("INT_")) &&
    (logical === undefined || (logical.type === "INTEGER" && logical.isSigned));
  const numbers = scratch.numbers(count);
  if (type === "DOUBLE" && converted === undefined && logical === undefined) {
    new Uint8Array(numbers.buffer).set(valuesOf(body, count * 8));
    return numbers;
  }
  if (!isDecimal && !isInteger) return undefined;
  const bytes = valuesOf(body, count * (type === "INT64" ? 8 : 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const divisor = isDecimal ? 10 ** scale : 1;
  if (type === "INT32") {
    for (let at = 0; at < count; at += 1) numbers[at] = view.getInt32(4 * at, true) / divisor;
    return numbers;
  }
  if (type !== "INT64") return undefined;
  for (let at = 0; at < count; at += 1) {
    const whole = Number(view.getBigInt64(8 * at, true));
    // What a double cannot hold is a text, which the library makes of it.
    if (!Number.isSafeInteger(whole)) return undefined;
    numbers[at] = whole / divisor;
  }
  return numbers;
}

/** Digits that a double surely holds. */
const MOST_DIGITS = 15;

function valuesOf({ bytes, at }: PageBytes, length: number): Uint8Array {
  if (at + length > bytes.length) throw new RangeError("a page ends too early");
  return bytes.subarray(at, at + length);
}
