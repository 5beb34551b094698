import type { Block } from "./block.ts";

/** The firms of a block: the first `rows`. Of those behind them nothing is known, and they count for nothing. */
export type BlockPart = Readonly<{
  block: Block;
  rows: number;
  /** 1 for each policy that some of these firms may fit, where that is known beforehand. */
  open?: Uint8Array;
  /**
   * Of a block whose firms have one code in the zone: 1 for each policy for which they meet for certain what it asks of the
   * zone, 0 where they may. A program without the zone is enough for it.
   */
  ofZone?: Uint8Array;
}>;

/** Takes who of a block fits one policy: the bits of firms that do for certain, and of those that may. */
export type PolicyVisitor = (policy: number, certain: Int32Array, possible: Int32Array) => void;

/**
 * Runs a program over blocks. All engines answer the same; they differ in speed.
 * @see wordEngine the plain one, which every other must equal
 */
export type Engine = Readonly<{
  /** Adds to the counts of each policy. */
  count: (part: BlockPart, counts: Counts) => void;
  /** Shows the bits of each policy that someone may meet. */
  visit: (part: BlockPart, visitor: PolicyVisitor) => void;
}>;

/** Firms per policy, in the order of the plan. */
export type Counts = Readonly<{ eligible: Float64Array; possible: Float64Array }>;

export function noCounts(policies: number): Counts {
  return { eligible: new Float64Array(policies), possible: new Float64Array(policies) };
}
