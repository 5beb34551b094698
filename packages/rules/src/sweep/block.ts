/** Firms in one block: its planes are read together while they are in the fast memory of one core. */
export const BLOCK_ROWS = 4096;
/** Words of 32 firms in one plane of a block. */
export const PLANE_WORDS = BLOCK_ROWS / 32;

/** Where the planes of each column lie in a block: the lowest bit of the code first. */
export type Layout = Readonly<{
  first: readonly number[];
  widths: readonly number[];
  planes: number;
}>;

/** @param sizes how many codes each column has */
export function layoutFor(sizes: readonly number[]): Layout {
  const widths = sizes.map((size) => Math.ceil(Math.log2(Math.max(1, size))));
  let planes = 0;
  const first = widths.map((width) => {
    const at = planes;
    planes += width;
    return at;
  });
  return { first, widths, planes };
}

export type Block = Int32Array<ArrayBufferLike>;

/** Empty blocks in one piece of memory that workers can look into, where the platform has it: each piece takes long to get. */
export function newBlocks({ planes }: Layout, count: number): Block[] {
  const words = planes * PLANE_WORDS;
  const bytes = count * words * 4;
  const memory = typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  return Array.from({ length: count }, (_, place) => new Int32Array(memory, place * words * 4, words));
}

/** Codes of many firms in one column, a byte each where that is enough. */
export type CodeRow = Readonly<{ bytes: DataView }> | Readonly<{ codes: Uint16Array }>;

/** Firms that come to lie one behind the other in a block, from a row of it on: those from `start` to before `end`. */
export type Stretch = Readonly<{ from: number; start: number; end: number }>;

/** Adds the codes of firms that had code 0. */
export function addColumn(block: Block, layout: Layout, column: number, row: CodeRow, stretch: Stretch): void {
  const first = (layout.first[column] as number) * PLANE_WORDS;
  const width = layout.widths[column] as number;
  const { from, start, end } = stretch;
  // Up to the next whole word, whole words, and what is left.
  const whole = Math.min(end, start + (-from & 31));
  const words = (end - whole) >>> 5;
  const rest = whole + words * 32;
  for (let bit = 0; bit < width; bit += 1) {
    const plane = first + bit * PLANE_WORDS;
    const at = plane + ((from + whole - start) >>> 5);
    if (start < whole) addBits(block, plane, bit, from, row, start, whole);
    if ("bytes" in row) addWordsOfBytes(block, at, bit, row.bytes, whole, words);
    else addWords(block, at, bit, row.codes, whole, words);
    if (rest < end) addBits(block, plane, bit, from + rest - start, row, rest, end);
  }
}

/** One bit of each of four bytes, lowest first, becomes the lowest bit of each. */
const LOWEST = 0x01010101;
/** Moves bits 0, 8, 16 and 24 beside each other into 24 to 27, and bits 4, 12, 20 and 28 into those above. */
const TOGETHER = 0x01020408;

function addWordsOfBytes(block: Block, first: number, bit: number, codes: DataView, start: number, words: number) {
  let place = start;
  for (let at = first; at < first + words; at += 1) {
    let bits = 0;
    for (let shift = 0; shift < 32; shift += 8) {
      const low = (codes.getUint32(place, true) >>> bit) & LOWEST;
      const high = (codes.getUint32(place + 4, true) >>> bit) & LOWEST;
      bits |= (Math.imul(low | (high << 4), TOGETHER) >>> 24) << shift;
      place += 8;
    }
    block[at] = bits;
  }
}

/** Codes that share one word with others. */
function addBits(
  block: Block,
  plane: number,
  bit: number,
  from: number,
  row: CodeRow,
  start: number,
  end: number,
): void {
  let bits = 0;
  for (let place = start; place < end; place += 1) {
    const code = "bytes" in row ? row.bytes.getUint8(place) : (row.codes[place] as number);
    bits |= ((code >>> bit) & 1) << ((from + place - start) & 31);
  }
  const at = plane + (from >>> 5);
  block[at] = (block[at] as number) | bits;
}

function addWords(block: Block, first: number, bit: number, codes: Uint16Array, start: number, words: number): void {
  let place = start;
  for (let at = first; at < first + words; at += 1) {
    let bits = 0;
    for (let shift = 0; shift < 32; shift += 4) {
      const four =
        (((codes[place] as number) >>> bit) & 1) |
        ((((codes[place + 1] as number) >>> bit) & 1) << 1) |
        ((((codes[place + 2] as number) >>> bit) & 1) << 2) |
        ((((codes[place + 3] as number) >>> bit) & 1) << 3);
      bits |= four << shift;
      place += 4;
    }
    block[at] = bits;
  }
}

export function codeAt(block: Block, layout: Layout, column: number, row: number): number {
  const first = layout.first[column] as number;
  const width = layout.widths[column] as number;
  let code = 0;
  for (let bit = 0; bit < width; bit += 1) {
    const word = block[(first + bit) * PLANE_WORDS + (row >>> 5)] as number;
    code |= ((word >>> (row & 31)) & 1) << bit;
  }
  return code;
}

export function setCode(block: Block, layout: Layout, column: number, row: number, code: number): void {
  const first = layout.first[column] as number;
  const width = layout.widths[column] as number;
  for (let bit = 0; bit < width; bit += 1) {
    const at = (first + bit) * PLANE_WORDS + (row >>> 5);
    const mask = 1 << (row & 31);
    block[at] = (code >>> bit) & 1 ? (block[at] as number) | mask : (block[at] as number) & ~mask;
  }
}

/** The same codes under a layout with more planes. */
export function relaid(blocks: readonly Block[], from: Layout, to: Layout): Block[] {
  const wider = newBlocks(to, blocks.length);
  for (const [place, block] of blocks.entries()) {
    for (const [column, width] of from.widths.entries()) {
      const start = (from.first[column] as number) * PLANE_WORDS;
      const planes = block.subarray(start, start + width * PLANE_WORDS);
      wider[place]?.set(planes, (to.first[column] as number) * PLANE_WORDS);
    }
  }
  return wider;
}

/** Copies some planes to where the same planes lie in another memory. */
export function copyPlanes(
  block: Block,
  into: Int32Array,
  ranges: readonly Readonly<{ from: number; to: number }>[],
): void {
  for (const { from, to } of ranges) into.set(block.subarray(from * PLANE_WORDS, to * PLANE_WORDS), from * PLANE_WORDS);
}
