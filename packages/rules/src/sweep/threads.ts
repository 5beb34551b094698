/** What a thread of its own needs to read and to sweep: it starts in less than half of the time that all of the rules take. */
export { type BlockPart, noCounts } from "./engine.ts";
export { type NumberScale, ScaleReader } from "./number-scale.ts";
export { type SimdModule, SimdRun } from "./simd-engine.ts";
