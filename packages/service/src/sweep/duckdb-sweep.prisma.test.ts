import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Policy, Profile } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { duckDbSweep, writeFirmFile } from "./duckdb-sweep.fs.ts";
import { allPolicies, day, decidedCounts, sampleProfiles } from "./testing-firms.prisma.ts";

let store: Store;
let directory: string;
let policies: readonly Policy[];
let profiles: readonly Profile[];
beforeAll(async () => {
  store = await openTestStore();
  directory = await mkdtemp(path.join(tmpdir(), "duckdb-sweep-"));
  policies = await allPolicies();
  profiles = await sampleProfiles(store, 300);
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

test("DuckDB counts every policy of the rules as the decision does, firms that no row can hold included", async () => {
  const count = await duckDbSweep().count(policies, { kind: "profiles", profiles }, day);
  expect(count.byPolicy).toEqual(await decidedCounts(policies, profiles));
  expect(count.firms).toBe(profiles.length);
  expect(count.decidedApart).toEqual({ "ui.arrears": 1, "ent.regionCode": 1, "hr.staffYearEnd": 1 });
});

test("a Parquet file with all columns is counted where it lies", async () => {
  const file = path.join(directory, "firms' own.parquet");
  const inFile = profiles.slice(0, 300);
  expect(await writeFirmFile(file, policies, inFile, day)).toEqual({ firms: 300, decidedApart: {} });
  const count = await duckDbSweep().count(policies, { kind: "file", path: file }, day);
  expect(count.byPolicy).toEqual(await decidedCounts(policies, inFile));
  expect(count).toMatchObject({ firms: 300, unanswered: [], absent: [] });
});

test("answers kept from another day are not taken for those of this one", async () => {
  const file = path.join(directory, "yesterday.parquet");
  await writeFirmFile(file, policies, profiles.slice(0, 20), day);
  const later = await duckDbSweep().count(policies, { kind: "file", path: file }, "2025-11-04" as typeof day);
  expect(later.unanswered.length).toBeGreaterThan(5);
  expect(later.byPolicy.length).toBe(policies.length - later.unanswered.length);
});
