import { parentPort } from "node:worker_threads";
import type { SweepJob } from "./sweep-job.ts";

// A thread that takes a block and dies over it, as one does that is out of memory.
parentPort?.on("message", ({ next }: SweepJob) => {
  Atomics.add(next, 0, 1);
  process.exit(3);
});
