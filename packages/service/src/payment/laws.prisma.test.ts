import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreeToAll, makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { parseDay } from "../kernel/day.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { draftBatch } from "./draft-batch.ts";
import { preparePayment } from "./prepare-payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine, type MoneyDeps, moneyDeps } from "./testing.prisma.ts";
import { memoryBank } from "./testing-bank.ts";

const LINE = "law-line";
let store: Store;
let deps: MoneyDeps;
/** A firm with a payment in each of these states. */
let reserved: Offer;
let drafted: Offer;
let submitted: Offer;
let settled: Offer;
let unpaid: Offer;

beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
  await fundTestLine(deps, LINE, 1_000n, "41000000000001");
  const offers = await makeOffers(store, { series: 970, count: 5, amountFen: 100n, line: LINE, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  [settled, submitted, drafted, reserved, unpaid] = offers as [Offer, Offer, Offer, Offer, Offer];
  const bank = memoryBank(() => "fine");
  await send(settled);
  bank.closeDay(parseDay("2025-11-04")!);
  await collectBankReports({ ...deps, bank });
  await send(submitted);
  await preparePayment(deps, drafted);
  await draftBatch(deps, { maker: "maker" });
  await preparePayment(deps, reserved);

  async function send(offer: Offer): Promise<void> {
    await preparePayment(deps, offer);
    const { batchId } = await draftBatch(deps, { maker: "maker" });
    const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
    await approveBatch(deps, { batchId: batchId!, checker: "checker", sha256 });
    await sendApprovedBatches({ ...deps, bank });
  }
});
afterAll(() => store.close());

const where = (offer: Offer) => `WHERE entitlement_id = '${offer.entitlementId}'`;
const batchOf = (offer: Offer) => `(SELECT batch_id FROM payment ${where(offer)})`;
const clone = (offer: Offer, change: string) => `INSERT INTO payment
  SELECT (jsonb_populate_record(payment, '${change}')).* FROM payment ${where(offer)}`;

/** Payments, batches and statements as a whole, to see that nothing changed. */
const everything = async () => ({
  payments: await store.prisma.payment.findMany({ orderBy: { id: "asc" } }),
  batches: await store.prisma.paymentBatch.findMany({ orderBy: { id: "asc" } }),
  entitlements: await store.prisma.entitlement.findMany({ orderBy: { id: "asc" } }),
  balances: await balancesOf(deps, LINE),
});

