import type { Block } from "./block.ts";

/** How many firms of a block, and who they are, under one policy: the bits of firms that are certain and possible. */
export type PolicyVisitor = (policy: number, certain: Int32Array, possible: Int32Array) => void;

/**
 * Runs a program over blocks. All engines answer the same; they differ in speed.
 * @see wordEngine the plain one, which every other must equal
 */
export type Engine = Readonly<{
  /**
   * Adds to the counts of each policy.
   * @param rows firms in the block; later bits count for nothing
   */
  count: (block: Block, rows: number, counts: Counts) => void;
  /** Shows the bits of each policy that someone may meet; they are valid until the visitor returns. */
  visit: (block: Block, rows: number, visitor: PolicyVisitor) => void;
}>;

/** Firms per policy, in the order of the plan. */
export type Counts = Readonly<{ eligible: Float64Array; possible: Float64Array }>;

export function noCounts(policies: number): Counts {
  return { eligible: new Float64Array(policies), possible: new Float64Array(policies) };
}
