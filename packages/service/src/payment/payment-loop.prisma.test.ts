import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideAgain, type Offer } from "../budget/testing.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { cancelBatch } from "./cancel-batch.ts";
import { confirmReceipt } from "./confirm-receipt.ts";
import { correctAccount } from "./correct-account.ts";
import { draftBatch } from "./draft-batch.ts";
import { balancesOf, confirmAccounts, fundTestLine } from "./testing.prisma.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

let store: Store;
let town: Town;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  town = await openTown(store);
});
afterEach(() => town.close());

const fund = (line: string, amountFen: bigint, payerAccountNo: string) =>
  fundTestLine(town.deps, line, amountFen, payerAccountNo);
const balances = (line: string) => balancesOf(town.deps, line);
const statusOf = async ({ entitlementId }: Offer) =>
  (await store.prisma.entitlement.findUniqueOrThrow({ where: { id: entitlementId } })).status;
const paymentsOf = async ({ entitlementId }: Offer) =>
  (await store.prisma.payment.findMany({ where: { entitlementId }, orderBy: { attempt: "asc" } })).map(
    ({ attempt, status, reasonCode }) => ({ attempt, status, reasonCode }),
  );
const journalOf = async (...subjects: readonly string[]) =>
  (
    await store.prisma.journalEvent.findMany({ where: { subject: { in: [...subjects] } }, orderBy: { seq: "asc" } })
  ).map(({ type }) => type);
const accountOf = (offer: Offer, holderName = offer.holderName) => ({
  ...{ holderName, accountNo: offer.accountNo, bankName: "试验银行郑州分行", bankCode: "102491000019" },
});
const batch = (id: string) => store.prisma.paymentBatch.findUniqueOrThrow({ where: { id } });

