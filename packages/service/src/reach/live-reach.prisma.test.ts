import { answerIn, countRows, decide, verdictsOf } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealJournal } from "../audit/seal-journal.ts";
import type { Day } from "../kernel/day.ts";
import { everyFirm } from "../matching/firm-profiles.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { Stores } from "../stores.prisma.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { readSnapshot, type Snapshot, written } from "./kept-firms.ts";
import type { LiveFirms } from "./live-firms.ts";
import { LiveReach } from "./live-reach.ts";
import type { Shelf } from "./shelf.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown(120);
}, 180_000);
afterAll(() => town.close());

const house = () => town.world.house;
const db = () => house().db;

async function policiesInForce() {
  return (await policyVersionStore(db()).listLatest()).map((version) => house().compiled.get(version).policy);
}

/** What the columns answer of each firm, `firm policy` → outcome. */
function answersOf(live: LiveFirms, codes: readonly string[]): Map<string, string> {
  const answers = new Map<string, string>();
  const verdicts = verdictsOf(live.table);
  for (const [place, { policy }] of live.table.plan.policies.entries()) {
    const of = verdicts[place];
    // Sizes are told apart by policies of their own.
    if (!of || policy.id.startsWith("size-class-")) continue;
    for (const code of codes) answers.set(`${code} ${policy.id}`, answerIn(of, live.rowOf(code) ?? -1));
  }
  return answers;
}

async function decidedNow(live: LiveFirms): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const policies = await policiesInForce();
  for await (const { code, profile } of everyFirm(house().transaction, live.asOf)) {
    for (const policy of policies) {
      const { outcome } = await decide(policy, profile, { asOf: live.asOf });
      answers.set(`${code} ${policy.id}`, outcome);
    }
  }
  return answers;
}

/** A firm that fits the award for a first recognition. */
function fitting(answers: ReadonlyMap<string, string>): string {
  const found = [...answers].find(([key, outcome]) => key.includes("first-recognition") && outcome === "eligible");
  return found?.[0].split(" ")[0] ?? "";
}

const codesOf = async () => (await db().firm.findMany({ select: { code: true } })).map(({ code }) => code);

/** A department says something else of a firm, as an imported delivery does. */
async function say(firmCode: string, factId: string, value: string): Promise<void> {
  const at = house().clock.now();
  const id = `delivery_${firmCode}_${value}`;
  const stated = await db().fact.findFirstOrThrow({ where: { firmCode, factId }, orderBy: { asOf: "desc" } });
  const said = { sourceId: stated.sourceId, asOf: stated.asOf, obtainedAt: at };
  await db().delivery.create({
    data: { ...said, id, fileName: "x.csv", sha256: id, rowsGood: 1, rowsBad: 0, importedBy: "x" },
  });
  await db().fact.create({ data: { ...said, firmCode, factId, value, deliveryId: id } });
  const payload = { sourceId: stated.sourceId, sha256: id, rowsGood: 1, rowsBad: 0 };
  await house().transaction(({ journal }) =>
    journal.append({ type: "delivery-imported", subject: id, actor: "x", at, payload }),
  );
}

