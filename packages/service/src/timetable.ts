import { schedule } from "node-cron";
import type { Job } from "./run-jobs.ts";
import { cronExpression } from "./schedule.ts";

/** `stop` rings no more, and waits until the work that was begun has ended. */
export type Timetable = Readonly<{ stop(): Promise<void> }>;

/**
 * The bell, and nothing but the bell: node-cron says when, a unique row in the store says who, and
 * the job itself says what (docs/decisions). It rings once at the start too, for slots that were
 * missed while nobody was running.
 */
export function startTimetable(jobs: readonly Job[], ring: () => Promise<void>): Timetable {
  let begun = Promise.resolve();
  const rung = () => {
    begun = ring();
    return begun;
  };
  const expressions = [...new Set(jobs.map((job) => cronExpression(job.schedule)))];
  const tasks = expressions.map((expression) =>
    schedule(expression, rung, {
      timezone: "Asia/Shanghai",
      name: `apply-free ${expression}`,
      suppressMissedWarning: true,
    }),
  );
  void rung();
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
      await begun;
    },
  };
}