describe("paying", () => {
  test("what was agreed to is paid when the bank has booked it, and received when the firm says so", async () => {
    await fund("loop-paid", 500n, "41000000000011");
    const offers = await town.agreed("loop-paid", 2, 200n);
    expect(await town.prepare(offers)).toEqual(["prepared", "prepared"]);
    expect(await town.prepare(offers)).toEqual(["already", "already"]);
    const batchId = await town.draftApproveSend();
    expect(await balances("loop-paid")).toEqual([500n, 100n, 0n, 400n, 0n]);

    expect(await town.bankDay()).toMatchObject({ files: 1, accepted: 2, settled: 0 });
    expect(await statusOf(offers[0]!)).toBe("confirmed"); // accepted is not paid

    town.at("2025-11-04T18:30");
    expect(await town.bankDay()).toMatchObject({ files: 1, settled: 2, suspended: 0 });
    expect(await balances("loop-paid")).toEqual([500n, 100n, 0n, 0n, 400n]);
    expect(await statusOf(offers[0]!)).toBe("paid");
    const steps = ["batch-drafted", "batch-approved", "batch-sent", "batch-answered", "batch-closed"];
    expect(await journalOf(batchId)).toEqual(steps);

    const { entitlementId, firmCode } = offers[0]!;
    await confirmReceipt(town.deps, { entitlementId, firmCode, actor: "firm" });
    await confirmReceipt(town.deps, { entitlementId, firmCode, actor: "firm" });
    expect(await statusOf(offers[0]!)).toBe("received");
    expect(await journalOf(entitlementId)).toEqual(["receipt-confirmed"]);
    expect(await town.bankDay()).toMatchObject({ files: 0 });
  });

  test("somebody else's receipt answers as one that does not exist, and nothing is received before it is paid", async () => {
    await fund("loop-receipt", 500n, "41000000000019");
    const [offer] = await town.agreed("loop-receipt", 1, 200n);
    const { entitlementId, firmCode } = offer!;
    const other = { entitlementId, firmCode: "91410100MA0000000X", actor: "other" };
    await expect(confirmReceipt(town.deps, other)).rejects.toMatchObject({ code: "entitlement-not-found" });
    const early = { entitlementId, firmCode, actor: "firm" };
    await expect(confirmReceipt(town.deps, early)).rejects.toMatchObject({ code: "entitlement-not-open" });
  });

  test("a payment returned for another holder name is paid exactly once more, to the corrected account", async () => {
    await fund("loop-returned", 500n, "41000000000012");
    const [offer, other] = await town.agreed("loop-returned", 2, 200n);
    town.holders.set(offer!.accountNo, "改名后的企业有限公司");
    await town.prepare([offer!, other!]);
    await town.draftApproveSend();
    await town.bankDay();
    town.at("2025-11-04T18:30");
    await town.bankDay();
    expect(await statusOf(offer!)).toBe("paid");

    town.at("2025-11-05T18:30");
    expect(await town.bankDay()).toMatchObject({ returned: 1, suspended: 0 });
    expect(await Promise.all([offer!, other!].map(statusOf))).toEqual(["confirmed", "paid"]);
    expect(await balances("loop-returned")).toEqual([500n, 100n, 0n, 0n, 200n]);
    const line = await town.deps.transaction(({ budget }) => budget.get("loop-returned"));
    expect(line.returnedFen, "what came back lies aside").toBe(200n);
    expect(await town.prepare([offer!])).toEqual(["awaiting-account"]);

    const { firmCode } = offer!;
    const unchanged = { firmCode, actor: "firm-1", account: accountOf(offer!) };
    await expect(correctAccount(town.deps, unchanged)).rejects.toMatchObject({ code: "account-invalid" });
    const corrected = { firmCode, actor: "firm-1", account: accountOf(offer!, "改名后的企业有限公司") };
    await correctAccount(town.deps, corrected);
    await correctAccount(town.deps, corrected);
    expect(await town.prepare([offer!])).toEqual(["prepared"]);
    expect(await town.prepare([offer!])).toEqual(["already"]);

    town.at("2025-11-06T10:00");
    await confirmAccounts(town.deps, store.prisma);
    await town.draftApproveSend();
    for (const day of ["2025-11-06T10:01", "2025-11-06T18:30", "2025-11-10T18:30"]) {
      town.at(day);
      await town.bankDay();
    }
    expect(await balances("loop-returned")).toEqual([500n, 100n, 0n, 0n, 400n]);
    expect(await paymentsOf(offer!)).toEqual([
      { attempt: 1, status: "returned", reasonCode: "BE01" },
      { attempt: 2, status: "settled", reasonCode: null },
    ]);
    const bookings = [...town.simulated.bookings().values()];
    expect(bookings.reduce((paid, { debits, returns }) => paid + debits - returns, 0)).toBe(2);
    expect(await store.prisma.journalEvent.count({ where: { type: "account-corrected", actor: "firm-1" } })).toBe(1);
  });

  test("a payment to an account that does not exist is rejected; its money is kept, and the rest stays alive", async () => {
    await fund("loop-rejected", 500n, "41000000000013");
    const [offer, other] = await town.agreed("loop-rejected", 2, 200n);
    town.holders.delete(offer!.accountNo);
    await town.prepare([offer!, other!]);
    const batchId = await town.draftApproveSend();
    expect(await town.bankDay()).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await balances("loop-rejected")).toEqual([500n, 100n, 200n, 200n, 0n]);
    expect(await paymentsOf(offer!)).toMatchObject([{ status: "rejected", reasonCode: "AC01" }]);
    expect(await statusOf(offer!)).toBe("confirmed");
    expect(await journalOf(batchId)).not.toContain("batch-closed");
    town.at("2025-11-04T18:30");
    await town.bankDay();
    expect(await journalOf(batchId)).toContain("batch-closed");
    expect(await balances("loop-rejected")).toEqual([500n, 100n, 200n, 0n, 200n]);
  });
});

