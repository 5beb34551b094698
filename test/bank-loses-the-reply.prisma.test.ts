import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { booksOn } from "../packages/service/src/audit/books.prisma.ts";
import { agreeToAll, makeOffers, type Offer } from "../packages/service/src/budget/testing.prisma.ts";
import { lineFaults } from "../packages/service/src/demo/simulated-bank-door.http.ts";
import { dayOf, startOfDay } from "../packages/service/src/kernel/day.ts";
import { addWorkingDays } from "../packages/service/src/kernel/working-day.ts";
import { approveBatch } from "../packages/service/src/payment/approve-batch.ts";
import type { Bank } from "../packages/service/src/payment/bank-port.ts";
import { draftBatch } from "../packages/service/src/payment/draft-batch.ts";
import { httpExchangeBank } from "../packages/service/src/payment/http-exchange.bank.ts";
import { preparePayment } from "../packages/service/src/payment/prepare-payment.ts";
import { collectBankReports } from "../packages/service/src/payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../packages/service/src/payment/send-batch.ts";
import { balancesOf, fundTestLine, type MoneyDeps, moneyDeps } from "../packages/service/src/payment/testing.prisma.ts";
import type { Store } from "../packages/service/src/platform/store.prisma.ts";
import { openTestStore } from "../packages/service/src/platform/testing.prisma.ts";
import { PATIENCE_MS, TOKEN } from "./unruly-bank/http-door.ts";
import { startUnrulyBank, type UnrulyBank } from "./unruly-bank/start-bank.ts";

