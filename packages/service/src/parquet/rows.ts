import { type NumberScale, ScaleReader } from "@apply-free/rules/threads";
import type { SchemaElement } from "hyparquet/src/types.js";
import { numbersIn } from "./numbers.ts";
import { countOnes, lengthThenBytes, type PageBytes, unpackAll, unpackFlags, unpackNumbers } from "./packed.ts";
import { scratch } from "./scratch.ts";

/** A column of single values as it lies in a file, each value in its row. */
export type FlatColumn =
  /** 0: nothing there; else a place among the entries, from 1. */
  | Readonly<{ kind: "places"; places: Uint8Array | Uint16Array; entries: readonly unknown[] }>
  | Readonly<{ kind: "numbers"; values: Float64Array; known: Uint8Array }>;

export type DataPage = Readonly<{
  count: number;
  encoding: string;
  body: PageBytes;
  /** Which rows have a value; `undefined` where all do. */
  levels: Uint8Array | undefined;
}>;

/** Bits of a place in a dictionary of so many. */
const MOST_WIDTH = 16;

/** Which rows of a page have a value, 1 for each, and how many do. */
type Known = Readonly<{ flags: Uint8Array; count: number }>;

/** The rows of one column, page after page. */
export class RowsOfColumn {
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
    if (!entries || entries === this.#scale?.entries || this.#values) return false;
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
