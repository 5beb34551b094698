import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { admitWaitlisted } from "./admit-waitlisted.ts";
import { allocateFunds } from "./allocate-funds.ts";
import { replayAllocation } from "./give-out.ts";
import { tellSeed } from "./tell-seed.ts";
import { fundWindow, openWindow, type Window, type WindowDeps, windowDeps } from "./testing-window.prisma.ts";

let store: Store;
let deps: WindowDeps;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(() => {
  deps = windowDeps(store);
});
afterAll(() => store.close());

const closes = "2025-11-10";
const common = { closes, clause: "二" };
const proRata = { rule: "pro-rata", whenShort: "reduced", ...common };
const at = (shanghaiTime: string) => deps.clock.moveTo(new Date(`${shanghaiTime}:00+08:00`));
const balances = async (line: string) => {
  const { availableFen, reservedFen } = await deps.transaction(({ budget }) => budget.get(line));
  return [availableFen, reservedFen];
};
const confirmAll = async ({ offers, confirm }: Window) => {
  for (const [nth, offer] of offers.entries()) {
    deps.clock.moveTo(new Date(deps.clock.now().getTime() + nth + 1));
    await confirm(offer);
  }
};
const allocationOf = async ({ policyId }: Window) => {
  const all = await deps.transaction(({ claimPools }) => claimPools.list());
  return all.find((allocation) => allocation.policyId === policyId)!;
};
const replay = async (window: Window, change: object = {}) => {
  const stored = await allocationOf(window);
  return deps.transaction(async ({ policyVersions }) => {
    return replayAllocation({ ...stored, ...change }, await deps.compiled.load(policyVersions, stored.policyVersionId));
  });
};

describe("a window", () => {
  test("keeps no money while it is open, and is decided once when its last day is over", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 300, line: "win-once", fund: proRata, fundFen: 250n, amountFen: 100n, count: 3 },
    });
    await confirmAll(window);
    expect(await window.standings()).toEqual(Array(3).fill("waitlisted 100"));
    at("2025-11-10T23:59");
    expect(await allocateFunds(deps)).toEqual({ served: 0, waiting: 0, turnedAway: 0 });
    expect(await admitWaitlisted(deps), "nobody slips in before").toBe(0);
    at("2025-11-11T00:30");
    expect(await allocateFunds(deps)).toEqual({ served: 3, waiting: 0, turnedAway: 0 });
    expect(await window.standings()).toEqual(["confirmed 84", "confirmed 83", "confirmed 83"]);
    expect(await balances("win-once")).toEqual([0n, 250n]);
    expect(await allocateFunds(deps)).toEqual({ served: 0, waiting: 0, turnedAway: 0 });
    expect(await balances("win-once")).toEqual([0n, 250n]);
  });

  test("a consent after its last day has no part in it, and is served from what is left", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 301, line: "win-late", fund: proRata, fundFen: 250n, amountFen: 100n, count: 3 },
    });
    const [first, second, late] = window.offers;
    await window.confirm(first!);
    at("2025-11-11T00:10");
    await window.confirm(second!);
    await allocateFunds(deps);
    expect(await window.standings()).toEqual(["confirmed 100", "waitlisted 100", "offered 100"]);
    expect(await admitWaitlisted(deps)).toBe(1);
    await window.confirm(late!);
    expect(await window.standings()).toEqual(["confirmed 100", "confirmed 100", "waitlisted 100"]);
  });

  test("a crash in the middle allocates nothing, and the next run everything", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 302, line: "win-crash", fund: proRata, fundFen: 50n, amountFen: 100n, count: 2 },
    });
    await confirmAll(window);
    at("2025-11-11T00:30");
    const cut: WindowDeps["transaction"] = (work) =>
      deps.transaction((stores) =>
        work({ ...stores, budget: { ...stores.budget, move: () => Promise.reject(new Error("power cut")) } }),
      );
    await expect(allocateFunds({ ...deps, transaction: cut })).rejects.toThrow("power cut");
    expect(await window.standings()).toEqual(["waitlisted 100", "waitlisted 100"]);
    await allocateFunds(deps);
    expect(await window.standings()).toEqual(["confirmed 25", "confirmed 25"]);
  });
});

describe("ranked by a published formula", () => {
  const ranked = { rule: "ranked", by: "ent.staff", whenShort: "waiting-list", ...common };
  const staff = [5, 50, undefined, 20];
  const known = (value: number) => ({ state: "known", value, source: "people", asOf: "2025-11-01" });
  const factsOf = (nth: number) => (staff[nth] === undefined ? {} : { "ent.staff": known(staff[nth]) });

  test("the best are served, the others wait in that order, and money that comes goes to the next", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 303, line: "win-ranked", fund: ranked, fundFen: 150n, amountFen: 100n, count: 4, factsOf },
    });
    await confirmAll(window);
    at("2025-11-11T00:30");
    expect(await allocateFunds(deps)).toEqual({ served: 1, waiting: 3, turnedAway: 0 });
    expect(await window.standings()).toEqual([
      "waitlisted 100 #3",
      "confirmed 100",
      "waitlisted 100 #4",
      "waitlisted 100 #2",
    ]);
    await fundWindow(deps, window.line, 150n, "豫财〔2025〕2号");
    expect(await admitWaitlisted(deps)).toBe(2);
    expect(await window.standings()).toEqual(["confirmed 100", "confirmed 100", "waitlisted 100 #4", "confirmed 100"]);
  });
});

