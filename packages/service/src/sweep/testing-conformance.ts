import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type ConformanceCases,
  columnDefinitions,
  conformanceCases,
  countQueries,
  type EmittedRules,
  emitRules,
  firmRows,
  insertRows,
  type SqlDialect,
} from "@apply-free/rules";

/** A database under test: runs a statement, answers with its rows. */
export type Session = (sql: string) => Promise<readonly (readonly unknown[])[]>;

const file = path.join(import.meta.dirname, "../../../rules/conformance/sql.json");

export async function readConformance(): Promise<ConformanceCases> {
  return conformanceCases(JSON.parse(await readFile(file, "utf8")));
}

/** What a database answers to the conformance file: a letter per condition and row, and the counts of both kinds. */
export type Answers = Readonly<{ letters: readonly string[]; counts: readonly string[] }>;

/** @param create the table definition around its columns, e.g. with the engine that ClickHouse wants */
export async function answersOf(
  session: Session,
  dialect: SqlDialect,
  cases: ConformanceCases,
  create = (table: string, columns: string) => `CREATE TABLE ${table} (${columns})`,
): Promise<Answers> {
  const rules = emitRules(cases.policies, dialect, cases.asOf);
  await session(create("conformance", `firm_no ${integerOf[dialect]}, ${columnDefinitions(rules.columns)}`));
  const rowOf = firmRows(rules);
  const rows = cases.profiles.map((profile, index) => {
    const row = rowOf(profile);
    if ("apart" in row) throw new Error(`${row.apart} ${row.why}`);
    return [String(index), ...row.cells];
  });
  const table = { dialect, columns: [{ name: "firm_no" }, ...rules.columns] };
  for (let from = 0; from < rows.length; from += 100) {
    await session(insertRows(table, "conformance", rows.slice(from, from + 100)));
  }
  const letters = await lettersOf(session, rules);
  const counts: string[] = [];
  for (const { sql, read } of countQueries(rules, "conformance", 50)) {
    const [cells = []] = await session(sql);
    for (const { eligible, undetermined } of read(cells).byPolicy) counts.push(`${eligible} ${undetermined}`);
  }
  return { letters, counts };
}

const integerOf: Readonly<Record<SqlDialect, string>> = { postgres: "integer", duckdb: "INTEGER", clickhouse: "Int32" };

async function lettersOf(session: Session, { policies }: EmittedRules): Promise<string[]> {
  const letters: string[] = [];
  for (let from = 0; from < policies.length; from += 50) {
    const tests = policies.slice(from, from + 50).map(({ sql }, index) => {
      return `CASE WHEN ${sql} THEN 'T' WHEN NOT (${sql}) THEN 'F' ELSE 'U' END AS c${index}`;
    });
    const rows = await session(`SELECT ${tests.join(",\n")} FROM conformance ORDER BY firm_no`);
    for (const index of tests.keys()) letters.push(rows.map((row) => row[index]).join(""));
  }
  return letters;
}

/** The same counts, from the answers that the file expects. */
export function expectedCounts({ expected }: ConformanceCases): string[] {
  const times = (letters: string, one: string) => letters.split(one).length - 1;
  return expected.map((letters) => `${times(letters, "T")} ${times(letters, "U")}`);
}