/** The bank is another process with books of its own, and is spoken to over real HTTP only. */
let store: Store;
let deps: MoneyDeps;
let directory: string;
let bankProcess: UnrulyBank;
let bank: Bank;
beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
  directory = await mkdtemp(path.join(tmpdir(), "bank-loses-"));
  const where = { exchange: path.join(directory, "counter"), directory: path.join(directory, "bank") };
  bankProcess = await startUnrulyBank({ ...where, seed: 1, isOverHttp: true });
  bank = httpExchangeBank({ url: bankProcess.url ?? "", token: TOKEN, patienceMs: PATIENCE_MS });
});
afterAll(async () => {
  await bankProcess.close();
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

let nth = 0;
const holders: (readonly [string, string])[] = [];

/** Two firms have agreed and two people have approved; nothing is sent yet. */
async function approved() {
  nth += 1;
  const line = `reply-${nth}`;
  await fundTestLine(deps, line, 200n, `4100000009${String(nth).padStart(4, "0")}`);
  const offers = await makeOffers(store, { series: 900 + nth, count: 2, amountFen: 100n, line, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  for (const { entitlementId, accountNo, holderName } of offers) {
    holders.push([accountNo, holderName]);
    await preparePayment(deps, { entitlementId });
  }
  const { batchId = "" } = await draftBatch(deps, { maker: "maker" });
  const { sha256, messageId, file } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
  await approveBatch(deps, { batchId, checker: "checker", sha256 });
  return { line, offers, batchId, messageId, file };
}

const send = () => sendApprovedBatches({ ...deps, bank });
const statusOf = async (batchId: string) =>
  (await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId } })).status;

/** What the bank has of this batch. */
async function ordersAtBank(messageId: string): Promise<string[]> {
  const counter = path.join(directory, "counter", "to-bank");
  const files = await readdir(counter, { recursive: true });
  const ours = files.filter((file) => file.includes(messageId.slice(0, 20)));
  return Promise.all(ours.map((file) => readFile(path.join(counter, file), "utf8")));
}

const work = (request: Partial<Parameters<UnrulyBank["work"]>[0]> = {}) => ({
  ...{ now: deps.clock.now().toISOString(), round: nth, calm: true, holders },
  ...request,
});

/** It looks at what has come before its cut-off, and closes its books in the evening. */
async function bankDay() {
  await bankProcess.work(work());
  deps.clock.moveTo(new Date(deps.clock.now().getTime() + 8.5 * 3_600_000));
  return bankProcess.work(work());
}

function nextMorning(): void {
  const day = addWorkingDays(dayOf(deps.clock.now()), 1);
  deps.clock.moveTo(new Date(startOfDay(day).getTime() + 10 * 3_600_000));
}

/** The bank closes its day, and each firm has its money once, by the bank's books and by ours. */
async function paidOnce(line: string, offers: readonly Offer[]): Promise<void> {
  const { bookings } = await bankDay();
  await collectBankReports({ ...deps, bank });
  const ids = offers.map(({ entitlementId }) => entitlementId);
  const payments = await store.prisma.payment.findMany({ where: { entitlementId: { in: ids } } });
  expect(payments.map(({ status, attempt }) => [status, attempt])).toEqual([
    ["settled", 1],
    ["settled", 1],
  ]);
  const byId = new Map(bookings);
  for (const { endToEndId } of payments) expect(byId.get(endToEndId)).toEqual({ debits: 1, returns: 0 });
  expect(await balancesOf(deps, line)).toEqual([200n, 0n, 0n, 0n, 200n]);
  expect(await store.prisma.$transaction((tx) => booksOn(tx).differences())).toEqual([]);
  nextMorning();
}

test.each(lineFaults)(
  "%s on the way of an order: the money counts as on its way, the bank is asked, and pays once",
  async (fault) => {
    const { line, offers, batchId, messageId, file } = await approved();
    await bankProcess.plan("submit", fault);
    expect(await send()).toEqual({ sent: 0, inDoubt: 1 });
    expect(await statusOf(batchId)).toBe("sending");
    expect((await balancesOf(deps, line))[3], "in transit").toBe(200n);
    expect(await send()).toEqual({ sent: 1, inDoubt: 0 });
    expect(await statusOf(batchId)).toBe("sent");
    expect(await ordersAtBank(messageId), "one order, as it was signed").toEqual([file]);
    await paidOnce(line, offers);
    expect(await statusOf(batchId)).toBe("closed");
  },
);

test("a bank that cannot be asked either leaves the doubt as it is, for as long as it lasts", async () => {
  const { line, offers, batchId, messageId, file } = await approved();
  await bankProcess.plan("submit", "answer-lost");
  expect(await send()).toEqual({ sent: 0, inDoubt: 1 });
  for (const fault of ["gateway-error", "answer-cut", "busy"] as const) {
    await bankProcess.plan("query", fault);
    expect(await send()).toEqual({ sent: 0, inDoubt: 1 });
  }
  expect(await statusOf(batchId)).toBe("sending");
  expect(await send()).toEqual({ sent: 1, inDoubt: 0 });
  expect(await ordersAtBank(messageId)).toEqual([file]);
  await paidOnce(line, offers);
});

test("a bank whose process is killed with the order in hand has it when it is back", async () => {
  const { line, offers, messageId, file } = await approved();
  await bankProcess.plan("submit", "answer-lost");
  await send();
  await bankProcess.killWhile(work(), 30);
  await send();
  expect(await ordersAtBank(messageId)).toEqual([file]);
  await paidOnce(line, offers);
});

test("the statement comes although the answer never did: the batch is sent and closed by it", async () => {
  const { line, offers, batchId } = await approved();
  await bankProcess.plan("submit", "answer-lost");
  await send();
  expect(await statusOf(batchId)).toBe("sending");
  await paidOnce(line, offers);
  expect(await statusOf(batchId)).toBe("closed");
  expect(await send(), "nothing is left to ask").toEqual({ sent: 0, inDoubt: 0 });
});

test("reports that are lost on the line come again, and are booked once", async () => {
  const { line, offers } = await approved();
  await send();
  await bankDay();
  const collect = () => collectBankReports({ ...deps, bank, onUnheard: () => undefined });
  await bankProcess.plan("list", "answer-cut");
  await expect(collect()).rejects.toThrow();
  await bankProcess.plan("fetch", "answer-lost");
  await bankProcess.plan("settle", "answer-lost");
  await bankProcess.plan("settle", "question-lost");
  const rounds = [await collect(), await collect(), await collect(), await collect()];
  expect(rounds.reduce((sum, { settled }) => sum + settled, 0)).toBe(2);
  expect(rounds.at(-1)?.files, "the bank has heard of each").toBe(0);
  nextMorning();
  await paidOnce(line, offers);
});
