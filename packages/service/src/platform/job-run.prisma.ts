import { z } from "zod";
import { isDuplicate, type Tx } from "./store.prisma.ts";

/** Rows of timed work: who took which slot, and whether it came to an end. */
export type JobRuns = {
  /** Job name → the newest slot of it that came to an end. */
  lastFinished(): Promise<ReadonlyMap<string, string>>;
  /**
   * Takes a slot. Of several instances exactly one gets it. A slot whose owner died is free again
   * when its lease is over, or at once when this process is known to be the only one.
   */
  take(
    slot: Readonly<{ job: string; slot: string; now: Date; leaseUntil: Date; soleInstance: boolean }>,
  ): Promise<boolean>;
  /** `outcome` in both languages; `outcomeOf` reads it back. */
  finish(job: string, slot: string, outcome: Outcome, now: Date): Promise<void>;
};

type Outcome = Readonly<{ zh: string; en: string }>;

/** On the store itself, not inside a transaction: the row must be seen before the work begins. */
export function jobRuns(db: Tx): JobRuns {
  return {
    async lastFinished() {
      const newest = await db.jobRun.groupBy({
        by: ["job"],
        where: { finishedAt: { not: null } },
        _max: { slot: true },
      });
      return new Map(newest.map(({ job, _max }) => [job, _max.slot ?? ""]));
    },
    async take({ job, slot, now, leaseUntil, soleInstance }) {
      try {
        await db.jobRun.create({ data: { job, slot, startedAt: now, leaseUntil } });
        return true;
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause;
      }
      const { count } = await db.jobRun.updateMany({
        where: { job, slot, finishedAt: null, ...(!soleInstance && { leaseUntil: { lt: now } }) },
        data: { leaseUntil },
      });
      return count === 1;
    },
    async finish(job, slot, outcome, now) {
      await db.jobRun.update({
        where: { job_slot: { job, slot } },
        data: { finishedAt: now, outcome: JSON.stringify(outcome) },
      });
    },
  };
}

const stored = z.object({ zh: z.string(), en: z.string() });

/** What a run said it did; rows of earlier releases hold one language. */
export function outcomeOf(outcome: string): Outcome {
  try {
    return stored.parse(JSON.parse(outcome));
  } catch {
    return { zh: outcome, en: outcome };
  }
}
