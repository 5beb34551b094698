/** Bytes of a page from a place on; whoever reads moves it on. */
export type PageBytes = { readonly bytes: Uint8Array; at: number };

/** Some numbers to be read: their place among others, and where their bits lie. */
type Run = Readonly<{ bytes: Uint8Array; from: number; start: number; count: number }>;

/**
 * Numbers of few bits as runs of the same one and as packed groups of eight.
 * Source: Apache Parquet, "Encodings", RLE/bit-packing hybrid.
 * @param width bits of each number, 0 to 16
 * @throws RangeError where the bytes end before all numbers
 */
export function unpackNumbers(page: PageBytes, width: number, into: Uint16Array): void {
  if (width === 0) into.fill(0);
  else eachRun(page, width, into, (run) => unpackGroup(run, width, into));
}

/** The same of numbers that are 0 or 1. */
export function unpackFlags(page: PageBytes, into: Uint8Array): void {
  eachRun(page, 1, into, (run) => unpackBits(run, into));
}

/** Numbers of so many bits, the lowest of each byte first. */
export function unpackAll(bytes: Uint8Array, from: number, width: number, into: Uint16Array): void {
  if (from + Math.ceil((into.length * width) / 8) > bytes.length) throw new RangeError("a page ends too early");
  unpackGroup({ bytes, from, start: 0, count: into.length }, width, into);
}

function eachRun(
  page: PageBytes,
  width: number,
  into: Readonly<{ length: number; fill(value: number, start: number, end: number): unknown }>,
  unpack: (run: Run) => void,
): void {
  const { bytes } = page;
  let start = 0;
  while (start < into.length) {
    const header = readVarint(page);
    const isPacked = (header & 1) === 1;
    const count = Math.min(isPacked ? (header >>> 1) * 8 : header >>> 1, into.length - start);
    const length = isPacked ? (header >>> 1) * width : (width + 7) >>> 3;
    // The last group may be written without the bytes that nothing is in.
    const needed = isPacked ? Math.ceil((count * width) / 8) : length;
    if (count === 0 || page.at + needed > bytes.length) throw new RangeError("a run of numbers goes beyond its page");
    if (isPacked) unpack({ bytes, from: page.at, start, count });
    else into.fill(numberAt(page, length), start, start + count);
    page.at += length;
    start += count;
  }
}

/** Four bytes at once where there are four, whatever byte a number begins in. */
function unpackGroup({ bytes, from, start, count }: Run, width: number, into: Uint16Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mask = (1 << width) - 1;
  const safe = Math.max(0, Math.min(count, Math.floor(((bytes.length - from - 4) * 8) / width)));
  let bit = 0;
  for (let place = start; place < start + safe; place += 1, bit += width)
    into[place] = (view.getUint32(from + (bit >>> 3), true) >>> (bit & 7)) & mask;
  for (let place = start + safe; place < start + count; place += 1, bit += width) {
    const at = from + (bit >>> 3);
    const held = (bytes[at] as number) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    into[place] = (held >>> (bit & 7)) & mask;
  }
}

/** Eight at once where they begin where four bytes may. */
function unpackBits({ bytes, from, start, count }: Run, into: Uint8Array): void {
  const isAligned = ((into.byteOffset + start) & 3) === 0;
  const whole = isAligned ? count >>> 3 : 0;
  if (isAligned) {
    const fours = new Uint32Array(into.buffer, into.byteOffset + start, whole * 2);
    for (let at = 0; at < whole; at += 1) {
      const byte = bytes[from + at] as number;
      fours[2 * at] = fourBits[byte & 15] as number;
      fours[2 * at + 1] = fourBits[byte >>> 4] as number;
    }
  }
  for (let bit = whole * 8; bit < count; bit += 1)
    into[start + bit] = ((bytes[from + (bit >>> 3)] as number) >>> (bit & 7)) & 1;
}

/** Four bits as four bytes, in the order of bytes of this machine. */
const fourBits = Uint32Array.from({ length: 16 }, (_, four) => {
  const bytes = Uint8Array.of(four & 1, (four >>> 1) & 1, (four >>> 2) & 1, four >>> 3);
  return new Uint32Array(bytes.buffer)[0] as number;
});

/** How many of these, each 0 or 1, are 1. They begin where four bytes may. */
export function countOnes(flags: Uint8Array): number {
  const whole = flags.length >>> 2;
  const fours = new Uint32Array(flags.buffer, flags.byteOffset, whole);
  let ones = 0;
  for (let at = 0; at < whole; ) {
    // Sums of single bytes, as many as surely fit one.
    const stop = Math.min(whole, at + 255);
    let sums = 0;
    for (; at < stop; at += 1) sums += fours[at] as number;
    ones += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
  }
  for (let at = whole * 4; at < flags.length; at += 1) ones += flags[at] as number;
  return ones;
}

function numberAt({ bytes, at }: PageBytes, length: number): number {
  let number = 0;
  for (let byte = 0; byte < length; byte += 1) number |= (bytes[at + byte] as number) << (8 * byte);
  return number;
}

/** What a length of four bytes says how long it is, with it moved over. */
export function lengthThenBytes(page: PageBytes): Uint8Array {
  const view = new DataView(page.bytes.buffer, page.bytes.byteOffset, page.bytes.byteLength);
  const length = view.getUint32(page.at, true);
  const from = page.at + 4;
  page.at = from + length;
  return page.bytes.subarray(from, from + length);
}

const MOST_SHIFT = 28;

function readVarint(page: PageBytes): number {
  let number = 0;
  for (let shift = 0; shift <= MOST_SHIFT && page.at < page.bytes.length; shift += 7) {
    const byte = page.bytes[page.at] as number;
    page.at += 1;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number >>> 0;
  }
  throw new RangeError("a length goes beyond its page");
}
