import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { live, nextMoment } from "./demo/play.ts";
import { type DemoWorld, openDemoWorld } from "./demo-world.fs.ts";
import { openTestStore } from "./platform/testing.prisma.ts";

const FIRMS = 120;
const DAYS = 10;

const directories: string[] = [];
const worlds: DemoWorld[] = [];

async function openWorld(everybody: boolean): Promise<DemoWorld> {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-nights-"));
  directories.push(directory);
  let tokens = 0;
  const world = await openDemoWorld({
    store: await openTestStore(),
    directory,
    rules: path.join(import.meta.dirname, "../../../rules"),
    firms: FIRMS,
    seed: 20251103,
    everybody,
    wallClock: { now: () => new Date("2025-11-03T00:00:00+08:00") },
    random: { token: () => `token-${String(++tokens).padStart(38, "0")}` },
    log: () => {},
  });
  worlds.push(world);
  return world;
}

beforeAll(async () => {
  await openWorld(true);
  await openWorld(false);
}, 600_000);
afterAll(async () => {
  for (const world of worlds) await world.close();
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

/** All that a night may leave behind, in an order of its own. */
async function traces({ house: { db } }: DemoWorld) {
  const orderBy = { id: "asc" } as const;
  return {
    decisions: await db.decision.findMany({
      orderBy,
      select: { id: true, answerSha256: true, resultSha256: true, runId: true, decidedAt: true },
    }),
    entitlements: await db.entitlement.findMany({ orderBy }),
    messages: await db.inboxMessage.findMany({ orderBy }),
    runs: await db.matchRun.findMany({ orderBy }),
  };
}

const nights = async ({ house: { db } }: DemoWorld) =>
  (await db.jobRun.findMany({ where: { job: "match" }, orderBy: { slot: "asc" } })).map(({ outcome }) =>
    Number(/(\d+) firms decided/.exec(outcome ?? "")?.[1]),
  );

describe("a night that decides only what may be another", () => {
  test("leaves after ten days what deciding everybody every night leaves", async () => {
    const [all, some] = worlds as [DemoWorld, DemoWorld];
    for (let day = 0; day < DAYS; day += 1) {
      for (const { house, play } of [all, some]) {
        for (let moment = 0; moment < 5; moment += 1) {
          const next = nextMoment(house.clock.now());
          await live(play, next.at, next.moment);
        }
      }
    }
    expect(await traces(some)).toEqual(await traces(all));
    const [decidedAll, decidedSome] = [await nights(all), await nights(some)];
    expect(new Set(decidedAll)).toEqual(new Set([FIRMS]));
    expect(decidedSome[0]).toBe(FIRMS);
    expect(decidedSome.filter((decided) => decided < FIRMS / 2).length).toBeGreaterThan(DAYS / 2);
  }, 1_800_000);
});
