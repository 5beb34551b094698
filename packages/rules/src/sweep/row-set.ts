/** A set of rows of a table, a bit for each. Words that are not there hold nobody. */
export type RowSet = Int32Array;

export function rowSetOf(rows: Iterable<number>, firms: number): RowSet {
  const set = new Int32Array(Math.ceil(firms / 32));
  for (const row of rows) set[row >>> 5] = (set[row >>> 5] as number) | (1 << (row & 31));
  return set;
}

/** How many rows are in a set, or in both of two. */
export function countRows(set: RowSet, among: RowSet = set): number {
  const words = Math.min(set.length, among.length);
  let count = 0;
  for (let word = 0; word < words; word += 1) count += bitsIn((set[word] as number) & (among[word] as number));
  return count;
}

/** The rows of a set in their order. */
export function* rowsIn(set: RowSet): Generator<number> {
  for (const [word, bits] of set.entries()) {
    // Clears the lowest bit each time.
    for (let left = bits; left !== 0; left &= left - 1) yield word * 32 + (31 - Math.clz32(left & -left));
  }
}

/** Source: Warren, "Hacker's Delight", 5-1. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
