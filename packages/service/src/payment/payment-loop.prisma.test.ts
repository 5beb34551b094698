import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { agreeToAll, makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { openSimulatedBank, type SimulatedBank } from "../demo/simulated-bank.fs.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import type { Bank } from "./bank-port.ts";
import { confirmReceipt } from "./confirm-receipt.ts";
import { correctAccount } from "./correct-account.ts";
import { draftBatch } from "./draft-batch.ts";
import { fileExchangeBank } from "./file-exchange.bank.ts";
import { preparePayment } from "./prepare-payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine, type MoneyDeps, moneyDeps } from "./testing.prisma.ts";

let store: Store;
let deps: MoneyDeps;
let bank: Bank;
let simulated: SimulatedBank;
let directory: string;
const holders = new Map<string, string>();

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

beforeEach(async () => {
  deps = moneyDeps(store);
  directory = await mkdtemp(path.join(tmpdir(), "bank-"));
  holders.clear();
  bank = await fileExchangeBank(path.join(directory, "exchange"));
  const folders = { exchange: path.join(directory, "exchange"), directory: path.join(directory, "bank") };
  simulated = await openSimulatedBank({ ...folders, holders });
});
afterEach(async () => {
  simulated.close();
  await rm(directory, { recursive: true });
});

let series = 0;
async function agreedOffers(line: string, count: number, amountFen: bigint): Promise<Offer[]> {
  series += 1;
  const offers = await makeOffers(store, { series, count, amountFen, line, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  for (const { accountNo, holderName } of offers) holders.set(accountNo, holderName);
  return offers;
}

const at = (instant: string) => deps.clock.moveTo(new Date(`${instant}:00+08:00`));
const prepareAll = async (offers: readonly Offer[]) => {
  const answers = [];
  for (const { entitlementId } of offers) answers.push(await preparePayment(deps, { entitlementId }));
  return answers;
};
async function draftApproveSend(): Promise<string> {
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batchId!, checker: "checker", sha256 });
  await sendApprovedBatches({ ...deps, bank });
  return batchId!;
}
const collect = () => collectBankReports({ ...deps, bank });
const entitlement = ({ entitlementId }: Offer) =>
  store.prisma.entitlement.findUniqueOrThrow({ where: { id: entitlementId } });
const paymentsOf = ({ entitlementId }: Offer) =>
  store.prisma.payment.findMany({ where: { entitlementId }, orderBy: { attempt: "asc" } });
const journalOf = async (subjects: readonly string[]) =>
  (
    await store.prisma.journalEvent.findMany({ where: { subject: { in: [...subjects] } }, orderBy: { seq: "asc" } })
  ).map(({ type }) => type);

describe("paying", () => {
  test("what was agreed to is paid when the bank has booked it, and received when the firm says so", async () => {
    await fundTestLine(deps, "loop-paid", 500n, "41000000000011");
    const offers = await agreedOffers("loop-paid", 2, 200n);
    expect(await prepareAll(offers)).toEqual(["prepared", "prepared"]);
    expect(await prepareAll(offers)).toEqual(["already", "already"]);
    const batchId = await draftApproveSend();
    expect(await balancesOf(deps, "loop-paid")).toEqual([500n, 100n, 0n, 400n, 0n]);

    await simulated.run(deps.clock.now());
    expect(await collect()).toMatchObject({ files: 1, accepted: 2, settled: 0 });
    expect((await entitlement(offers[0]!)).status).toBe("confirmed");

    at("2025-11-04T18:30");
    await simulated.run(deps.clock.now());
    expect(await collect()).toMatchObject({ files: 1, settled: 2, suspended: 0 });
    expect(await balancesOf(deps, "loop-paid")).toEqual([500n, 100n, 0n, 0n, 400n]);
    expect((await entitlement(offers[0]!)).status).toBe("paid");
    expect(await journalOf([batchId])).toEqual([
      "batch-drafted",
      "batch-approved",
      "batch-sent",
      "batch-answered",
      "batch-closed",
    ]);

    const { entitlementId, firmCode } = offers[0]!;
    await confirmReceipt(deps, { entitlementId, firmCode, actor: "firm" });
    await confirmReceipt(deps, { entitlementId, firmCode, actor: "firm" });
    expect((await entitlement(offers[0]!)).status).toBe("received");
    expect(await journalOf([entitlementId])).toEqual(["receipt-confirmed"]);
    expect(await collect()).toMatchObject({ files: 0 });
  });

  test("a payment that is returned for another holder name is paid exactly once more, to the corrected account", async () => {
    await fundTestLine(deps, "loop-returned", 500n, "41000000000012");
    const [offer, other] = await agreedOffers("loop-returned", 2, 200n);
    holders.set(offer!.accountNo, "改名后的企业有限公司");
    await prepareAll([offer!, other!]);
    await draftApproveSend();
    await simulated.run(deps.clock.now());
    at("2025-11-04T18:30");
    await simulated.run(deps.clock.now());
    await collect();
    expect((await entitlement(offer!)).status).toBe("paid");

    at("2025-11-05T18:30");
    await simulated.run(deps.clock.now());
    expect(await collect()).toMatchObject({ returned: 1, suspended: 0 });
    expect((await entitlement(offer!)).status).toBe("confirmed");
    expect((await entitlement(other!)).status).toBe("paid");
    expect(await balancesOf(deps, "loop-returned")).toEqual([500n, 100n, 200n, 0n, 200n]);
    expect(await prepareAll([offer!])).toEqual(["awaiting-account"]);

    const { firmCode, accountNo } = offer!;
    const account = {
      holderName: offer!.holderName,
      accountNo,
      bankName: "试验银行郑州分行",
      bankCode: "102491000019",
    };
    await expect(correctAccount(deps, { firmCode, actor: "firm", account })).rejects.toMatchObject({
      code: "account-invalid",
    });
    const corrected = { ...account, holderName: "改名后的企业有限公司" };
    await correctAccount(deps, { firmCode, actor: "firm", account: corrected });
    await correctAccount(deps, { firmCode, actor: "firm", account: corrected });
    expect(await prepareAll([offer!])).toEqual(["prepared"]);
    expect(await prepareAll([offer!])).toEqual(["already"]);

    at("2025-11-06T10:00");
    await draftApproveSend();
    await simulated.run(deps.clock.now());
    at("2025-11-06T18:30");
    await simulated.run(deps.clock.now());
    await collect();
    at("2025-11-10T18:30");
    await simulated.run(deps.clock.now());
    await collect();
    expect(await balancesOf(deps, "loop-returned")).toEqual([500n, 100n, 0n, 0n, 400n]);
    expect((await paymentsOf(offer!)).map(({ status, reasonCode }) => [status, reasonCode])).toEqual([
      ["returned", "BE01"],
      ["settled", null],
    ]);
    const bookings = [...simulated.bookings().values()];
    expect(bookings.map(({ debits, returns }) => debits - returns).reduce((a, b) => a + b)).toBe(2);
    const corrections = await store.prisma.journalEvent.count({ where: { type: "account-corrected", actor: "firm" } });
    expect(corrections).toBe(1);
  });

  test("a payment to an account that does not exist is rejected, and its money is kept for the firm", async () => {
    await fundTestLine(deps, "loop-rejected", 500n, "41000000000013");
    const [offer, other] = await agreedOffers("loop-rejected", 2, 200n);
    holders.delete(offer!.accountNo);
    await prepareAll([offer!, other!]);
    const batchId = await draftApproveSend();
    await simulated.run(deps.clock.now());
    expect(await collect()).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await balancesOf(deps, "loop-rejected")).toEqual([500n, 100n, 200n, 200n, 0n]);
    expect((await paymentsOf(offer!))[0]).toMatchObject({ status: "rejected", reasonCode: "AC01" });
    expect((await entitlement(offer!)).status).toBe("confirmed");
    expect(await journalOf([batchId])).not.toContain("batch-closed"); // the rest stays alive
    at("2025-11-04T18:30");
    await simulated.run(deps.clock.now());
    await collect();
    expect(await journalOf([batchId])).toContain("batch-closed");
    expect(await balancesOf(deps, "loop-rejected")).toEqual([500n, 100n, 200n, 0n, 200n]);
  });
});
