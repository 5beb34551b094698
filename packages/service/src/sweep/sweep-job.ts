import type { BlockPart, SimdModule } from "@apply-free/rules";

/** For blocks that are of one code of the zone, and for the others; each only where there are such blocks. */
export type CompiledSweep = Readonly<{ ofZone: SimdModule | undefined; whole: SimdModule | undefined }>;

/** What is swept: told to a thread once, and again when it is other than before. */
export type SweepGround = Readonly<{
  compiled: CompiledSweep;
  policies: number;
  /** Blocks in memory that all threads share. */
  parts: readonly BlockPart[];
}>;

/** What a thread is told to do: take the next block, until there is none. */
export type SweepJob = Readonly<{
  /** Absent: the same as last time. */
  ground?: SweepGround;
  /** The next block that nobody has taken. */
  next: Int32Array<SharedArrayBuffer>;
}>;

/** What a thread found in the blocks that it took. */
export type SweepShare = Readonly<{ eligible: Float64Array; possible: Float64Array; blocks: number }>;