describe("maker and checker", () => {
  test("nothing to pay makes no batch", async () => {
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ batchId: undefined, payments: 0 });
  });

  test("nobody approves what they made, or what they did not see", async () => {
    await fund("loop-checker", 500n, "41000000000014");
    await town.prepare(await town.agreed("loop-checker", 1, 200n));
    const { batchId } = await draftBatch(town.deps, { maker: "maker" });
    const { sha256 } = await batch(batchId!);
    const approve = (checker: string, seen: string) =>
      approveBatch(town.deps, { batchId: batchId!, checker, sha256: seen });
    await expect(approve("maker", sha256)).rejects.toMatchObject({ code: "maker-is-checker" });
    await expect(approve("checker", "0".repeat(64))).rejects.toMatchObject({ code: "batch-changed" });
    await approve("checker", sha256);
    await approve("checker", sha256);
    expect(await journalOf(batchId!)).toEqual(["batch-drafted", "batch-approved"]);
    const late = cancelBatch(town.deps, { batchId: batchId!, actor: "maker", reason: "too late" });
    await expect(late).rejects.toMatchObject({ code: "batch-not-open" });
    await expect(approveBatch(town.deps, { batchId: "batch_none", checker: "checker", sha256 })).rejects.toMatchObject({
      code: "batch-not-found",
    });
  });

  test("a cancelled batch lets its payments go, and they are drafted again under another message id", async () => {
    await fund("loop-cancel", 500n, "41000000000015");
    const offers = await town.agreed("loop-cancel", 2, 200n);
    await town.prepare(offers);
    const { batchId: first } = await draftBatch(town.deps, { maker: "maker" });
    const cancel = () => cancelBatch(town.deps, { batchId: first!, actor: "maker", reason: "wrong day" });
    await cancel();
    await cancel();
    expect(await journalOf(first!)).toEqual(["batch-drafted", "batch-cancelled"]);
    expect(await paymentsOf(offers[0]!)).toMatchObject([{ status: "reserved" }]);
    const { batchId: second, payments } = await draftBatch(town.deps, { maker: "maker" });
    expect(payments).toBe(2);
    expect((await batch(second!)).messageId).not.toBe((await batch(first!)).messageId);
    await cancelBatch(town.deps, { batchId: second!, actor: "maker", reason: "end of test" });
    expect(await balances("loop-cancel")).toEqual([500n, 100n, 400n, 0n, 0n]);
    await expire(offers);
  });
});

/** Ends a test: what still waits to be paid is taken back. */
async function expire(offers: readonly Offer[]): Promise<void> {
  for (const offer of offers) {
    const later = new Date(town.deps.clock.now().getTime() + 1_000);
    await decideAgain(store, offer, later, { outcome: "ineligible", amount: { kind: "none" } });
  }
  await draftBatch(town.deps, { maker: "maker" });
}

