import { afterAll, beforeAll, expect, test } from "vitest";
import { booksOn } from "../audit/books.prisma.ts";
import { agreeToAll, makeOffers } from "../budget/testing.prisma.ts";
import { type StatementEntryText, writeCamt053, writePain002 } from "../demo/simulated-bank-reports.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { draftBatch } from "./draft-batch.ts";
import { endToEndIdOf } from "./payment.ts";
import { preparePayment } from "./prepare-payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine, type MoneyDeps, moneyDeps } from "./testing.prisma.ts";
import { memoryBank } from "./testing-bank.ts";

const LINE = "bad-statement-line";
const PAYER = "41000000000041";
const day = parseDay("2025-11-04") as Day;
let store: Store;
let deps: MoneyDeps;
/** Two payments at the bank; the first is booked. */
let [paid, open, messageId] = ["", "", ""];

beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
  await fundTestLine(deps, LINE, 1_000n, PAYER);
  const offers = await makeOffers(store, { series: 970, count: 2, amountFen: 100n, line: LINE, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  for (const { entitlementId } of offers) await preparePayment(deps, { entitlementId });
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const batch = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batch.id, checker: "checker", sha256: batch.sha256 });
  await sendApprovedBatches({ ...deps, bank: memoryBank(() => "fine") });
  messageId = batch.messageId;
  [paid = "", open = ""] = offers.map(({ entitlementId }) => endToEndIdOf(entitlementId, 1));
  expect(await collect(first())).toMatchObject({ settled: 1, refused: 0 });
});
afterAll(() => store.close());

const bytes = (xml: string) => new TextEncoder().encode(xml);
let refusedBecause: string[] = [];

async function collect(content: Uint8Array) {
  refusedBecause = [];
  const bank = {
    reports: async () => [{ name: "a.xml", content }],
    acknowledge: async () => undefined,
    refuse: async () => undefined,
  };
  return collectBankReports({ ...deps, bank, onRefused: (_, reason) => refusedBecause.push(reason) });
}

const debit = (reference: string, more: Partial<StatementEntryText> = {}): StatementEntryText => ({
  ...{ reference, endToEndId: open, direction: "debit", amountFen: 100n },
  ...more,
});
const xmlOf = (id: string, entries: readonly StatementEntryText[], accountNo = PAYER) =>
  writeCamt053(id, day, new Date(0), [{ id, accountNo, openingFen: 10_000n, entries }]);
const statement = (id: string, entries: readonly StatementEntryText[], accountNo = PAYER) =>
  bytes(xmlOf(id, entries, accountNo));
const first = () => statement("FIRST", [debit("REF-1", { endToEndId: paid })]);
const good = () => xmlOf("GOOD", [debit("REF-2")]);
const answer = (more: Partial<Parameters<typeof writePain002>[0]> = {}) =>
  writePain002({
    ...{ messageId: "R", originalMessageId: messageId, at: new Date(0) },
    payments: [paid, open].map((endToEndId) => ({ groupId: "G", endToEndId, status: "RJCT", reasonCode: "AC01" })),
    ...more,
  });

const balances = () => balancesOf(deps, LINE);
const BEFORE = [1_000n, 800n, 0n, 100n, 100n];

