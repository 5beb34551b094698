import type { Block, SimdModule } from "@apply-free/rules";

/** What a thread is told to do: take the next block, until there is none. */
export type SweepJob = Readonly<{
  compiled: SimdModule;
  /** Full blocks, in memory that all threads share. */
  blocks: readonly Block[];
  /** The next block that nobody has taken. */
  next: Int32Array<SharedArrayBuffer>;
}>;

/** What a thread found in the blocks that it took. */
export type SweepShare = Readonly<{ eligible: Float64Array; possible: Float64Array; blocks: number }>;
