import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { registerImport } from "./import.cli.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");
const alder = "91410105MX00000197";
let store: Store;
let directory: string;
let said: { out: string[]; err: string[]; status: number };

beforeAll(async () => {
  store = await openTestStore();
  directory = await mkdtemp(path.join(tmpdir(), "import-"));
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  said = { out: [], err: [], status: 0 };
});

async function run(fileName: string, text: string | undefined, ...options: string[]): Promise<void> {
  const file = path.join(directory, fileName);
  if (text !== undefined) await writeFile(file, text);
  const program = new Command().exitOverride();
  const io = {
    out: (line: string) => said.out.push(line),
    err: (line: string) => said.err.push(line),
    fail: (status: 1 | 2) => {
      said.status = status;
    },
  };
  const clock = new SettableClock(new Date("2025-11-03T00:30:00Z"));
  registerImport(program, io, { clock, rules, openStore: async () => ({ ...store, close: async () => {} }) });
  await program.parseAsync(["import", file, ...options], { from: "user" });
}

const register = [
  "统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码",
  `${alder},郑州桤木示例有限公司,企业,在营,410105`,
  "91410105MX00000272,郑州白桦示例有限公司,企业,在业,410105",
].join("\n");

const json = () => JSON.parse(said.out.at(-1)!);

test("a dry run reports bad rows, answers no, and writes nothing", async () => {
  await run("register_20251031.csv", register, "--source", "market-regulation", "--dry-run", "--json");
  expect(json()).toMatchObject({ outcome: "checked", asOf: "2025-10-31", rowsGood: 1, rowsBad: 1 });
  expect(said.status).toBe(1);
  expect(await store.prisma.delivery.count()).toBe(0);
});

test("an import keeps the good rows, and prints one JSON object as its last line", async () => {
  await run("register_20251031.csv", register, "--source", "market-regulation", "--json");
  expect(json()).toMatchObject({ outcome: "imported", source: "market-regulation", rowsGood: 1, rowsBad: 1 });
  expect(json().issues).toMatchObject([{ line: 3, field: "登记状态", severity: "refused" }]);
  expect(said.status).toBe(0);
  await run("register_20251031.csv", register, "--source", "market-regulation", "--json");
  expect(json()).toMatchObject({ outcome: "repeated", rowsGood: 1 });
});

test("without --json each row that was not taken is named by file, line and column", async () => {
  await run("register.csv", register, "--source", "market-regulation", "--as-of", "2025-11-01");
  expect(said.out[0]).toMatch(/^register\.csv:3 登记状态: refused: .*allowed values/);
  expect(said.out.at(-1)).toContain("1 rows taken, 1 refused");
});

test.each([
  ["a missing file", "none.csv", undefined, ["--source", "tax"], "bad-input"],
  ["an unknown source", "a.csv", "a,b\n1,2", ["--source", "weather"], "delivery-source-unknown"],
  ["a file of another source", "b.csv", "a,b\n1,2", ["--source", "tax"], "delivery-unreadable"],
  ["an impossible day", "c.csv", register, ["--source", "market-regulation", "--as-of", "2025-02-30"], "bad-input"],
  ["a missing rules directory", "d.csv", register, ["--source", "tax", "--rules", "/nowhere"], "policy-not-found"],
] as const)("%s is refused by name", async (_, fileName, text, options, code) => {
  await expect(run(fileName, text, ...options)).rejects.toMatchObject({ code });
});
