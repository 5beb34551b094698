import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Offer } from "../budget/testing.prisma.ts";
import { registry } from "../facts/registry.prisma.ts";
import { fen } from "../kernel/money.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { confirmBand, proposeBand } from "./change-band.ts";
import { checkAccount } from "./check-account.ts";
import { correctAccount } from "./correct-account.ts";
import { draftBatch } from "./draft-batch.ts";
import { fundTestLine } from "./testing.prisma.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

let store: Store;
let town: Town;
let nth = 0;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  town = await openTown(store);
});
afterEach(() => town.close());

const NOTE = "回拨登记电话，财务负责人确认";
const draft = () => draftBatch(town.deps, { maker: "maker" });
const statusOf = async ({ entitlementId }: Offer) =>
  store.prisma.payment.findFirstOrThrow({ where: { entitlementId }, orderBy: { attempt: "desc" } });
const accountOf = async ({ entitlementId }: Offer) => (await statusOf({ entitlementId } as Offer)).bankAccountId;
const journalOf = async (subject: string) =>
  (await store.prisma.journalEvent.findMany({ where: { subject }, orderBy: { seq: "asc" } })).map(({ type }) => type);

/** A firm that agreed on Tuesday 4 November at 10:00, with its payment prepared. */
async function owed(): Promise<Offer> {
  nth += 1;
  const line = `check-${nth}`;
  await fundTestLine(town.deps, line, 500n, `4100000003${String(nth).padStart(4, "0")}`);
  const [offer] = await town.agreed(line, 1, 200n);
  await town.prepare([offer!]);
  return offer!;
}

const another = () => ({
  ...{ accountNo: `62220000777700${String(nth).padStart(2, "0")}`, bankName: "试验银行郑州分行" },
  bankCode: "102491000019",
});

async function named(holderName?: string): Promise<Offer> {
  const offer = await owed();
  const account = { ...another(), holderName: holderName ?? offer.holderName };
  await correctAccount(town.deps, { firmCode: offer.firmCode, actor: "clerk", account });
  await town.prepare([offer]);
  return offer;
}

async function delivered(): Promise<Offer> {
  const offer = await owed();
  const { firmCode, holderName } = offer;
  const account = { line: 1, ...another(), firmCode, holderName };
  const at = town.deps.clock.now();
  await store.prisma.$transaction((tx) => registry(tx, store.sealing).takeAccounts([account], "bank-accounts", at));
  const { id } = await store.prisma.bankAccount.findFirstOrThrow({ where: { firmCode, status: "active" } });
  await store.prisma.entitlement.update({ where: { id: offer.entitlementId }, data: { bankAccountId: id } });
  await store.prisma.payment.updateMany({
    where: { entitlementId: offer.entitlementId },
    data: { status: "voided", reason: "test" },
  });
  await town.prepare([offer]);
  return offer;
}

