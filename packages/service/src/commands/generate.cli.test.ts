import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { registerGenerate } from "./generate.cli.ts";
import { registerSweep } from "./sweep.cli.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "generate-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: () => {}, fail: () => {} };
  const program = new Command().exitOverride();
  registerGenerate(program, io);
  const clock = { now: () => new Date("2025-11-03T09:00:00+08:00") };
  registerSweep(program, io, { random: { token: () => "0".repeat(43) }, clock });
  await program.parseAsync(argv, { from: "user" });
  return JSON.parse(out.at(-1) ?? "");
}

const firms = (directory: string, seed: string) =>
  run("generate", "--firms", "400", "--format", "parquet", "--out", directory, "--seed", seed, "--json");

test("the same seed writes the same file of firms, another one another", async () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => path.join(home, name)) as [string, string, string];
  const written = await firms(a, "7");
  expect(written).toMatchObject({ fileName: "firms.parquet", firms: 400, directory: a });
  await firms(b, "7");
  await firms(c, "8");
  const bytes = (directory: string) => readFile(path.join(directory, "firms.parquet"));
  expect(await bytes(b)).toEqual(await bytes(a));
  expect(await bytes(c)).not.toEqual(await bytes(a));
  expect(written.bytes).toBe((await bytes(a)).length);
});

test("columns, DuckDB and PostgreSQL count generated firms alike under every policy, and no value is a misfit", async () => {
  vi.stubEnv("DATABASE_URL", "");
  await firms(path.join(home, "all"), "7");
  const file = path.join(home, "all", "firms.parquet");
  const answers = [];
  for (const engine of ["columns", "duckdb", "postgres"]) {
    const answer = await run("sweep", file, "--policies", rules, "--as-of", "2025-11-03", "--engine", engine, "--json");
    const { loadMs, sweepMs, bytesPerFirm, ...counts } = answer;
    expect([loadMs, sweepMs, bytesPerFirm].every((each) => each >= 0)).toBe(true);
    answers.push(counts);
  }
  const [columns, duckdb, postgres] = answers;
  expect(duckdb).toEqual(columns);
  expect(postgres).toEqual(columns);
  expect(columns).toMatchObject({ firms: 400 });
  expect(columns).not.toHaveProperty("misfits");
  const some = columns?.byPolicy.filter(({ eligible }: { eligible: number }) => eligible > 0);
  expect(some.length).toBeGreaterThan(columns?.policies / 2);
  vi.unstubAllEnvs();
});
