import type { BlockPart, SimdModule } from "@apply-free/rules";

/** What a thread is told to do: take the next block, until there is none. */
export type SweepJob = Readonly<{
  compiled: SimdModule;
  /** Blocks in memory that all threads share. */
  parts: readonly BlockPart[];
  /** The next block that nobody has taken. */
  next: Int32Array<SharedArrayBuffer>;
}>;

/** What a thread found in the blocks that it took. */
export type SweepShare = Readonly<{ eligible: Float64Array; possible: Float64Array; blocks: number }>;
