import type { Policy, Profile } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import { profileSource } from "../facts/profile.prisma.ts";
import { everyProfile } from "../matching/firm-profiles.ts";
import { firmDirectory, ownPayments } from "../matching/match-run.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { type PostgresSession, sessionInProcess, sessionOnServer, sessionOnStore } from "./postgres-session.prisma.ts";
import { postgresSweep } from "./postgres-sweep.prisma.ts";
import { allPolicies, day, decidedCounts, sampleProfiles } from "./testing-firms.prisma.ts";

let store: Store;
let session: PostgresSession;
let policies: readonly Policy[];
let profiles: readonly Profile[];
beforeAll(async () => {
  store = await openTestStore();
  session = sessionOnStore(store);
  policies = await allPolicies();
  profiles = await sampleProfiles(store, 300);
});
afterAll(() => store.close());

const tables = () => store.prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_tables WHERE schemaname = 'staging'`;

test("PostgreSQL counts every policy of the rules as the decision does, firms that no row can hold included", async () => {
  const count = await postgresSweep(session, "sweep 1").count(policies, { kind: "profiles", profiles }, day);
  expect(count.byPolicy).toEqual(await decidedCounts(policies, profiles));
  expect(count.firms).toBe(profiles.length);
  expect(count.decidedApart).toEqual({ "ui.arrears": 1, "ent.regionCode": 1, "hr.staffYearEnd": 1 });
  expect(count.byPolicy.filter(({ eligible }) => eligible > 0).length).toBeGreaterThan(3);
  expect(count.byPolicy.filter(({ undetermined }) => undetermined > 0).length).toBeGreaterThan(10);
  expect(count.derived.length).toBeGreaterThan(20);
});

test("nothing stays behind, also where a count fails", async () => {
  expect(await tables()).toEqual([]);
  function* failing(): Iterable<Profile> {
    yield profiles[0] ?? {};
    throw new Error("the power went out");
  }
  const count = postgresSweep(session, "sweep 2").count(policies, { kind: "profiles", profiles: failing() }, day);
  await expect(count).rejects.toThrow("power");
  expect(await tables()).toEqual([]);
});

test("no firms and no policies are counts too", async () => {
  const sweep = postgresSweep(session, "sweep 3");
  const none = await sweep.count(policies, { kind: "profiles", profiles: [] }, day);
  expect(none.firms).toBe(0);
  expect(none.byPolicy.every(({ eligible, undetermined }) => eligible + undetermined === 0)).toBe(true);
  expect(await sweep.count([], { kind: "profiles", profiles: profiles.slice(0, 9) }, day)).toMatchObject({
    firms: 9,
    byPolicy: [],
  });
});

test("the service's own store is counted from its register, a page at a time", async () => {
  const facts = new Map(policies.flatMap(({ vocabulary }) => [...vocabulary.facts]));
  const stored = everyProfile(
    (work) =>
      store.prisma.$transaction((tx) =>
        work({ firms: firmDirectory(tx), profiles: profileSource(tx, facts), ownPayments: ownPayments(tx) }),
      ),
    day,
  );
  const count = await postgresSweep(session, "sweep 5").count(policies, { kind: "profiles", profiles: stored }, day);
  expect(count.firms).toBe(300);
  expect(count.byPolicy).toEqual(await decidedCounts(policies, profiles.slice(0, 300)));
});

test("a PostgreSQL in memory, or a server that is not the service's own, counts the same", async () => {
  const server = process.env.APPLY_FREE_TEST_SERVER;
  const other = server ? await sessionOnServer(server) : await sessionInProcess();
  const some = profiles.slice(-40);
  try {
    const count = await postgresSweep(other, `sweep '4"`).count(policies, { kind: "profiles", profiles: some }, day);
    expect(count.byPolicy).toEqual(await decidedCounts(policies, some));
    expect(count.bytes).toBeGreaterThan(some.length);
  } finally {
    await other.close();
  }
});

test("a server that is not there is named without its password", async () => {
  await expect(sessionOnServer("postgresql://app:s3cret@127.0.0.1:1/none")).rejects.toMatchObject({
    code: "store-unreachable",
    message: expect.not.stringContaining("s3cret"),
  });
});
