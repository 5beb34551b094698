import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { registerFund } from "./fund.cli.ts";

let store: Store;
const said: string[] = [];
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function run(...words: readonly string[]): Promise<string[]> {
  said.length = 0;
  const program = new Command("apply-free").exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const say = (line: string) => void said.push(line);
  const io = { out: say, err: say, fail: (status: number) => say(`exit ${status}`) };
  const openStore = async () => ({ ...store, close: async () => {} }) as Store;
  registerFund(program, io, { clock: new SettableClock(new Date("2025-12-31T10:00:00+08:00")), openStore });
  await program.parseAsync(["fund", ...words], { from: "user" });
  return [...said];
}

const payer = ["--payer-name", "试验财政局", "--payer-account", "41000000000001", "--payer-bank", "011491000016"];
const add = (amount: string) =>
  run(
    ...[
      "add",
      "--line",
      "cli-2025",
      "--title",
      "试验资金",
      "--year",
      "2025",
      "--level",
      "municipal",
      "--code",
      "206-1",
    ],
    ...[...payer, "--amount", amount, "--document", "豫财〔2025〕1号", "--by", "account-finance"],
  );

test("a line is opened with money, once however often its document is entered", async () => {
  expect(await add("1000.50")).toEqual(["cli-2025: 1,000.50"]);
  await add("1000.50");
  expect(await run("list")).toEqual(["cli-2025: 1,000.50 of 1,000.50 available"]);
  const [json] = await run("list", "--json");
  expect(JSON.parse(json!)).toMatchObject({ lines: [{ level: "municipal", code: "206-1", availableFen: "100050" }] });
});

test.each([
  ["three decimals", () => add("1.005")],
  ["another amount under the same document", () => add("9.00")],
  [
    "a level that nobody has",
    () =>
      run(
        "add",
        "--line",
        "cli-x",
        "--title",
        "x",
        "--year",
        "2025",
        "--level",
        "galactic",
        ...payer,
        "--amount",
        "1",
        "--document",
        "d",
        "--by",
        "a",
      ),
  ],
  [
    "a line carried over to itself",
    () =>
      run(
        "carry-over",
        "--from",
        "cli-2025",
        "--to",
        "cli-2025",
        "--title",
        "x",
        "--year",
        "2026",
        "--available",
        "carried",
        "--document",
        "d",
        "--by",
        "a",
      ),
  ],
  [
    "a line carried over that is not there",
    () =>
      run(
        "carry-over",
        "--from",
        "nowhere",
        "--to",
        "cli-2026",
        "--title",
        "x",
        "--year",
        "2026",
        "--available",
        "carried",
        "--document",
        "d",
        "--by",
        "a",
      ),
  ],
])("%s is refused", async (_, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ name: "DomainError" });
});

test("at the year's end a line goes on, and another office takes it over", async () => {
  const words = [
    "--title",
    "结转",
    "--year",
    "2026",
    "--available",
    "carried",
    "--document",
    "豫财〔2026〕1号",
    "--by",
    "account-finance",
  ];
  expect(await run("carry-over", "--from", "cli-2025", "--to", "cli-2026", ...words)).toEqual([
    "cli-2025 → cli-2026: 0 carried, 0 under way",
  ]);
  expect(await run("list")).toEqual([
    "cli-2025: 0.00 of 1,000.50 available",
    "cli-2026: 1,000.50 of 1,000.50 available",
  ]);
  await run(
    "hand-over",
    "--line",
    "cli-2026",
    "--to",
    "数据局",
    "--document",
    "编办〔2026〕3号",
    "--by",
    "account-finance",
  );
  expect((await store.prisma.budgetLine.findUnique({ where: { id: "cli-2026" } }))?.department).toBe("数据局");
  expect(await run("replay")).toEqual(["0 allocations, 0 different"]);
});
