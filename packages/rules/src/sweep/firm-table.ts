import type { Profile } from "../profile.ts";
import {
  addColumn,
  BLOCK_ROWS,
  type Block,
  codeAt,
  type Layout,
  layoutFor,
  newBlock,
  relaid,
  setCode,
} from "./block.ts";
import { Coding } from "./coding.ts";
import { DerivedCodes, type Views } from "./derived-code.ts";
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
  /** Firms in each block, and which codes of the zone they have. */
  readonly #filled: number[] = [];
  readonly #zones: Set<number>[] = [];
  /** The block that takes the next firm, by its code in the zone. */
  readonly #open = new Map<number, number>();
  #layout: Layout;
  #codesLaidOut = 0;
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
    this.#widen();
    const zone = this.zone === undefined ? undefined : codes[this.zone];
    const rows = new Int32Array(count);
    for (let place = 0; place < count; place += 1) rows[place] = this.#nextRow(zone?.[place] ?? 0);
    const gathered = new Uint16Array(Math.min(count, BLOCK_ROWS));
    for (const [place, places] of placesByBlock(rows)) {
      const block = this.#blocks[place] as Block;
      const from = (rows[places[0] as number] as number) & ROW_MASK;
      const some = gathered.subarray(0, places.length);
      for (const [column, each] of codes.entries()) {
        for (let at = 0; at < places.length; at += 1) some[at] = each[places[at] as number] as number;
        addColumn(block, this.#layout, column, from, some);
      }
    }
    return rows;
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

  #nextRow(zoneCode: number): number {
    let block = this.#open.get(zoneCode);
    if (block === undefined || this.filled(block) === BLOCK_ROWS) {
      block = this.#blocks.push(newBlock(this.#layout)) - 1;
      this.#filled.push(0);
      this.#zones.push(new Set([zoneCode]));
      this.#open.set(zoneCode, block);
    }
    const place = this.filled(block);
    this.#filled[block] = place + 1;
    this.#firms += 1;
    return block * BLOCK_ROWS + place;
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
    for (const [place, block] of this.#blocks.entries()) this.#blocks[place] = relaid(block, this.#layout, needed);
    this.#layout = needed;
  }
}

/** Places of firms by the block that they lie in, one behind the other. */
function placesByBlock(rows: Int32Array): ReadonlyMap<number, readonly number[]> {
  const byBlock = new Map<number, number[]>();
  for (let place = 0; place < rows.length; place += 1) {
    const block = (rows[place] as number) >>> ROW_BITS;
    const places = byBlock.get(block);
    if (places) places.push(place);
    else byBlock.set(block, [place]);
  }
  return byBlock;
}

const ROW_BITS = Math.log2(BLOCK_ROWS);
const ROW_MASK = BLOCK_ROWS - 1;
