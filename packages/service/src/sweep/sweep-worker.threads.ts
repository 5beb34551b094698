import { parentPort } from "node:worker_threads";
import { type BlockPart, noCounts, SimdRun } from "@apply-free/rules/threads";
import type { SweepGround, SweepJob, SweepShare } from "./sweep-job.ts";

type Ready = Pick<SweepGround, "parts" | "policies"> & Readonly<{ runOf(part: BlockPart): SimdRun }>;

let ready: Ready | undefined;

// A thread of the pool: it lives as long as the pool does, and decides blocks until none is left.
parentPort?.on("message", ({ ground, next }: SweepJob) => {
  if (ground) ready = readyFor(ground);
  if (!ready) throw new Error("a thread of the sweep was told nothing to sweep");
  const { parts, policies, runOf } = ready;
  const counts = noCounts(policies);
  let taken = 0;
  for (let place = Atomics.add(next, 0, 1); place < parts.length; place = Atomics.add(next, 0, 1)) {
    const part = parts[place] as BlockPart;
    runOf(part).count(part, counts);
    taken += 1;
  }
  const share: SweepShare = { ...counts, blocks: taken };
  parentPort?.postMessage(share);
});

function readyFor({ compiled, parts, policies }: SweepGround): Ready {
  const ofZone = compiled.ofZone && new SimdRun(compiled.ofZone);
  const whole = compiled.whole && new SimdRun(compiled.whole);
  const runOf = (part: BlockPart) => {
    const run = part.ofZone ? ofZone : whole;
    if (!run) throw new Error("a block came for which no program was compiled");
    return run;
  };
  return { parts, policies, runOf };
}
