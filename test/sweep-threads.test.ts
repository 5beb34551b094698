import { addColumns, FirmTable, planSweep, profileOfRow, sweep } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordEngine } from "../packages/rules/src/sweep/word-engine.ts";
import { SweepPool } from "../packages/service/src/sweep/sweep-pool.threads.ts";
import { Chance, inventFirms, inventPolicies } from "./bench/sweep-world.ts";

/** Threads that keep what they were told, over firms that are kept together by place and do not stay as they are. */

const FIRMS = 9_000;
let pool: SweepPool;
beforeAll(() => {
  pool = new SweepPool(2);
});
afterAll(() => pool.close());

function keptByPlace() {
  const plan = planSweep(
    inventPolicies(60, new Chance(7)).map(({ policy }) => policy),
    { asOf: "2025-11-03" },
  );
  const table = new FirmTable(plan, { expectedFirms: 1_000_000 });
  const firms = inventFirms(FIRMS, new Chance(11));
  return { table, firms, rows: addColumns(table, FIRMS, firms) };
}

test("threads count what the plain engine counts, again and again, when firms move, change and come", async () => {
  const { table, firms, rows } = keptByPlace();
  expect(table.zone).toBeDefined();
  const agrees = async () => expect(await pool.count(table)).toEqual(sweep(table, wordEngine));
  await agrees();
  await agrees();
  const all = [...table.plan.columns.keys()];
  // Takes the whole of another firm, its place too: then its block has firms of two places.
  for (const nth of [3, 700, 4_000]) table.change(rows[nth] as number, profileOfRow(firms, nth + 1), all);
  await agrees();
  // A change within a block is seen in the memory that threads share.
  const { "x.staff0": _, ...rest } = profileOfRow(firms, 5_000);
  table.change(rows[5_000] as number, rest, all);
  await agrees();
  for (const nth of [8, 9, 10]) table.add(profileOfRow(firms, nth));
  await agrees();
  const counts = (await pool.count(table)).byPolicy;
  expect(counts.filter(({ eligible, undetermined }) => eligible > 0 && undetermined > 0).length).toBeGreaterThan(20);
});

test("two tables in turn are not taken for each other", async () => {
  const [one, other] = [keptByPlace().table, keptByPlace().table];
  other.add({ "ent.subjectType": { state: "known", value: "企业" } });
  for (const table of [one, other, one, other]) expect(await pool.count(table)).toEqual(sweep(table, wordEngine));
});
