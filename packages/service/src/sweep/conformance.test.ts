import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { answersOf, expectedCounts, readConformance } from "./testing-conformance.ts";

test("DuckDB gives every answer of the conformance file", async () => {
  const cases = await readConformance();
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const answers = await answersOf(
    async (sql) => (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][],
    "duckdb",
    cases,
  );
  expect(answers.letters).toEqual(cases.expected);
  expect(answers.counts).toEqual(expectedCounts(cases));
});
