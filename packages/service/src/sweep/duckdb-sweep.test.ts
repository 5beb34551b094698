import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decide, type Json, parsePolicy, parseVocabulary } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { openDuckDb, sqlText } from "./duckdb.fs.ts";
import { duckDbSweep } from "./duckdb-sweep.fs.ts";

const day = "2025-11-03" as Day;
const label = { zh: "某项", en: "Something" };
const fact = { label, source: "tax", maxAgeDays: 366, privacy: "business" };
const vocabulary = parseVocabulary([
  {
    sources: { tax: label },
    codeLists: { kinds: { 企业: label }, grades: { A: label, B: label } },
    facts: {
      "ent.subjectType": { ...fact, type: "code", codes: "kinds" },
      "a.staff": { ...fact, type: "integer", min: 0, max: 1000 },
      "a.sales": { ...fact, type: "money" },
      "a.good": { ...fact, type: "boolean" },
      "a.grade": { ...fact, type: "code", codes: "grades" },
      "a.region": { ...fact, type: "code", digits: 6 },
      "a.movedOn": { ...fact, type: "date", nullable: true },
    },
  },
]);

const policy = (id: string, requirement: object) =>
  parsePolicy(
    {
      id,
      version: 1,
      title: label,
      document: { issuer: "某局" },
      validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
      subject: { types: ["企业"], clause: "一" },
      conditions: { clause: "一", all: [requirement] },
      benefit: { clause: "二", amount: 1 },
      payout: { budgetLine: "line", period: "once", confirmWithinDays: 30 },
    },
    vocabulary,
    "## 一 [资格]\n\n## 二 [金额]\n",
  );

const policies = [
  policy("staff", { fact: "a.staff", operator: "atLeast", value: 5 }),
  policy("sales", { fact: "a.sales", operator: "lessThan", value: "0.3" }),
  policy("good", { fact: "a.good", operator: "equal", value: true }),
  policy("grade", { fact: "a.grade", operator: "notEqual", value: "A" }),
  policy("region", { fact: "a.region", operator: "startsWith", value: "4101" }),
  policy("moved", { not: { fact: "a.movedOn", operator: "atMost", value: "2024-02-29" } }),
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "duckdb-file-"));
});
afterAll(() => rm(directory, { recursive: true }));

const head = "ent.subjectType,a.staff,a.sales,a.good,a.grade,a.region,a.movedOn,a.movedOn none";

/** What departments write, with all that may be wrong about it. */
const rows: readonly (readonly string[])[] = [
  ["企业", "5", "0.29", "true", "B", "410105", "2024-03-01", "false"],
  ["企业", "4", "0.30", "false", "A", "420100", "2024-02-29", "false"],
  ["企业", "5.0", "-1", "", "", "", "", ""],
  ["企业", "5.5", "1e3", "yes", "C", "4101", "2024-02-30", "true"],
  ["企业", "10 people", "NaN", "TRUE", "a", "41010x", "29.2.2024", "false"],
  ["企业", "1001", "+1", "1", "A ", "4101050", "", "true"],
  ["企业", "-1", " 1", "false", "B", "410105", "2024-2-9", "false"],
  ["机关", "9", "0", "true", "B", "410105", "2025-01-01", "false"],
  ["", "9", "0", "true", "B", "410105", "2025-01-01", "false"],
];

/** The same firms as the decision sees them: a cell is what it says, or nothing is known. */
function profileOfRow(cells: readonly string[]) {
  const ids = head.split(",");
  const given = cells.slice(0, -1).flatMap((cell, index): (readonly [string, Json])[] => {
    const value = ids[index] === "a.good" ? ({ true: true, false: false }[cell] ?? "?") : cell;
    return cell === "" ? [] : [[ids[index] ?? "", value]];
  });
  const none = cells.at(-1) === "true" ? [["a.movedOn", null] as const] : [];
  return Object.fromEntries([...given, ...none].map(([id, value]) => [id, { state: "known", value } as const]));
}

async function csv(name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

const count = (file: string) => duckDbSweep(1).count(policies, { kind: "file", path: file }, day);

test("what stands in a file counts as the decision reads it: a wrong value is unknown", async () => {
  const counted = await count(await csv("firms.csv", [head, ...rows.map((row) => row.join(","))]));
  for (const [index, each] of policies.entries()) {
    const outcomes = await Promise.all(rows.map((row) => decide(each, profileOfRow(row), { asOf: day })));
    const number = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
    const wanted = { eligible: number("eligible"), undetermined: number("undetermined") };
    expect(counted.byPolicy[index]).toEqual({ id: each.id, version: 1, ...wanted });
  }
  expect(counted.firms).toBe(rows.length);
});

test("types of a Parquet file that are not ours are read exactly", async () => {
  const file = path.join(directory, "doubles.parquet");
  const database = await openDuckDb(1);
  await database.run(`COPY (SELECT '企业' AS "ent.subjectType", CAST(5 AS TINYINT) AS "a.staff", s AS "a.sales"
    FROM (VALUES (CAST(0.1 AS DOUBLE)), (0.29), (0.3), ('NaN')) AS t(s)) TO ${sqlText(file)} (FORMAT parquet)`);
  database.close();
  const { byPolicy, absent } = await count(file);
  expect(byPolicy.slice(0, 2)).toMatchObject([
    { id: "staff", eligible: 4, undetermined: 0 },
    { id: "sales", eligible: 2, undetermined: 1 },
  ]);
  expect(absent).toEqual(["a.good", "a.grade", "a.region", "a.movedOn"]);
  expect(byPolicy.slice(2).every(({ eligible, undetermined }) => eligible === 0 && undetermined === 4)).toBe(true);
});

describe("a count that would be wrong is refused", () => {
  test.each([
    ["a number that would be rounded", "1.00001"],
    ["a number that would be cut", "123456789012345"],
  ])("%s", async (_, sales) => {
    const file = await csv("odd.csv", ["ent.subjectType,a.sales", "企业,0.1", `企业,${sales}`]);
    await expect(count(file)).rejects.toMatchObject({ code: "bad-input", message: /a\.sales: 1/ });
  });

  test.each([
    ["a file that is not there", "nowhere.parquet", /DuckDB/],
    ["a file that is something else", "firms.xlsx", /neither \.parquet nor \.csv/],
  ])("%s", async (_, name, message) => {
    await expect(count(path.join(directory, name))).rejects.toMatchObject({ code: "bad-input", message });
  });

  test("a file that was cut off", async () => {
    const file = await csv("cut.parquet", ["PAR1 and no more"]);
    await expect(count(file)).rejects.toMatchObject({ code: "bad-input" });
  });
});