describe("the firms in memory", () => {
  test("are all of the register, and answer every policy in force as the nightly run has stored it", async () => {
    const live = await house().reach.current();
    const codes = await codesOf();
    expect(live.table.rows).toBe(codes.length);
    expect(live.table.plan.alone).toEqual([]);
    const stored = new Map<string, string>();
    const decisions = await db().decision.findMany({ orderBy: [{ decidedAt: "asc" }, { id: "asc" }] });
    for (const { firmCode, policyId, outcome } of decisions) stored.set(`${firmCode} ${policyId}`, outcome);
    expect(answersOf(live, codes)).toEqual(stored);
    expect(new Set(stored.values()).size).toBe(3);
  });

  test("are the same ones for the next question, and know at once what a delivery has changed", async () => {
    const live = await house().reach.current();
    const codes = await codesOf();
    const before = answersOf(live, codes);
    await say(fitting(before), "hte.regionCodeOnRecognition", "110101");
    const after = await house().reach.current();
    expect(after).toBe(live);
    const answers = answersOf(after, codes);
    expect(answers).not.toEqual(before);
    expect(answers).toEqual(await decidedNow(after));
  });

  test("know it as well when the event was sealed in the meantime, and once only", async () => {
    const seen = await house().reach.current();
    const code = fitting(answersOf(seen, await codesOf()));
    await say(code, "hte.regionCodeOnRecognition", "110102");
    expect(answersOf(await house().reach.current(), [code])).toEqual(
      new Map([...(await decidedNow(seen))].filter(([key]) => key.startsWith(code))),
    );
    await house().pump();
    const again = await house().reach.current();
    expect(again).toBe(seen);
    expect(answersOf(again, await codesOf())).toEqual(await decidedNow(again));
  });

  test("hear of everybody who was ever named in one group when somebody is said to be under another", async () => {
    const [head = "", member = "", left = "", stranger = ""] = await codesOf();
    const controls = async (id: string, told: Readonly<Record<string, string>>) => {
      const said = { sourceId: "controllers", asOf: new Date("2025-11-02"), obtainedAt: house().clock.now() };
      await db().delivery.create({
        data: { ...said, id, fileName: "x.csv", sha256: id, rowsGood: 1, rowsBad: 0, importedBy: "x" },
      });
      const facts = Object.entries(told).map(([firmCode, value]) => ({ firmCode, value }));
      await db().fact.createMany({
        data: facts.map((fact) => ({ ...said, ...fact, factId: "ent.controller", deliveryId: id })),
      });
      const { mark } = await house().transaction(({ reachNews }) => reachNews.now());
      const payload = { sourceId: "controllers", sha256: id, rowsGood: 1, rowsBad: 0 };
      await house().transaction(({ journal }) =>
        journal.append({ type: "delivery-imported", subject: id, actor: "x", at: said.obtainedAt, payload }),
      );
      const { unsealed } = await house().transaction(({ reachNews }) => reachNews.since(mark, new Set()));
      const earlier = new Set(unsealed.slice(0, -1));
      return (await house().transaction(({ reachNews }) => reachNews.since(mark, earlier))).firms;
    };
    expect(await controls("controls-1", { [member]: head, [left]: head })).toEqual([head, member, left].sort());
    expect(await controls("controls-2", { [stranger]: head })).toEqual([head, member, left, stranger].sort());
    await sealJournal({ transaction: house().transaction, clock: house().clock });
  });

  test("hear of payments, of what was taken away, and of a sealed event once", async () => {
    const { firmCode, id } = await db().entitlement.findFirstOrThrow();
    const { mark } = await house().transaction(({ reachNews }) => reachNews.now());
    const at = house().clock.now();
    const settled = { entitlementId: id, amountFen: "1", reference: "r", bookedOn: "2025-11-03" as Day };
    await house().transaction(async ({ journal }) => {
      await journal.append({
        type: "facts-purged",
        subject: "x",
        actor: "x",
        at,
        payload: { privacy: "p2", before: settled.bookedOn, purged: 1 },
      });
      await journal.append({
        type: "entitlement-set-off",
        subject: id,
        actor: "x",
        at,
        payload: { offsetId: "o", amountFen: "1" },
      });
      await journal.append({ type: "payment-settled", subject: "x", actor: "x", at, payload: settled });
    });
    const since = (seen: readonly string[]) =>
      house().transaction(({ reachNews }) => reachNews.since(mark, new Set(seen)));
    const news = await since([]);
    expect(news).toMatchObject({ firms: [firmCode], isPurged: true, mark });
    expect(news.unsealed.length).toBe(3);
    await sealJournal({ transaction: house().transaction, clock: house().clock });
    expect(await since([])).toMatchObject({ firms: [firmCode], isPurged: true, unsealed: [] });
    const again = await since(news.unsealed);
    expect(again).toMatchObject({ firms: [], isPurged: false, unsealed: [] });
    expect(again.mark > mark).toBe(true);
  });

  test("are built anew when a policy has another version, and on another day", async () => {
    const live = await house().reach.current();
    const newest = await db().policyVersion.findFirstOrThrow({ orderBy: { policyId: "asc" } });
    const { policyId: _, ...rest } = newest;
    await db().policyVersion.create({
      data: {
        ...rest,
        ...{ id: "policy_next", policyId: newest.policyId, version: newest.version + 1 },
        document: newest.document ?? {},
      },
    });
    const rebuilt = await house().reach.current();
    expect(rebuilt).not.toBe(live);
    expect(await house().reach.current()).toBe(rebuilt);
    for (let moment = 0; moment < 6; moment += 1) await town.next();
    const tomorrow = await house().reach.current();
    expect(tomorrow.asOf > rebuilt.asOf).toBe(true);
    expect(answersOf(tomorrow, await codesOf())).toEqual(await decidedNow(tomorrow));
  });

  test("are as large as their class says, each in one class", async () => {
    const live = await house().reach.current();
    const sizes = [...live.bySize()].map(([code, rows]) => [code, countRows(rows)] as const);
    expect(new Set(sizes.map(([code]) => code))).toEqual(new Set(["大型", "中型", "小型", "微型", "不适用", ""]));
    expect(sizes.reduce((sum, [, firms]) => sum + firms, 0)).toBe(live.table.rows);
    expect(sizes.filter(([, firms]) => firms > 0).length).toBeGreaterThan(1);
  });

  test("lie where they are registered, each in one place", async () => {
    const live = await house().reach.current();
    const regions = await db().firm.groupBy({ by: ["regionCode"], _count: true, orderBy: { regionCode: "asc" } });
    expect(regions.length).toBeGreaterThan(3);
    expect([...live.byRegion().keys()].filter((region) => region !== "").length).toBeGreaterThan(3);
  });
});

