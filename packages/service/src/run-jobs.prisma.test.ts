import { afterAll, beforeAll, expect, test } from "vitest";
import { SettableClock } from "./kernel/clock.ts";
import { jobRuns, outcomeOf } from "./platform/job-run.prisma.ts";
import type { Store } from "./platform/store.prisma.ts";
import { openTestStore } from "./platform/testing.prisma.ts";
import { type Job, type JobDeps, runDueJobs } from "./run-jobs.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const night = new Date("2025-11-04T02:00:00+08:00");

function depsAt(now: Date, soleInstance = false): JobDeps {
  const clock = new SettableClock(now);
  return { jobRuns: jobRuns(store.prisma), clock, wallClock: clock, soleInstance };
}

function job(name: string, run: () => Promise<unknown>): Job {
  const schedule = { kind: "daily", at: "02:00", days: "all" } as const;
  const inBoth = (text: string) => ({ zh: text, en: text });
  return { name, purpose: inBoth(name), schedule, run: async () => inBoth(String(await run())) };
}

test("two instances that ring at the same moment do the work once", async () => {
  let runs = 0;
  const nightly = job("race", async () => `run ${++runs}`);
  await Promise.all([runDueJobs(depsAt(night), [nightly]), runDueJobs(depsAt(night), [nightly])]);
  expect(runs).toBe(1);
});

test("a slot that was done is not done again, and the next one is", async () => {
  const slots: string[] = [];
  const done = { zh: "已办", en: "done" };
  const run = async (slot: string) => {
    slots.push(slot);
    return done;
  };
  const nightly: Job = { ...job("daily", async () => ""), run };
  await runDueJobs(depsAt(night), [nightly]);
  await runDueJobs(depsAt(night), [nightly]);
  await runDueJobs(depsAt(new Date(night.getTime() + 24 * 3_600_000)), [nightly]);
  expect(slots).toEqual(["2025-11-04T02:00", "2025-11-05T02:00"]);
  const { outcome } = await store.prisma.jobRun.findFirstOrThrow({ where: { job: "daily" } });
  expect(outcomeOf(outcome ?? "")).toEqual(done);
  expect(outcomeOf("58 eligible")).toEqual({ zh: "58 eligible", en: "58 eligible" });
});

test("a job that fails stops nobody, and is tried again when its lease is over", async () => {
  let attempts = 0;
  const failing = job("failing", () => {
    attempts += 1;
    return attempts === 1 ? Promise.reject(new Error("disk full")) : Promise.resolve("done");
  });
  let others = 0;
  const other = job("other", async () => `run ${++others}`);
  const failures: unknown[] = [];
  await runDueJobs({ ...depsAt(night), onFailure: (_job, _slot, cause) => failures.push(cause) }, [failing, other]);
  expect([attempts, others, failures.length]).toEqual([1, 1, 1]);
  await runDueJobs(depsAt(new Date(night.getTime() + 60_000)), [failing]);
  expect(attempts).toBe(1);
  await runDueJobs(depsAt(new Date(night.getTime() + 16 * 60_000)), [failing]);
  expect(attempts).toBe(2);
});

test("the only instance takes an unfinished slot at once: its owner is dead", async () => {
  let runs = 0;
  const dies = job("dies", () => Promise.reject(new Error("killed")));
  await runDueJobs(depsAt(night, true), [dies]);
  await runDueJobs(depsAt(night, true), [job("dies", async () => `run ${++runs}`)]);
  expect(runs).toBe(1);
});