describe("a lottery", () => {
  const seed = "36 balls in a glass drum";
  const lottery = { rule: "lottery", seedSha256: sha256(seed), whenShort: "turned-away", ...common };

  test("waits for the seed whose digest its policy published, told after the window", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 304, line: "win-lots", fund: lottery, fundFen: 200n, amountFen: 100n, count: 5 },
    });
    const { policyId } = window;
    const tell = (told: string) => tellSeed(deps, { policyId, period: "once", seed: told, actor: "auditor" });
    await confirmAll(window);
    await expect(tell(seed)).rejects.toMatchObject({ code: "lottery-not-open" });
    at("2025-11-11T00:30");
    expect(await allocateFunds(deps)).toEqual({ served: 0, waiting: 0, turnedAway: 0 });
    await expect(tell("a seed that suits my cousin")).rejects.toMatchObject({ code: "seed-differs" });
    await tell(seed);
    await tell(seed);
    expect(await allocateFunds(deps)).toEqual({ served: 2, waiting: 0, turnedAway: 3 });
    const standings = await window.standings();
    expect(standings.filter((each) => each === "confirmed 100")).toHaveLength(2);
    expect(standings.filter((each) => each === "withdrawn 100")).toHaveLength(3);
    expect(await balances("win-lots")).toEqual([0n, 200n]);
  });

  test("can be drawn again from what was kept, and nothing of it can be changed unseen", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 305, line: "win-replay", fund: lottery, fundFen: 100n, amountFen: 100n, count: 4 },
    });
    await confirmAll(window);
    at("2025-11-11T00:30");
    await tellSeed(deps, { policyId: window.policyId, period: "once", seed, actor: "auditor" });
    await allocateFunds(deps);
    const stored = await allocationOf(window);
    expect(await replay(window)).toEqual([]);
    const event = await store.prisma.journalEvent.findFirstOrThrow({ where: { subject: stored.id } });
    expect(event.payload).toMatchObject({ rule: "lottery", claims: 4, served: 1, inputsSha256: stored.inputsSha256 });
    expect(await replay(window, { seed: "another" })).toContain("inputs");
    expect(await replay(window, { claims: stored.claims.slice(1) })).toContain("inputs");
    const [first, second, ...rest] = stored.result.shares;
    const swapped = [{ ...first!, id: second!.id }, { ...second!, id: first!.id }, ...rest];
    expect(await replay(window, { result: { ...stored.result, shares: swapped } })).toEqual(["result"]);
    await expect(store.prisma.$executeRawUnsafe("UPDATE fund_allocation SET fund_fen = 1")).rejects.toThrow(
      /append-only/,
    );
  });
});

describe("first come first served", () => {
  const firstCome = { rule: "first-come", whenShort: "turned-away", clause: "二" };

  test("a fund that is used up tells the next firm so where its policy lets nobody wait", async () => {
    const window = await openWindow(store, deps, {
      ...{ series: 306, line: "win-first", fund: firstCome, fundFen: 100n, amountFen: 100n, count: 2 },
    });
    const [first, second] = window.offers;
    await window.confirm(first!);
    await expect(window.confirm(second!)).rejects.toMatchObject({ code: "budget-exhausted" });
    expect(await window.standings()).toEqual(["confirmed 100", "offered 100"]);
    expect(await store.prisma.consent.count({ where: { firmCode: second!.firmCode } }), "nothing of it stays").toBe(0);
    await fundWindow(deps, window.line, 100n, "豫财〔2025〕2号");
    await window.confirm(second!);
    expect(await window.standings()).toEqual(["confirmed 100", "confirmed 100"]);
  });
});

test("raw SQL cannot reduce an award by hand", async () => {
  const window = await openWindow(store, deps, {
    ...{ series: 307, line: "win-hand", fund: proRata, fundFen: 0n, amountFen: 100n, count: 1 },
  });
  await window.confirm(window.offers[0]!);
  const reduce = `UPDATE entitlement SET status = 'confirmed', amount_fen = 10, claimed_fen = 100 WHERE id = '${window.offers[0]!.entitlementId}'`;
  await expect(store.prisma.$executeRawUnsafe(reduce)).rejects.toThrow(/terms of entitlement/);
});