describe("raw SQL cannot", () => {
  test.each<[string, () => string, RegExp]>([
    [
      "pay one entitlement twice",
      () => clone(submitted, '{"id":"p2","attempt":2,"end_to_end_id":"X"}'),
      /illegal|duplicate|unique/,
    ],
    [
      "prepare a second live payment",
      () => clone(reserved, '{"id":"p2","attempt":2,"end_to_end_id":"X"}'),
      /payment_one_live|[Uu]nique/,
    ],
    [
      "prepare a payment for what is not confirmed",
      () =>
        clone(
          settled,
          '{"id":"p2","attempt":2,"end_to_end_id":"X","status":"reserved","batch_id":null,"settled_on":null}',
        ),
      /does not match its entitlement/,
    ],
    [
      "call a payment settled without a booked debit",
      () => `UPDATE payment SET status = 'settled' ${where(submitted)}`,
      /booked debit/,
    ],
    [
      "call a payment returned without a booked return",
      () => `UPDATE payment SET status = 'returned', reason_code = 'X' ${where(settled)}`,
      /booked return/,
    ],
    [
      "submit a payment whose batch nobody approved",
      () => `UPDATE payment SET status = 'submitted' ${where(drafted)}`,
      /approved batch/,
    ],
    [
      "slip a payment into a batch that was sent",
      () => `UPDATE payment SET status = 'batched', batch_id = ${batchOf(submitted)} ${where(reserved)}`,
      /drafted batch/,
    ],
    ["change the amount of a payment", () => `UPDATE payment SET amount_fen = 1 ${where(reserved)}`, /fixed/],
    [
      "change the account of a payment",
      () => `UPDATE payment SET account_no = '99999999' ${where(submitted)}`,
      /fixed/,
    ],
    [
      "take a payment back to the start",
      () => `UPDATE payment SET status = 'reserved', batch_id = NULL ${where(submitted)}`,
      /illegal transition/,
    ],
    ["delete a payment", () => `DELETE FROM payment ${where(reserved)}`, /append-only/],
    [
      "approve a batch by its maker",
      () =>
        `UPDATE payment_batch SET status = 'approved', checker = maker, approved_at = now() WHERE id = ${batchOf(drafted)}`,
      /check/,
    ],
    [
      "approve a batch by nobody",
      () => `UPDATE payment_batch SET status = 'approved' WHERE id = ${batchOf(drafted)}`,
      /check/,
    ],
    [
      "send a batch that nobody approved",
      () => `UPDATE payment_batch SET status = 'sending' WHERE id = ${batchOf(drafted)}`,
      /illegal transition/,
    ],
    ["change the file of a batch", () => `UPDATE payment_batch SET file = 'x' WHERE id = ${batchOf(drafted)}`, /fixed/],
    ["replace the checker", () => `UPDATE payment_batch SET checker = 'x' WHERE id = ${batchOf(submitted)}`, /fixed/],
    [
      "call an entitlement paid",
      () => `UPDATE entitlement SET status = 'paid', paid_at = now() WHERE id = '${submitted.entitlementId}'`,
      /no payment of it is settled/,
    ],
    [
      "call a paid entitlement unpaid",
      () => `UPDATE entitlement SET status = 'confirmed', paid_at = NULL WHERE id = '${settled.entitlementId}'`,
      /was not returned/,
    ],
    [
      "withdraw what is on its way",
      () =>
        `UPDATE entitlement SET status = 'withdrawn', closed_at = now(), closed_reason = 'x' WHERE id = '${submitted.entitlementId}'`,
      /under way/,
    ],
    ["edit a statement line", () => "UPDATE statement_line SET amount_fen = 1", /append-only/],
    [
      "change the account of a payment by its index",
      () => `UPDATE payment SET account_index = repeat('9', 32) ${where(submitted)}`,
      /fixed/,
    ],
    [
      "let an account number lie plain",
      () => "UPDATE bank_account SET account_no = '6222000000000001'",
      /bank_account_sealed/,
    ],
    ["edit a bank file", () => "UPDATE bank_file SET content = content || 'AAAA'", /append-only/],
    ["delete a bank file", () => "DELETE FROM bank_file", /append-only/],
  ])("%s", async (_, sql, reason) => {
    const before = await everything();
    await expect(store.prisma.$executeRawUnsafe(sql())).rejects.toThrow(reason);
    expect(await everything()).toEqual(before);
  });

  test("send money to an account of another firm", async () => {
    const stranger = reserved.accountNo;
    const foreign = `INSERT INTO payment SELECT (jsonb_populate_record(payment, jsonb_build_object('id', 'p9',
      'entitlement_id', '${unpaid.entitlementId}', 'end_to_end_id', 'X'))).* FROM payment ${where(reserved)}`;
    await expect(store.prisma.$executeRawUnsafe(foreign)).rejects.toThrow(/does not go to an account of firm/);
    const renamed = foreign.replace("'X'", `'X', 'bank_account_id', '${unpaid.bankAccountId}'`);
    await expect(store.prisma.$executeRawUnsafe(renamed)).rejects.toThrow(/does not go to an account of firm/);
    expect(stranger).not.toBe(unpaid.accountNo);
  });

  test("count a debit twice", async () => {
    const again = `INSERT INTO statement_line SELECT (jsonb_populate_record(line, '{"id":"l2","reference":"R2"}')).*
      FROM statement_line AS line WHERE result = 'settled' LIMIT 1`;
    await expect(store.prisma.$executeRawUnsafe(again)).rejects.toThrow(/statement_line_once|[Uu]nique/);
  });
});
