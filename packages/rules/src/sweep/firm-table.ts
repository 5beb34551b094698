import type { Profile } from "../profile.ts";
import {
  addColumn,
  BLOCK_ROWS,
  type Block,
  codeAt,
  type Layout,
  layoutFor,
  newBlocks,
  relaid,
  type Stretch,
  setCode,
} from "./block.ts";
import { Coding } from "./coding.ts";
import { DerivedCodes, type Views } from "./derived-code.ts";
import { gatherBytes, gathered, type Kept, type NewRows, newRowsFor, putInOrder } from "./new-rows.ts";
import type { SweepPlan } from "./plan.ts";
import { bestZone } from "./zones.ts";

export type FirmTableOptions = Readonly<{
  /** How many firms are to come; many are worth being kept together by what most policies ask. */
  expectedFirms?: number;
}>;

/** Firms from which keeping them together pays; of fewer, too many blocks would stay half empty. */
const FIRMS_TO_CLUSTER = 200_000;

/**
 * Firms as columns of codes, in bit planes per block. A firm keeps the row that it was given when it was
 * added. Values themselves are not kept; whoever needs them has the fact store.
 */
export class FirmTable {
  readonly plan: SweepPlan;
  readonly codings: readonly Coding[];
  /** Codes that the evaluator computes, by column. */
  readonly derived: readonly DerivedCodes[];
  /** The column by which firms are kept together, if they are: each block then has few of its codes. */
  readonly zone: number | undefined;
  readonly #blocks: Block[] = [];
  readonly #spare: Block[] = [];
  /** Firms in each block, and which codes of the zone they have. */
  readonly #filled: number[] = [];
  readonly #zones: Set<number>[] = [];
  /** The block that takes the next firm, by its code in the zone. */
  readonly #open = new Map<number, number>();
  #layout: Layout;
  #codesLaidOut = 0;
  #newRows = newRowsFor(0);
  #firms = 0;

  constructor(plan: SweepPlan, { expectedFirms = 0 }: FirmTableOptions = {}) {
    this.plan = plan;
    this.codings = plan.columns.map((column) => new Coding(column, plan.asOf));
    this.derived = this.codings.map((coding) => new DerivedCodes(coding));
    this.zone = expectedFirms < FIRMS_TO_CLUSTER ? undefined : bestZone(plan, this.codings);
    this.#layout = layoutFor(this.codings.map(({ size }) => size));
  }

  /** How many firms there are. */
  get rows(): number {
    return this.#firms;
  }

