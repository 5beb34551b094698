import { expect, test } from "vitest";
import { openDuckDb } from "./duckdb.fs.ts";
import { answersOf, expectedCounts, readConformance } from "./testing-conformance.ts";

test("DuckDB gives every answer of the conformance file", async () => {
  const cases = await readConformance();
  const database = await openDuckDb();
  const answers = await answersOf(database.rows, "duckdb", cases);
  database.close();
  expect(answers.letters).toEqual(cases.expected);
  expect(answers.counts).toEqual(expectedCounts(cases));
});