/** A shelf in memory. */
function aShelf(): Shelf & { bytes: Uint8Array | undefined } {
  return {
    bytes: undefined,
    async read() {
      return this.bytes;
    },
    async write(bytes) {
      this.bytes = bytes;
    },
  };
}

/** Counts how many firms are read, page by page. */
function reachThatCounts(shelf: Shelf) {
  const { transaction, clock, compiled } = house();
  const read = { firms: 0 };
  const counting = <Result>(work: (stores: Stores) => Promise<Result>) =>
    transaction((stores) => {
      const loadWithForebears: Stores["profiles"]["loadWithForebears"] = (codes, ...rest) => {
        read.firms += codes.length;
        return stores.profiles.loadWithForebears(codes, ...rest);
      };
      return work({ ...stores, profiles: { ...stores.profiles, loadWithForebears } });
    });
  return { reach: new LiveReach({ transaction: counting, clock, compiled, shelf }), read };
}

describe("firms from the shelf", () => {
  test("are not read again, and with what has happened since are those that are read anew", async () => {
    await house().pump();
    const shelf = aShelf();
    await reachThatCounts(shelf).reach.current();
    const code = fitting(answersOf(await house().reach.current(), await codesOf()));
    await say(code, "hte.regionCodeOnRecognition", "110105");
    await house().pump();
    const { reach, read } = reachThatCounts(shelf);
    const restored = await reach.current();
    expect(read.firms).toBeLessThan(5);
    expect(answersOf(restored, await codesOf())).toEqual(await decidedNow(restored));
    expect([...restored.byRegion().keys()]).toEqual([...(await house().reach.current()).byRegion().keys()]);
  });

  test("are taken over into another day, and only those are read whom time alone may have changed", async () => {
    const shelf = aShelf();
    await reachThatCounts(shelf).reach.current();
    for (let moment = 0; moment < 5; moment += 1) await town.next();
    const { reach, read } = reachThatCounts(shelf);
    const tomorrow = await reach.current();
    expect(tomorrow.asOf > (readSnapshot(shelf.bytes ?? new Uint8Array())?.firms.image.asOf ?? "")).toBe(false);
    expect(answersOf(tomorrow, await codesOf())).toEqual(await decidedNow(tomorrow));
    expect(read.firms).toBeLessThan(tomorrow.table.rows);
  });

  test.each([
    ["cut off", (bytes: Uint8Array) => bytes.slice(0, bytes.length - 9)],
    ["changed in one place", (bytes: Uint8Array) => bytes.with(bytes.length - 9, (bytes.at(-9) ?? 0) ^ 1)],
    ["no snapshot at all", () => new Uint8Array([1, 2, 3])],
    ["of another vocabulary or engine", (bytes: Uint8Array) => rewritten(bytes, { ground: "another" })],
    ["of another journal", (bytes: Uint8Array) => rewritten(bytes, { sealHash: "another" })],
  ])("are refused and read anew when what lies there is %s", async (_, spoil) => {
    const shelf = aShelf();
    await reachThatCounts(shelf).reach.current();
    shelf.bytes = spoil(shelf.bytes ?? new Uint8Array());
    const { reach, read } = reachThatCounts(shelf);
    const live = await reach.current();
    expect(read.firms).toBeGreaterThanOrEqual(live.table.rows);
    expect(answersOf(live, await codesOf())).toEqual(await decidedNow(live));
  });
});

function rewritten(bytes: Uint8Array, other: Partial<Snapshot["placed"]>): Uint8Array {
  const snapshot = readSnapshot(bytes);
  if (!snapshot) throw new Error("there is no snapshot");
  return written({ ...snapshot, placed: { ...snapshot.placed, ...other } });
}
