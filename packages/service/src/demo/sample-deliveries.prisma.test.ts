import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Decision, decide, parseVocabulary } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryStore } from "../facts/delivery.prisma.ts";
import { loadDeliverySources } from "../facts/delivery-source.fs.ts";
import { type ImportDeps, importDelivery } from "../facts/import-delivery.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { registry } from "../facts/registry.prisma.ts";
import type { DeliveryReport } from "../facts/settle-delivery.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { loadPolicies, readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import { type SampleWorld, writeSampleDeliveries } from "./sample-deliveries.fs.ts";

const start = "2025-11-03" as Day;
const rules = path.join(import.meta.dirname, "../../../../rules");
const vocabulary = parseVocabulary(await readVocabularyDocuments(path.join(rules, "vocabulary")));
let store: Store;
let directory: string;
let world: SampleWorld;
let reports: DeliveryReport[];
/** Decisions of all firms, by the short name of the policy. */
const decisions = new Map<string, ReadonlyMap<string, Decision>>();

async function importAll(): Promise<DeliveryReport[]> {
  const deps: ImportDeps = {
    clock: new SettableClock(new Date("2025-11-03T00:30:00Z")),
    sources: await loadDeliverySources(path.join(rules, "sources"), vocabulary),
    transaction: (work) =>
      store.prisma.$transaction((tx) =>
        work({ deliveries: deliveryStore(tx), registry: registry(tx, store.sealing), journal: journalOn(tx) }),
      ),
  };
  const done: DeliveryReport[] = [];
  for (const delivery of world.deliveries) {
    const bytes = await readFile(delivery.path);
    done.push(await importDelivery(deps, { ...delivery, bytes, importedBy: "system:test" }));
  }
  return done;
}

beforeAll(async () => {
  store = await openTestStore();
  directory = await mkdtemp(path.join(tmpdir(), "sample-"));
  world = await writeSampleDeliveries(directory, { seed: 2025, count: 500, start });
  reports = await importAll();
  const codes = world.firms.map(({ code }) => code);
  const profiles = await store.prisma.$transaction((tx) => profileSource(tx, vocabulary.facts).load(codes, start));
  for (const short of ["o01", "o07a", "o10"]) {
    const [loaded] = (await loadPolicies(rules, path.join(rules, "vocabulary"))).filter(({ policy }) =>
      policy.id.includes(`-${short}-`),
    );
    const ofPolicy = new Map<string, Decision>();
    for (const code of codes)
      ofPolicy.set(code, await decide(loaded!.policy, profiles.get(code) ?? {}, { asOf: start }));
    decisions.set(short, ofPolicy);
  }
});

afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

function eligible(short: string): Decision[] {
  return [...decisions.get(short)!.values()].filter(({ outcome }) => outcome === "eligible");
}

const exactFen = ({ amount }: Decision) => (amount.kind === "exact" ? Number(amount.fen) : undefined);

describe("the deliveries of the sample", () => {
  test("register all firms and report the rows that were damaged on purpose, and no others", () => {
    const bad = reports.map(({ delivery }) => [delivery.sourceId, delivery.rowsBad]);
    expect(bad).toEqual([
      ["market-regulation", 1],
      ["former-names", 0],
      ["zones", 0],
      ["tax", 3],
      ["human-resources", 0],
      ["human-resources", 2],
      ["industry", 2],
      ["science", 2],
      ["credit", 0],
      ["emergency", 0],
      ["finance", 1],
      ["bank-accounts", 1],
    ]);
    expect(reports.find(({ delivery }) => delivery.sourceId === "market-regulation")?.delivery.rowsGood).toBe(500);
  });

  test("brought a second time change nothing", async () => {
    const counts = () =>
      Promise.all([store.prisma.fact.count(), store.prisma.bankAccount.count(), store.prisma.journalEvent.count()]);
    const before = await counts();
    expect((await importAll()).map(({ outcome }) => outcome)).toEqual(reports.map(() => "repeated"));
    expect(await counts()).toEqual(before);
  });
});

describe("the policies of the sample find", () => {
  test("nearly half of the firms entitled to the refund, few of them unknown", () => {
    expect(eligible("o01").length).toBeGreaterThan(200);
    expect(eligible("o01").length).toBeLessThan(260);
    const undetermined = [...decisions.get("o01")!.values()].filter(({ outcome }) => outcome === "undetermined");
    expect(undetermined.length).toBeGreaterThan(10);
    expect(undetermined.length).toBeLessThan(40);
  });

  test("some firms whose rate is open, because their size is unknown or has no class", () => {
    expect(eligible("o01").filter(({ amount }) => amount.kind !== "exact").length).toBeGreaterThan(0);
  });

  test("about 25 title holders, some of them owed a level difference, some nothing more", () => {
    const amounts = eligible("o07a").map(exactFen);
    expect(amounts.length).toBeGreaterThan(20);
    expect(amounts.length).toBeLessThan(32);
    expect(amounts).toContain(20_000_000); // 500,000 less the 300,000 paid before
    expect(amounts).toContain(0);
  });

  test("about 30 first recognitions, on all three steps", () => {
    const amounts = eligible("o10").map(exactFen);
    expect(amounts.length).toBeGreaterThan(25);
    expect(amounts.length).toBeLessThan(38);
    expect(amounts).toEqual(expect.arrayContaining([10_000_000, 20_000_000, 30_000_000]));
  });

  test("firms that are owed several benefits at once", () => {
    const codes = world.firms.map(({ code }) => code);
    const several = codes.filter(
      (code) => [...decisions.values()].filter((all) => all.get(code)?.outcome === "eligible").length > 1,
    );
    expect(several.length).toBeGreaterThan(5);
  });

  test("the renamed firm owed exactly one benefit, of a known amount", () => {
    const own = [...decisions].map(([short, all]) => [short, all.get(world.renamedFirmCode ?? "")] as const);
    expect(own.filter(([, decision]) => decision?.outcome === "eligible").map(([short]) => short)).toEqual(["o01"]);
    expect(exactFen(decisions.get("o01")!.get(world.renamedFirmCode!)!)).toBeGreaterThan(0);
  });
});
