import { parentPort } from "node:worker_threads";
import { type BlockPart, noCounts, SimdRun } from "@apply-free/rules";
import type { SweepJob, SweepShare } from "./sweep-job.ts";

// A thread of the pool: it lives as long as the pool does, and decides blocks until none is left.
parentPort?.on("message", ({ compiled, parts, next }: SweepJob) => {
  const run = new SimdRun(compiled);
  const counts = noCounts(compiled.policies);
  let taken = 0;
  for (let place = Atomics.add(next, 0, 1); place < parts.length; place = Atomics.add(next, 0, 1)) {
    run.count(parts[place] as BlockPart, counts);
    taken += 1;
  }
  const share: SweepShare = { ...counts, blocks: taken };
  parentPort?.postMessage(share);
});
