import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { registerBand } from "./band.cli.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const createdAt = new Date("2025-11-03T01:00:00Z");
  await store.prisma.account.createMany({
    data: (["finance-maker", "finance-checker", "auditor"] as const).map((role) => ({
      ...{ id: `account-${role}`, login: role, role, displayName: role, passwordHash: "-", createdAt },
    })),
  });
});
afterAll(() => store.close());

async function run(...words: readonly string[]): Promise<string[]> {
  const said: string[] = [];
  const program = new Command("apply-free").exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const say = (line: string) => void said.push(line);
  const io = { out: say, err: say, fail: (status: number) => say(`exit ${status}`) };
  const openStore = async () => ({ ...store, close: async () => {} }) as Store;
  registerBand(program, io, { clock: new SettableClock(new Date("2025-11-04T10:00:00+08:00")), openStore });
  await program.parseAsync(["band", ...words], { from: "user" });
  return said;
}

const DOCUMENT = "豫财〔2025〕12 号";
const propose = (above: string, by: string) => run("propose", "--above", above, "--document", DOCUMENT, "--by", by);

test("two people of the finance desk change the amount, and the list tells who", async () => {
  const [id = ""] = await propose("3000000", "finance-maker");
  expect((await run("list")).at(-1)).toBe(`proposed: 3,000,000.00, ${DOCUMENT}, by account-finance-maker: ${id}`);
  expect(await run("confirm", id, "--by", "finance-checker")).toEqual(["two checkers above 3,000,000.00"]);
  const [newest] = await run("list");
  expect(newest).toMatch(/3,000,000\.00, .*, proposed by account-finance-maker, confirmed by account-finance-checker$/);
  const [json = ""] = await run("list", "--json");
  expect(JSON.parse(json)).toMatchObject({ bands: [{ aboveFen: "300000000" }, { aboveFen: "1000000000" }] });
});

test("who proposes does not confirm, and what is dropped is gone", async () => {
  const [id = ""] = await propose("4000000", "finance-checker");
  await expect(run("confirm", id, "--by", "finance-checker")).rejects.toMatchObject({ code: "maker-is-checker" });
  await run("drop", id, "--by", "finance-maker", "--reason", "金额有误");
  expect((await run("list")).some((line) => line.startsWith("proposed"))).toBe(false);
});

test.each([
  ["an amount with three decimals", () => propose("1.005", "finance-maker"), "bad-input"],
  ["an account that nobody has", () => propose("1.00", "nobody"), "not-allowed"],
  ["an account of another desk", () => propose("1.00", "auditor"), "not-allowed"],
  ["a maker who confirms", () => run("confirm", "x", "--by", "finance-maker"), "not-allowed"],
  ["a proposal that is not there", () => run("confirm", "x", "--by", "finance-checker"), "band-proposal-not-found"],
])("%s is refused", async (_, attempt, code) => {
  await expect(attempt()).rejects.toMatchObject({ code });
});
