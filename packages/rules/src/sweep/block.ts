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

/** Memory that workers can look into, where the platform has it. */
export function newBlock({ planes }: Layout): Block {
  const bytes = planes * PLANE_WORDS * 4;
  return new Int32Array(
    typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
  );
}

/** Adds the codes of firms that had code 0, one behind the other from a row on. */
export function addColumn(block: Block, layout: Layout, column: number, from: number, codes: Uint16Array): void {
  const first = layout.first[column] as number;
  const width = layout.widths[column] as number;
  for (let bit = 0; bit < width; bit += 1) {
    let at = (first + bit) * PLANE_WORDS + (from >>> 5);
    let bits = 0;
    for (let place = 0, row = from; place < codes.length; place += 1, row += 1) {
      bits |= (((codes[place] as number) >>> bit) & 1) << (row & 31);
      if ((row & 31) !== 31) continue;
      block[at] = (block[at] as number) | bits;
      at += 1;
      bits = 0;
    }
    if (bits !== 0) block[at] = (block[at] as number) | bits;
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
export function relaid(block: Block, from: Layout, to: Layout): Block {
  const wider = newBlock(to);
  for (const [column, width] of from.widths.entries()) {
    const start = (from.first[column] as number) * PLANE_WORDS;
    wider.set(block.subarray(start, start + width * PLANE_WORDS), (to.first[column] as number) * PLANE_WORDS);
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
