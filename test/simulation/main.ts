// One life, in a process of its own: `main.ts <seed> <days>`. The outcome is one line of JSON.
import { openTestStore } from "../../packages/service/src/platform/testing.prisma.ts";
import { live } from "./life.ts";
import { Broken } from "./world.ts";

const [seed, days] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(days)) {
  throw new Error("main.ts <seed> <days>: two whole numbers");
}
const store = await openTestStore();
try {
  const lived = await live(store, { seed: seed as number, days: days as number });
  process.stdout.write(`${JSON.stringify({ outcome: "whole", ...lived })}\n`);
} catch (cause) {
  if (!(cause instanceof Broken)) throw cause;
  process.stdout.write(`${JSON.stringify({ outcome: "broken", law: cause.message })}\n`);
}
await store.close();
