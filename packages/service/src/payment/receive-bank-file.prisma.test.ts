import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import type { BankReport } from "./bank-port.ts";
import { collectBankReports, receiveBankFile } from "./receive-bank-file.ts";
import { fundTestLine, type MoneyDeps, moneyDeps } from "./testing.prisma.ts";
import { memoryBank } from "./testing-bank.ts";
import { openTown } from "./testing-town.prisma.ts";

let store: Store;
let deps: MoneyDeps;
beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
});
afterAll(() => store.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const refusals = async () =>
  (await store.prisma.journalEvent.findMany({ where: { type: "bank-file-refused" }, orderBy: { seq: "asc" } })).map(
    ({ payload }) => (payload as { reason: string }).reason,
  );

test("a file that cannot be read is set aside with its reason, once, and holds up no other", async () => {
  const town = await openTown(store);
  await fundTestLine(deps, "receive-line", 500n, "41000000000031");
  await town.prepare(await town.agreed("receive-line", 1, 200n));
  await town.draftApproveSend();
  await town.simulated.run(deps.clock.now());
  const good = await town.bank.reports();
  const bad: BankReport = { name: "000000-broken.xml", content: bytes("<Document><Truncated>") };
  const aside: [string, string][] = [];
  const bank = {
    ...town.bank,
    reports: async () => [bad, ...good],
    refuse: async (name: string, reason: string) => void aside.push([name, reason]),
  };
  const refused: string[] = [];
  const collected = await collectBankReports({ ...deps, bank, onRefused: (name) => refused.push(name) });
  expect(collected).toMatchObject({ files: 2, refused: 1, accepted: 1 });
  expect(refused).toEqual(["000000-broken.xml"]);
  expect(aside).toMatchObject([["000000-broken.xml", expect.stringContaining("银行文件有误")]]);
  await collectBankReports({ ...deps, bank: { ...bank, reports: async () => [bad] } });
  expect(await refusals()).toHaveLength(1);
  await town.close();
});

test("a bank that cannot be told of one file is told of the others, and puts out the one again without effect", async () => {
  const town = await openTown(store);
  await fundTestLine(deps, "unheard-line", 500n, "41000000000032");
  await town.prepare(await town.agreed("unheard-line", 1, 200n));
  await town.draftApproveSend();
  await town.simulated.run(deps.clock.now());
  const [answer] = await town.bank.reports();
  const bad: BankReport = { name: "broken.xml", content: bytes("<Document><Cut") };
  const [told, unheard]: [string[], string[]] = [[], []];
  const hears = async (name: string) => {
    if (name !== bad.name) throw new Error("connection reset");
    told.push(name);
  };
  const reports = async () => (answer ? [answer, bad] : []);
  const bank = { ...town.bank, reports, acknowledge: hears, refuse: hears };
  const collect = () => collectBankReports({ ...deps, bank, onUnheard: (name) => unheard.push(name) });
  expect(await collect()).toMatchObject({ accepted: 1, refused: 1 });
  expect(await collect()).toMatchObject({ accepted: 0, refused: 1 });
  expect(told).toEqual([bad.name, bad.name]);
  expect(unheard).toEqual([answer?.name, answer?.name]);
  await town.close();
});

test("a refused file leaves nothing half-written", async () => {
  const before = await store.prisma.bankFile.count();
  const foreign = bytes('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>');
  await expect(receiveBankFile(deps, foreign)).rejects.toMatchObject({ code: "bank-file-invalid" });
  expect(await store.prisma.bankFile.count()).toBe(before);
});

test("when the store fails the file stays where it is, to be taken in again", async () => {
  const bank = memoryBank(() => "fine");
  const dealtWith: string[] = [];
  const failing = {
    ...bank,
    reports: async () => [{ name: "a.xml", content: bytes("<Document/>") }],
    acknowledge: async (name: string) => void dealtWith.push(name),
    refuse: async (name: string) => void dealtWith.push(name),
  };
  const transaction: MoneyDeps["transaction"] = () => Promise.reject(new Error("connection lost"));
  await expect(collectBankReports({ ...deps, transaction, bank: failing })).rejects.toThrow("connection lost");
  expect(dealtWith).toEqual([]);
});
