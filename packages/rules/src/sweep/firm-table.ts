import type { Profile } from "../profile.ts";
import {
  BLOCK_ROWS,
  type Block,
  codeAt,
  type Layout,
  layoutFor,
  newBlock,
  packColumn,
  relaid,
  setCode,
} from "./block.ts";
import { Coding } from "./coding.ts";
import { DerivedCodes, type Views } from "./derived-code.ts";
import type { SweepPlan } from "./plan.ts";

/**
 * Firms as columns of codes, in bit planes per block. A firm keeps the number under which it was added.
 * Values themselves are not kept; whoever needs them has the fact store.
 */
export class FirmTable {
  readonly plan: SweepPlan;
  readonly codings: readonly Coding[];
  /** Codes that the evaluator computes, by column. */
  readonly derived: readonly DerivedCodes[];
  readonly #blocks: Block[] = [];
  /** Codes of the block that is being filled, one after another per column. */
  readonly #open: readonly Uint16Array[];
  #layout: Layout;
  #rows = 0;
  #isPacked = true;

  constructor(plan: SweepPlan) {
    this.plan = plan;
    this.codings = plan.columns.map((column) => new Coding(column, plan.asOf));
    this.derived = this.codings.map((coding) => new DerivedCodes(coding));
    this.#open = this.codings.map(() => new Uint16Array(BLOCK_ROWS));
    this.#layout = layoutFor(this.codings.map(({ size }) => size));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Bytes that all firms take. */
  get bytes(): number {
    return this.blocks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** How many codes there are; they only grow. */
  get codes(): number {
    return this.codings.reduce((sum, { size }) => sum + size, 0);
  }

  get layout(): Layout {
    this.#pack();
    return this.#layout;
  }

  /** Blocks in order of their firms; the last one may be partly filled, with firms of which nothing is known. */
  get blocks(): readonly Block[] {
    this.#pack();
    return this.#blocks;
  }

  /** Adds a firm. @returns its number, from 0 */
  add(profile: Profile): number {
    const codes = this.codesOf(profile);
    const row = this.#rows % BLOCK_ROWS;
    for (const [column, code] of codes.entries()) (this.#open[column] as Uint16Array)[row] = code;
    this.#advance(1);
    return this.#rows - 1;
  }

  /** Adds firms whose codes are at hand, column by column, `count` of each. */
  addCodes(codes: readonly Uint16Array[], count: number): void {
    for (let done = 0; done < count; ) {
      const row = this.#rows % BLOCK_ROWS;
      const some = Math.min(count - done, BLOCK_ROWS - row);
      for (const [column, each] of codes.entries()) this.#open[column]?.set(each.subarray(done, done + some), row);
      this.#advance(some);
      done += some;
    }
  }

  /** Codes of a firm in the order of the columns. */
  codesOf(profile: Profile): Uint16Array {
    const views: Views = new Map();
    return Uint16Array.from(this.codings, (_, column) => this.#codeOf(column, profile, views));
  }

  codeAt(row: number, column: number): number {
    if (row >= this.#rows - (this.#rows % BLOCK_ROWS)) return this.#open[column]?.[row % BLOCK_ROWS] ?? 0;
    return codeAt(this.#blocks[Math.floor(row / BLOCK_ROWS)] as Block, this.#layout, column, row % BLOCK_ROWS);
  }

  /**
   * Reads some facts of a firm anew. @returns the columns whose code is another now, with the code before
   * @param profile all that is known of the firm now
   */
  change(row: number, profile: Profile, columns: Iterable<number>): ReadonlyMap<number, number> {
    if (row < 0 || row >= this.#rows) throw new RangeError(`no firm ${row} among ${this.#rows}`);
    const views: Views = new Map();
    const before = new Map<number, number>();
    for (const column of columns) {
      const old = this.codeAt(row, column);
      const code = this.#codeOf(column, profile, views);
      if (code === old) continue;
      before.set(column, old);
      this.#put(row, column, code);
    }
    return before;
  }

  #codeOf(column: number, profile: Profile, views: Views): number {
    const coding = this.codings[column] as Coding;
    const { fact } = coding.column;
    if (!fact) return (this.derived[column] as DerivedCodes).of(profile, views);
    return coding.codeOfState(Object.hasOwn(profile, fact.id) ? profile[fact.id] : undefined);
  }

  #put(row: number, column: number, code: number): void {
    if (row >= this.#rows - (this.#rows % BLOCK_ROWS)) {
      (this.#open[column] as Uint16Array)[row % BLOCK_ROWS] = code;
      this.#isPacked = false;
      return;
    }
    this.#widen();
    setCode(this.#blocks[Math.floor(row / BLOCK_ROWS)] as Block, this.#layout, column, row % BLOCK_ROWS, code);
  }

  #advance(count: number): void {
    this.#rows += count;
    this.#isPacked = false;
    if (this.#rows % BLOCK_ROWS !== 0) return;
    this.#pack();
    for (const codes of this.#open) codes.fill(0);
  }

  /** Writes the open block; it may be written again when more firms have come. */
  #pack(): void {
    if (this.#isPacked) return;
    this.#widen();
    const place = Math.ceil(this.#rows / BLOCK_ROWS) - 1;
    const block = this.#blocks[place] ?? newBlock(this.#layout);
    for (const [column, codes] of this.#open.entries()) packColumn(block, this.#layout, column, codes);
    this.#blocks[place] = block;
    this.#isPacked = true;
  }

  /** Answers that were met while reading may need another bit. */
  #widen(): void {
    const needed = layoutFor(this.codings.map(({ size }) => size));
    if (needed.planes === this.#layout.planes) return;
    for (const [place, block] of this.#blocks.entries()) this.#blocks[place] = relaid(block, this.#layout, needed);
    this.#layout = needed;
  }
}
