import { emitRules, type Policy, type Profile, profileOfRow, RulesError } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { readFactChunks } from "./fact-chunks.fs.ts";
import type { Io } from "./io.ts";
import { MisfitReport } from "./misfit-report.ts";
import { type Alone, SingleDecisions } from "./single-decisions.ts";
import { type Answered, factsFor, type PolicyCount, totalsOf } from "./sweep-answer.ts";
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
  const { held, alone } = expressible(policies, name, asOf);
  const single = new SingleDecisions(alone, asOf, io);
  const misfits = new MisfitReport(file, io);
  const facts = factsFor(policies);
  const definitions = [...facts.wanted].flatMap((id) => facts.known.get(id) ?? []);
  async function* profiles(): AsyncGenerator<Profile> {
    let read = 0;
    for await (const chunk of readFactChunks(file, facts)) {
      misfits.addAll(chunk, definitions);
      await single.add(chunk);
      for (let row = 0; row < chunk.count; row += 1) {
        yield profileOfRow(chunk.columns, row);
        read += 1;
        if (read % REPORT_EVERY === 0) io.err(`${read} firms read`);
      }
    }
    misfits.finish();
    loaded = performance.now();
  }
  const { engine, close } = await openSweepEngine(name, run);
  try {
    const count = await engine.count(held, { kind: "profiles", profiles: profiles() }, asOf);
    for (const [fact, firms] of Object.entries(count.decidedApart)) {
      io.err(`${firms} firms decided one by one, because no column holds their ${fact}`);
    }
    const counted = new Map<Policy, PolicyCount>(single.counts);
    for (const [place, policy] of held.entries()) counted.set(policy, count.byPolicy[place] as PolicyCount);
    return totalsOf({
      firms: count.firms,
      byPolicy: policies.map((policy) => {
        const { id, eligible, undetermined } = counted.get(policy) as PolicyCount;
        return { id, eligible, undetermined };
      }),
      loadMs: loaded - began,
      sweepMs: performance.now() - loaded,
      bytesPerFirm: count.firms === 0 ? 0 : Math.round((count.bytes / count.firms) * 100) / 100,
      alone: alone.map(({ policy: { id }, why }) => ({ id, why })),
      misfits: misfits.count,
    });
  } finally {
    await close();
  }
}

/** Policies that a database can be asked, and those that it cannot. */
function expressible(
  policies: readonly Policy[],
  dialect: SweepEngineName,
  asOf: Day,
): Readonly<{ held: readonly Policy[]; alone: readonly Alone[] }> {
  const held: Policy[] = [];
  const alone: Alone[] = [];
  for (const policy of policies) {
    const why = whyNot(policy, dialect, asOf);
    if (why === undefined) held.push(policy);
    else alone.push({ policy, why });
  }
  return { held, alone };
}

function whyNot(policy: Policy, dialect: SweepEngineName, asOf: Day): string | undefined {
  try {
    emitRules([policy], dialect, asOf);
    return undefined;
  } catch (cause) {
    if (cause instanceof RulesError && cause.code === "sql-inexpressible") return cause.message;
    throw cause;
  }
}