test.each<[string, () => Uint8Array, RegExp]>([
  ["cut off in the middle", () => bytes(good().slice(0, -300)), /line \d+/],
  ["an entry taken out", () => bytes(good().replace(/<Ntry>[\s\S]*<\/Ntry>/, "")), /Bal/],
  ["no closing balance", () => bytes(good().replaceAll("CLBD", "ITBD")), /Bal/],
  ["an amount changed", () => bytes(good().replaceAll(">1.00<", ">100.00<")), /Bal/],
  ["an amount with three decimals", () => bytes(good().replaceAll(">1.00<", ">1.005<")), /"1\.005"/],
  ["an amount of more than 18 digits", () => bytes(good().replaceAll(">1.00<", ">10000000000000000.00<")), /decimals/],
  ["a status that nobody knows", () => bytes(good().replace("<Cd>BOOK<", "<Cd>BOKD<")), /Sts\.Cd/],
  ["a booked line under a reference that was another amount", () => statement("F1", [debit("REF-1")]), /"REF-1"/],
  [
    "a booked line under a reference that was a debit",
    () => statement("F2", [debit("REF-1", { endToEndId: paid, direction: "credit" })]),
    /"REF-1".*direction/,
  ],
  [
    "one reference for two different lines",
    () => statement("F3", [debit("REF-3"), debit("REF-3", { amountFen: 99n })]),
    /"REF-3".*amount/,
  ],
  ["a statement that stands there twice", () => bytes(good().replace(/(<Stmt>[\s\S]*<\/Stmt>)/, "$1$1")), /twice/],
  ["an answer to an order that is not ours", () => bytes(answer({ originalMessageId: "OTHER" })), /OrgnlMsgId/],
  ["an answer to more payments than we sent", () => bytes(answer({ originalCount: 3 })), /OrgnlNbOfTxs/],
  [
    "an answer that says yes and no",
    () => bytes(answer({ whole: "PART" }).replace("</OrgnlPmtInfAndSts>", `${accepted()}</OrgnlPmtInfAndSts>`)),
    /TxSts/,
  ],
  ["an answer that rejects all and accepts one", () => bytes(answer().replace("<TxSts>RJCT", "<TxSts>ACCP")), /GrpSts/],
  ["a message of another kind", () => bytes(good().replace("camt.053", "camt.052")), /camt\.052/],
])("refused by name, and no balance moves: %s", async (_, file, reason) => {
  expect(await collect(file())).toMatchObject({ refused: 1, settled: 0, returned: 0, suspended: 0 });
  expect(refusedBecause).toEqual([expect.stringMatching(reason)]);
  expect(await balances()).toEqual(BEFORE);
});

const accepted = () => `<TxInfAndSts><OrgnlEndToEndId>${open}</OrgnlEndToEndId><TxSts>ACCP</TxSts></TxInfAndSts>`;

test.each<[string, () => Uint8Array, RegExp]>([
  ["a statement for another account", () => statement("S1", [debit("A1")], "41000000000099"), /another account/],
  ["a foreign currency", () => statement("S2", [debit("A2", { currency: "USD" })]), /currency USD/],
  ["an amount that is not ours", () => statement("S3", [debit("A3", { amountFen: 101n })]), /101 分 booked/],
  ["an end-to-end id that nobody knows", () => statement("S4", [debit("A4", { endToEndId: "AFX-1" })]), /no payment/],
  [
    "a line without an end-to-end id",
    () => {
      const { endToEndId: _, ...bare } = debit("A5");
      return statement("S5", [bare]);
    },
    /no end-to-end id/,
  ],
  ["a second debit", () => statement("S6", [debit("A6", { endToEndId: paid })]), /second time/],
])("set aside by name, and no balance moves: %s", async (_, file, note) => {
  expect(await collect(file())).toMatchObject({ refused: 0, settled: 0, returned: 0, suspended: 1 });
  const lines = await store.prisma.statementLine.findMany({ where: { reference: { startsWith: "A" } } });
  expect(lines.map((line) => line.note).join("\n")).toMatch(note);
  expect(await balances()).toEqual(BEFORE);
});

test("a file twice, and the same line in another file, change nothing", async () => {
  expect(await collect(first())).toMatchObject({ refused: 0, settled: 0, suspended: 0 });
  const again = statement("OTHER", [debit("REF-1", { endToEndId: paid })]);
  expect(await collect(again)).toMatchObject({ refused: 0, settled: 0, suspended: 0 });
  expect(await balances()).toEqual(BEFORE);
});

test("after all of this the good statement still settles, and the books agree", async () => {
  expect(await collect(bytes(good()))).toMatchObject({ settled: 1, suspended: 0 });
  expect(await balances()).toEqual([1_000n, 800n, 0n, 0n, 200n]);
  expect(await store.prisma.$transaction((tx) => booksOn(tx).differences())).toEqual([]);
});
