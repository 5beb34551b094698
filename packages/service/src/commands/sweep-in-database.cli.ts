import { type Policy, type Profile, profileOfRow } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { readFactChunks } from "./fact-chunks.fs.ts";
import type { Io } from "./io.ts";
import { type Answered, factsFor, totalsOf } from "./sweep-answer.ts";
import { openSweepEngine, type SweepEngineName } from "./sweep-engine.env.ts";

const REPORT_EVERY = 100_000;

/**
 * Counts the firms of a file in a database. They are handed over one by one, so that lists, series and
 * formulas are answered on the way.
 *
 * @param run a name that no other sweep at the same time has
 */
export async function sweepInDatabase(
  name: SweepEngineName,
  file: string,
  policies: readonly Policy[],
  asOf: Day,
  io: Io,
  run: string,
): Promise<Answered> {
  const began = performance.now();
  let loaded = began;
  async function* profiles(): AsyncGenerator<Profile> {
    let read = 0;
    for await (const { count, columns } of readFactChunks(file, factsFor(policies))) {
      for (let row = 0; row < count; row += 1) {
        yield profileOfRow(columns, row);
        read += 1;
        if (read % REPORT_EVERY === 0) io.err(`${read} firms read`);
      }
    }
    loaded = performance.now();
  }
  const { engine, close } = await openSweepEngine(name, run);
  try {
    const count = await engine.count(policies, { kind: "profiles", profiles: profiles() }, asOf);
    for (const [fact, firms] of Object.entries(count.decidedApart)) {
      io.err(`${firms} firms decided one by one, because no column holds their ${fact}`);
    }
    return totalsOf({
      firms: count.firms,
      byPolicy: count.byPolicy.map(({ id, eligible, undetermined }) => ({ id, eligible, undetermined })),
      loadMs: loaded - began,
      sweepMs: performance.now() - loaded,
      bytesPerFirm: count.firms === 0 ? 0 : Math.round((count.bytes / count.firms) * 100) / 100,
      alone: [],
      misfits: 0,
    });
  } finally {
    await close();
  }
}