describe("an account", () => {
  test("that a department delivered first is not new: it is paid to at once", async () => {
    const offer = await owed();
    expect(await draft()).toMatchObject({ payments: 1, waiting: 0 });
    expect(await statusOf(offer)).toMatchObject({ status: "batched" });
  });

  test.each([
    ["the firm named", named],
    ["a delivery changed", delivered],
  ])("that %s rests two whole working days, and is then paid to", async (_, make) => {
    const offer = await make();
    expect(await draft()).toMatchObject({ batchId: undefined, waiting: 1 });
    town.at("2025-11-06T10:00");
    expect(await draft()).toMatchObject({ waiting: 1 });
    const payment = await statusOf(offer);
    expect(payment).toMatchObject({ status: "reserved", reason: "account: account-new" });
    expect(await journalOf(payment.id)).toEqual(["payment-prepared", "payment-held"]);
    town.at("2025-11-07T10:00");
    expect(await draft()).toMatchObject({ payments: 1, waiting: 0 });
  });

  test("that a second person has checked is paid to at once; the journal says who, the row what was answered", async () => {
    const offer = await named();
    const bankAccountId = await accountOf(offer);
    const order = { bankAccountId, note: NOTE };
    await expect(checkAccount(town.deps, { ...order, checkedBy: "clerk" })).rejects.toMatchObject({
      code: "maker-is-checker",
    });
    expect(await draft()).toMatchObject({ waiting: 1 });
    await checkAccount(town.deps, { ...order, checkedBy: "checker" });
    expect(await draft()).toMatchObject({ payments: 1, waiting: 0 });
    expect(await journalOf(bankAccountId)).toEqual(["account-named", "account-corrected", "account-checked"]);
    expect(await store.prisma.accountCheck.findMany({ where: { bankAccountId } })).toMatchObject([
      { recordedBy: "clerk", checkedBy: "checker", note: NOTE },
    ]);
  });

  test("in another name than the firm's waits however long it is known, until it is checked", async () => {
    const offer = await named("另一家试验有限公司");
    town.at("2025-12-04T10:00");
    expect(await draft()).toMatchObject({ batchId: undefined, waiting: 1 });
    expect(await statusOf(offer)).toMatchObject({ reason: "account: name-differs" });
    await checkAccount(town.deps, { bankAccountId: await accountOf(offer), checkedBy: "checker", note: NOTE });
    expect(await draft()).toMatchObject({ payments: 1 });
  });

  test("in a name that the firm had is the firm's; brackets and blanks do not matter", async () => {
    const offer = await named("旧名试验（郑州） 有限公司");
    const { firmCode } = offer;
    const at = town.deps.clock.now();
    const delivery = { sourceId: "register", fileName: "x.csv", sha256: "x", asOf: at, obtainedAt: at };
    await store.prisma.delivery.create({ data: { id: "d1", ...delivery, rowsGood: 1, rowsBad: 0, importedBy: "x" } });
    const value = [{ name: "旧名试验(郑州)有限公司", until: "2024-01-01" }];
    const fact = { firmCode, factId: "ent.formerNames", value, sourceId: "register" };
    await store.prisma.fact.create({ data: { ...fact, deliveryId: "d1", asOf: at, obtainedAt: at } });
    town.at("2025-11-07T10:00");
    expect(await draft()).toMatchObject({ payments: 1, waiting: 0 });
  });

  test("that was left and is named again rests again: its earlier check says nothing about today", async () => {
    const offer = await named();
    const first = await accountOf(offer);
    await checkAccount(town.deps, { bankAccountId: first, checkedBy: "checker", note: NOTE });
    const { firmCode, holderName } = offer;
    const again = (accountNo: string) =>
      correctAccount(town.deps, { firmCode, actor: "intruder", account: { ...another(), holderName, accountNo } });
    town.at("2025-11-04T11:00");
    await again("6222000077779999");
    town.at("2025-11-04T12:00");
    await again(another().accountNo);
    await town.prepare([offer]);
    expect(await accountOf(offer)).toBe(first);
    expect(await draft()).toMatchObject({ waiting: 1 });
    const own = { bankAccountId: first, checkedBy: "intruder", note: NOTE };
    await expect(checkAccount(town.deps, own)).rejects.toMatchObject({ code: "maker-is-checker" });
  });
});

