import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { answersOf, expectedCounts, readConformance } from "./testing-conformance.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test("PostgreSQL gives every answer of the conformance file", async () => {
  const cases = await readConformance();
  const answers = await answersOf(
    async (sql) => {
      if (!sql.startsWith("SELECT")) return [[await store.prisma.$executeRawUnsafe(sql)]];
      return (await store.prisma.$queryRawUnsafe<Record<string, unknown>[]>(sql)).map((row) => Object.values(row));
    },
    "postgres",
    cases,
  );
  expect(answers.letters).toEqual(cases.expected);
  expect(answers.counts).toEqual(expectedCounts(cases));
});