describe("the last look before paying", () => {
  const later = (seconds: number) => new Date(town.deps.clock.now().getTime() + seconds * 1_000);

  test("who is not entitled any more is not paid, and the money is free for others", async () => {
    await fund("loop-withdrawn", 500n, "41000000000016");
    const [offer, other] = await town.agreed("loop-withdrawn", 2, 200n);
    await town.prepare([offer!, other!]);
    await decideAgain(store, offer!, later(1), { outcome: "ineligible", amount: { kind: "none" } });
    await decideAgain(store, other!, later(1), { outcome: "eligible", amount: { kind: "exact", fen: "201" } });
    expect(await draftBatch(town.deps, { maker: "maker" })).toEqual({
      ...{ batchId: undefined, payments: 0, waiting: 0, withdrawn: 2 },
    });
    expect(await balances("loop-withdrawn")).toEqual([500n, 500n, 0n, 0n, 0n]);
    expect(await Promise.all([offer!, other!].map(statusOf))).toEqual(["withdrawn", "withdrawn"]);
    expect(await paymentsOf(offer!)).toMatchObject([{ status: "voided" }]);
    expect(await journalOf(offer!.entitlementId)).toEqual(["entitlement-withdrawn"]);
    expect(await town.prepare([offer!])).toEqual(["not-due"]);
  });

  test("who is not entitled any more gets no payment prepared", async () => {
    await fund("loop-not-due", 500n, "41000000000017");
    const [offer] = await town.agreed("loop-not-due", 1, 200n);
    await decideAgain(store, offer!, later(1), { outcome: "ineligible", amount: { kind: "none" } });
    expect(await town.prepare([offer!])).toEqual(["withdrawn"]);
    expect(await paymentsOf(offer!)).toEqual([]);
    expect(await balances("loop-not-due")).toEqual([500n, 500n, 0n, 0n, 0n]);
  });

  test("a firm that was struck off yesterday is not paid today", async () => {
    await fund("loop-gone", 500n, "41000000000018");
    const [offer] = await town.agreed("loop-gone", 1, 200n);
    await town.prepare([offer!]);
    const asOf = new Date("2025-11-03T00:00:00Z");
    const delivery = { sourceId: "market-regulation", fileName: "x.csv", sha256: "x", asOf, obtainedAt: asOf };
    await store.prisma.delivery.create({ data: { id: "d1", ...delivery, rowsGood: 1, rowsBad: 0, importedBy: "x" } });
    const fact = { firmCode: offer!.firmCode, factId: "ent.status", value: "注销", sourceId: "market-regulation" };
    await store.prisma.fact.create({ data: { ...fact, deliveryId: "d1", asOf, obtainedAt: asOf } });
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ payments: 0, withdrawn: 1 });
    expect(await statusOf(offer!)).toBe("withdrawn");
  });

  test("unknown is neither yes nor no: the payment waits, and goes when the answer is yes", async () => {
    await fund("loop-waiting", 500n, "41000000000020");
    const [offer] = await town.agreed("loop-waiting", 1, 200n);
    await town.prepare([offer!]);
    const unknown = { outcome: "undetermined", amount: { kind: "unknown" }, missing: ["ui.arrears"] };
    await decideAgain(store, offer!, later(1), unknown);
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ payments: 0, waiting: 1, withdrawn: 0 });
    const { reason } = await store.prisma.payment.findFirstOrThrow({ where: { entitlementId: offer!.entitlementId } });
    expect(reason).toBe("undetermined: ui.arrears");
    expect(await balances("loop-waiting")).toEqual([500n, 300n, 200n, 0n, 0n]);
    await decideAgain(store, offer!, later(2), { outcome: "eligible", amount: { kind: "exact", fen: "200" } });
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ payments: 1, waiting: 0 });
  });

  test("a no that had counted the returned payment as paid takes nothing away; the next matching answers", async () => {
    await fund("loop-counted", 500n, "41000000000022");
    const [offer] = await town.agreed("loop-counted", 1, 200n);
    town.holders.set(offer!.accountNo, "改名后的企业有限公司");
    await town.prepare([offer!]);
    await town.draftApproveSend();
    await town.bankDay();
    town.at("2025-11-04T18:30");
    await town.bankDay();
    const night = new Date("2025-11-05T02:00:00+08:00");
    await decideAgain(store, offer!, night, { outcome: "ineligible", amount: { kind: "none" } }); // "was paid already"
    town.at("2025-11-05T18:30");
    expect(await town.bankDay()).toMatchObject({ returned: 1 });
    const account = accountOf(offer!, "改名后的企业有限公司");
    await correctAccount(town.deps, { firmCode: offer!.firmCode, actor: "firm-9", account });
    expect(await town.prepare([offer!])).toEqual(["prepared"]);
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ payments: 0, waiting: 1, withdrawn: 0 });
    const nextNight = new Date("2025-11-06T02:00:00+08:00");
    town.at("2025-11-06T10:00");
    await confirmAccounts(town.deps, store.prisma);
    await decideAgain(store, offer!, nextNight, { outcome: "eligible", amount: { kind: "exact", fen: "200" } });
    expect(await draftBatch(town.deps, { maker: "maker" })).toMatchObject({ payments: 1, waiting: 0 });
  });
});