describe("raw SQL cannot", () => {
  const refused = async (sql: string, reason: RegExp) =>
    expect(store.prisma.$executeRawUnsafe(sql)).rejects.toThrow(reason);

  test("put a payment to a resting or wrongly named account into a batch", async () => {
    const known = await owed();
    const [resting, misnamed] = [await named(), await named("另一家试验有限公司")];
    const { batchId } = await draft();
    expect(await statusOf(known)).toMatchObject({ status: "batched", batchId });
    for (const [offer, why] of [
      [resting, /account-new/],
      [misnamed, /name-differs/],
    ] as const) {
      const sql = `UPDATE payment SET status = 'batched', batch_id = '${batchId}' WHERE entitlement_id = '${offer.entitlementId}' AND status = 'reserved'`;
      await refused(sql, why);
    }
  });

  test("record a new account without rest, shorten a rest, or wake an old account", async () => {
    const offer = await named();
    const id = await accountOf(offer);
    const of = `WHERE id = '${id}'`;
    const copy = `INSERT INTO bank_account SELECT (jsonb_populate_record(account, '{"id":"new-${nth}","status":"superseded","rests_until":null}')).* FROM bank_account AS account ${of}`;
    await refused(copy, /no time of rest/);
    await refused(`UPDATE bank_account SET rests_until = NULL ${of}`, /not shortened/);
    await refused(`UPDATE bank_account SET rests_until = rests_until - interval '1 day' ${of}`, /not shortened/);
    await refused(`UPDATE bank_account SET recorded_by = 'somebody' ${of}`, /not shortened/);
    await store.prisma.$executeRawUnsafe(`UPDATE bank_account SET status = 'superseded' ${of}`);
    await refused(`UPDATE bank_account SET status = 'active' WHERE id = '${offer.bankAccountId}'`, /no time of rest/);
  });

  test("check an account by who recorded it, in another's place, of another number, or afterwards otherwise", async () => {
    const bankAccountId = await accountOf(await named());
    const row = (change: string) => `INSERT INTO account_check
      SELECT 'check-${nth}', id, ${change}, '${NOTE}', now() FROM bank_account WHERE id = '${bankAccountId}'`;
    const digest = "account_digest(holder_name, account_index, bank_code)";
    await refused(row(`${digest}, 'clerk', 'clerk'`), /two_people|check/);
    await refused(row(`${digest}, 'somebody', 'clerk'`), /as it was recorded/);
    await refused(row(`${digest.replace("bank_code", "'102'")}, 'clerk', 'checker'`), /as it was recorded/);
    await checkAccount(town.deps, { bankAccountId, checkedBy: "checker", note: NOTE });
    await refused("UPDATE account_check SET note = 'other words'", /append-only/);
    await refused("DELETE FROM account_check", /append-only/);
  });
});

describe("a batch above the band", () => {
  const changeTo = async (amountFen: bigint) => {
    const proposed = { aboveFen: fen(amountFen), document: "试验", proposedBy: "maker" };
    await confirmBand(town.deps, { id: await proposeBand(town.deps, proposed), confirmedBy: "checker" });
  };

  test("takes two checkers who saw the same bytes, and SQL takes nothing less", async () => {
    await owed();
    await changeTo(150n);
    const { batchId } = await draft();
    await changeTo(1_000_000_000n);
    const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
    const raw = async (set: string, reason: RegExp) =>
      expect(
        store.prisma.$executeRawUnsafe(`UPDATE payment_batch SET ${set} WHERE id = '${batchId}'`),
        set,
      ).rejects.toThrow(reason);
    const approved = "status = 'approved', approved_at = now(), checker =";
    const first = (who: string, seen = sha256) =>
      `first_checker = '${who}', first_checked_at = now(), first_sha256 = '${seen}'`;
    await raw(`${approved} 'checker'`, /enough_checkers/);
    await raw(`${approved} 'checker', ${first("checker")}`, /two_checkers/);
    await raw(first("maker"), /first_checker/);
    await raw(first("checker", "0".repeat(64)), /same_bytes/);
    await raw("checkers_needed = 1", /fixed/);
    const approve = (checker: string) => approveBatch(town.deps, { batchId: batchId!, checker, sha256 });
    expect([await approve("checker"), await approve("checker")]).toEqual(["checked", "checked"]);
    await raw(first("somebody"), /fixed/);
    expect(await approve("second-checker")).toBe("approved");
    expect(await journalOf(batchId!)).toEqual(["batch-drafted", "batch-checked", "batch-approved"]);
  });
});
