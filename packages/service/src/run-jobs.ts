import type { Clock } from "./kernel/clock.ts";
import { dueSlot, type Schedule, type Slot } from "./schedule.ts";

export type Bilingual = Readonly<{ zh: string; en: string }>;

/** Work that the clock starts. It does everything that is due, so one run makes up for missed ones. */
export type Job = Readonly<{
  name: string;
  /** What it is for, for the operator's page. */
  purpose: Bilingual;
  schedule: Schedule;
  /** @returns what it did, in a few words for that page */
  run(slot: Slot): Promise<Bilingual>;
}>;

/** What of `platform/job-run` the runner needs. */
export type JobRunStore = {
  lastFinished(): Promise<ReadonlyMap<string, Slot>>;
  take(
    slot: Readonly<{ job: string; slot: Slot; now: Date; leaseUntil: Date; soleInstance: boolean }>,
  ): Promise<boolean>;
  finish(job: string, slot: Slot, outcome: Bilingual, now: Date): Promise<void>;
};

export type JobDeps = Readonly<{
  jobRuns: JobRunStore;
  clock: Clock;
  /** Real time, for leases: the clock of a demonstration may stand still while a job runs. */
  wallClock: Clock;
  /** The embedded store admits one process, so a slot that was never finished belongs to a dead one. */
  soleInstance: boolean;
  onFailure?(job: Job, slot: Slot, cause: unknown): void;
}>;

const LEASE_MINUTES = 15;

/**
 * Runs the newest due slot of each job, in the order of the list. Two instances never run the same
 * slot; a job that fails is due again when its lease is over, and never stops the others.
 */
export async function runDueJobs(deps: JobDeps, jobs: readonly Job[]): Promise<void> {
  const finished = await deps.jobRuns.lastFinished();
  for (const job of jobs) {
    const slot = dueSlot(job.schedule, deps.clock.now(), finished.get(job.name));
    if (slot !== undefined) await runSlot(deps, job, slot);
  }
}

async function runSlot({ jobRuns, clock, wallClock, soleInstance, onFailure }: JobDeps, job: Job, slot: Slot) {
  const now = wallClock.now();
  const leaseUntil = new Date(now.getTime() + LEASE_MINUTES * 60_000);
  if (!(await jobRuns.take({ job: job.name, slot, now, leaseUntil, soleInstance }))) return;
  try {
    const outcome = await job.run(slot);
    await jobRuns.finish(job.name, slot, outcome, clock.now());
  } catch (cause) {
    onFailure?.(job, slot, cause);
  }
}
