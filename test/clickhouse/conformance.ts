// Whether ClickHouse gives every answer of the conformance file. Installed and run by hand:
//   npm install --prefix test/clickhouse --ignore-scripts --no-package-lock
//   npx -y pnpm@12 exec node test/clickhouse/conformance.ts
import { createRequire } from "node:module";
import { answersOf, expectedCounts, readConformance } from "../../packages/service/src/sweep/testing-conformance.ts";

type Chdb = { Session: new () => { query(sql: string, format: string): string; cleanup(): void } };

const { Session } = createRequire(import.meta.url)("chdb") as Chdb;
const database = new Session();
const cases = await readConformance();
const answers = await answersOf(
  async (sql) => {
    const lines = database.query(sql, "JSONCompactEachRow").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as unknown[]);
  },
  "clickhouse",
  cases,
  (table, columns) => `CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY firm_no`,
);
const wrong = answers.letters.flatMap((letters, index) => (letters === cases.expected[index] ? [] : [index]));
const counts = expectedCounts(cases);
const miscounted = answers.counts.flatMap((count, index) => (count === counts[index] ? [] : [index]));
const version = database.query("SELECT version()", "TSV").trim();
database.cleanup();
for (const index of wrong) process.stdout.write(`answered otherwise: ${cases.policies[index]?.id}\n`);
for (const index of miscounted) process.stdout.write(`counted otherwise: ${cases.policies[index]?.id}\n`);
const passed = cases.policies.length - new Set([...wrong, ...miscounted]).size;
process.stdout.write(
  `ClickHouse ${version}: ${passed} of ${cases.policies.length} requirements over ${cases.profiles.length} firms\n`,
);
process.exitCode = wrong.length + miscounted.length > 0 ? 1 : 0;
