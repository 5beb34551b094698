import path from "node:path";
import { addColumns, type FactColumn, FirmTable, planSweep, sweep } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPolicies } from "../policies/policy-source.fs.ts";
import { countAll } from "./count-all.threads.ts";
import { SweepPool } from "./sweep-pool.threads.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");
const FIRMS = 100_000;

let pool: SweepPool;
beforeAll(() => {
  pool = new SweepPool(2);
});
afterAll(() => pool.close());

async function someFirms(count = FIRMS): Promise<FirmTable> {
  const loaded = await loadPolicies(rules, path.join(rules, "vocabulary"));
  const policies = loaded.map(({ policy }) => policy);
  const table = new FirmTable(planSweep(policies, { asOf: "2025-11-03" }));
  const years: FactColumn = {
    kind: "doubles",
    values: Float64Array.from({ length: count }, (_, row) => 2015 + (row % 12)),
  };
  const cycling = (entries: readonly (string | boolean | null | undefined)[]): FactColumn => ({
    kind: "dictionary",
    places: Uint8Array.from({ length: count }, (_, row) => (row * 7) % entries.length),
    entries,
  });
  const columns = new Map([
    ["ent.subjectType", cycling(["企业", "个体工商户", undefined])],
    ["hte.firstRecognisedYear", years],
    ["hte.regionCodeOnRecognition", cycling(["410105", "330105", undefined, "410101"])],
    ["ent.relocatedOn", cycling([null, "2019-05-01", "2025-01-01", undefined])],
  ]);
  addColumns(table, count, columns);
  return table;
}

test("several threads count what one counts, in the last block too, again and again", async () => {
  const table = await someFirms();
  const alone = sweep(table);
  expect(alone.byPolicy.some(({ eligible }) => eligible > 1000)).toBe(true);
  expect(await pool.count(table)).toEqual(alone);
  table.add({ "ent.subjectType": { state: "known", value: "企业" } });
  expect(await pool.count(table)).toEqual(sweep(table));
});

test("sweeps that are asked for together are each answered", async () => {
  const [table, small] = [await someFirms(), await someFirms(20_000)];
  const counts = await Promise.all([pool.count(table), pool.count(small), pool.count(table)]);
  expect(counts).toEqual([sweep(table), sweep(small), sweep(table)]);
  expect(await countAll(table, () => {}, 1)).toEqual(sweep(table));
});

test("no firm at all is no error", async () => {
  expect(await pool.count(await someFirms(0))).toMatchObject({ firms: 0 });
});

test("a thread that dies is an error, never a smaller count", async () => {
  const table = await someFirms();
  const dying = new SweepPool(2);
  const refused = expect(dying.count(table)).rejects.toThrow(/a thread of the sweep ended/);
  await dying.close();
  await refused;
  await expect(dying.count(table)).rejects.toThrow(/a thread of the sweep ended/);
});

const dyingWorker = new URL("./testing-dying-worker.threads.ts", import.meta.url);

test("a thread that dies over a block is an error that says so, and one thread then counts all", async () => {
  const table = await someFirms();
  const dying = new SweepPool(2, dyingWorker);
  await expect(dying.count(table)).rejects.toThrow("a thread of the sweep ended with 3");
  await dying.close();
  const said: string[] = [];
  const counts = await countAll(
    table,
    (line) => said.push(line),
    0,
    () => new SweepPool(2, dyingWorker),
  );
  expect(counts).toEqual(sweep(table));
  expect(said).toEqual(["threads could not sweep (a thread of the sweep ended with 3); one does it alone"]);
});

test("threads that fail in any other way are closed, told of, and never believed", async () => {
  const table = await someFirms(5000);
  const failing = {
    closed: 0,
    count: async () => Promise.reject(new Error("1 of 2 blocks were decided")),
    async close() {
      this.closed += 1;
    },
  };
  const said: string[] = [];
  expect(
    await countAll(
      table,
      (line) => said.push(line),
      0,
      () => failing,
    ),
  ).toEqual(sweep(table));
  expect(said).toEqual(["threads could not sweep (1 of 2 blocks were decided); one does it alone"]);
  expect(failing.closed).toBe(1);
});