  /** Bytes that all firms take. */
  get bytes(): number {
    return this.#blocks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** How many codes there are; they only grow. */
  get codes(): number {
    let codes = 0;
    for (const { size } of this.codings) codes += size;
    return codes;
  }

  get layout(): Layout {
    this.#widen();
    return this.#layout;
  }

  /** Blocks in the order of their rows; behind the firms of a block come some of which nothing is known. */
  get blocks(): readonly Block[] {
    this.#widen();
    return this.#blocks;
  }

  /** Firms in a block: the first ones. */
  filled(block: number): number {
    return this.#filled[block] ?? 0;
  }

  /** Codes of the zone that firms of a block have; `undefined` where firms are not kept together. */
  zoneOf(block: number): ReadonlySet<number> | undefined {
    return this.zone === undefined ? undefined : this.#zones[block];
  }

  /** Adds a firm. @returns its row */
  add(profile: Profile): number {
    const codes = this.codesOf(profile);
    const [row = 0] = this.addCodes(
      [...codes].map((code) => Uint16Array.of(code)),
      1,
    );
    return row;
  }

  /** Adds firms whose codes are at hand, column by column, `count` of each. @returns the row of each */
  addCodes(codes: readonly Uint16Array[], count: number): Int32Array {
    return this.addRows(count, (column, into) => into.set((codes[column] as Uint16Array).subarray(0, count)));
  }

  /**
   * Adds firms. @returns `rows`, with the row of each
   * @param read writes the code of each firm in a column, where it is not 0
   */
  addRows(
    count: number,
    read: (column: number, into: Uint16Array) => void,
    rows: Int32Array = new Int32Array(count),
  ): Int32Array {
    const memory = this.#memoryFor(count);
    const codes = memory.codes.subarray(0, count);
    const readAnew = (column: number) => {
      codes.fill(0);
      read(column, codes);
      this.#widen();
    };
    const order = this.zone === undefined ? undefined : memory.order.subarray(0, count);
    const zone = memory.zone.subarray(0, count);
    if (this.zone !== undefined && order) {
      readAnew(this.zone);
      zone.set(codes);
      putInOrder(zone, order);
    }
    const stretches = this.#stretchesFor(count, order && { zone, order }, rows);
    for (let column = 0; column < this.codings.length; column += 1) {
      // What was told of once, as of a value that is none, is not told of twice.
      if (column === this.zone) codes.set(zone);
      else readAnew(column);
      const isNarrow = (this.#layout.widths[column] as number) <= 8;
      if (isNarrow) gatherBytes(codes, order, memory.bytes);
      const row = isNarrow ? memory.narrow : { codes: order ? gathered(codes, order) : codes };
      for (const stretch of stretches)
        addColumn(this.#blocks[stretch.block] as Block, this.#layout, column, row, stretch);
    }
    return rows;
  }

  #memoryFor(count: number): NewRows {
    if (this.#newRows.codes.length < count) this.#newRows = newRowsFor(count);
    return this.#newRows;
  }

  /** Room for new firms, those of one code of the zone beside each other. */
  #stretchesFor(count: number, kept: Kept | undefined, rows: Int32Array): readonly StretchOf[] {
    const stretches: StretchOf[] = [];
    for (let start = 0; start < count; ) {
      const stretch = this.#nextRows(kept, start, count);
      const first = stretch.block * BLOCK_ROWS + stretch.from - start;
      for (let place = start; place < stretch.end; place += 1)
        rows[kept ? (kept.order[place] as number) : place] = first + place;
      stretches.push(stretch);
      start = stretch.end;
    }
    return stretches;
  }

  /** Codes of a firm in the order of the columns. */
  codesOf(profile: Profile): Uint16Array {
    const views: Views = new Map();
    const codes = new Uint16Array(this.codings.length);
    for (let column = 0; column < codes.length; column += 1) codes[column] = this.#codeOf(column, profile, views);
    return codes;
  }

  codeAt(row: number, column: number): number {
    return codeAt(this.#blockOf(row), this.#layout, column, row & ROW_MASK);
  }

  /**
   * Reads some facts of a firm anew. @returns the columns whose code is another now, with the code before
   * @param profile all that is known of the firm now
   */
  change(row: number, profile: Profile, columns: Iterable<number>): ReadonlyMap<number, number> {
    const block = this.#blockOf(row);
    const views: Views = new Map();
    const codes = new Map<number, number>();
    for (const column of columns) codes.set(column, this.#codeOf(column, profile, views));
    this.#widen();
    const before = new Map<number, number>();
    for (const [column, code] of codes) {
      const old = this.codeAt(row, column);
      if (code === old) continue;
      before.set(column, old);
      setCode(this.#blocks[row >>> ROW_BITS] ?? block, this.#layout, column, row & ROW_MASK, code);
      if (column === this.zone) this.#zones[row >>> ROW_BITS]?.add(code);
    }
    return before;
  }

  #blockOf(row: number): Block {
    const block = this.#blocks[row >>> ROW_BITS];
    if (!block || row < 0 || (row & ROW_MASK) >= this.filled(row >>> ROW_BITS))
      throw new RangeError(`no firm in row ${row}`);
    return block;
  }

  /** Room for the firms from `start` on that share one code of the zone, as many as one block takes. */
  #nextRows(kept: Kept | undefined, start: number, count: number): StretchOf {
    const codeOf = (place: number) => (kept ? (kept.zone[kept.order[place] as number] as number) : 0);
    const code = codeOf(start);
    let block = this.#open.get(code);
    if (block === undefined || this.filled(block) === BLOCK_ROWS) {
      block = this.#blocks.push(this.#spare.pop() ?? this.#newBlock()) - 1;
      this.#filled.push(0);
      this.#zones.push(new Set([code]));
      this.#open.set(code, block);
    }
    const from = this.filled(block);
    let end = Math.min(count, start + BLOCK_ROWS - from);
    if (kept) {
      const most = end;
      end = start + 1;
      while (end < most && codeOf(end) === code) end += 1;
    }
    this.#filled[block] = from + end - start;
    this.#firms += end - start;
    return { block, from, start, end };
  }

  /** The more firms there are, the more are to be expected. */
  #newBlock(): Block {
    const count = Math.min(MOST_SPARE, 1 + (this.#blocks.length >>> 3));
    const [first, ...others] = newBlocks(this.#layout, count);
    this.#spare.push(...others.reverse());
    return first as Block;
  }

  #codeOf(column: number, profile: Profile, views: Views): number {
    const coding = this.codings[column] as Coding;
    const { fact } = coding.column;
    if (!fact) return (this.derived[column] as DerivedCodes).of(profile, views);
    return coding.codeOfState(Object.hasOwn(profile, fact.id) ? profile[fact.id] : undefined);
  }

  /** Answers that were met while reading may need another bit. */
  #widen(): void {
    const { codes } = this;
    if (codes === this.#codesLaidOut) return;
    this.#codesLaidOut = codes;
    const needed = layoutFor(this.codings.map(({ size }) => size));
    if (needed.planes === this.#layout.planes) return;
    for (const [place, block] of relaid(this.#blocks, this.#layout, needed).entries()) this.#blocks[place] = block;
    this.#layout = needed;
    this.#spare.length = 0;
  }
}

type StretchOf = Stretch & Readonly<{ block: number }>;

/** Blocks made ahead. */
const MOST_SPARE = 64;
const ROW_BITS = Math.log2(BLOCK_ROWS);
const ROW_MASK = BLOCK_ROWS - 1;
