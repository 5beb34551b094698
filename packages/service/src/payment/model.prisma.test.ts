import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { delegationStore } from "../access/delegation.prisma.ts";
import { booksOn } from "../audit/books.prisma.ts";
import { admitWaitlisted } from "../budget/admit-waitlisted.ts";
import { fundLine } from "../budget/fund-line.ts";
import { makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import { SettableClock } from "../kernel/clock.ts";
import { addDays, dayOf } from "../kernel/day.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { cancelBatch } from "./cancel-batch.ts";
import { carryOver } from "./carry-over.ts";
import { correctAccount } from "./correct-account.ts";
import { draftBatch } from "./draft-batch.ts";
import { preparePayment } from "./prepare-payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { confirmAccounts, moneyStores } from "./testing.prisma.ts";
import { type MemoryBank, memoryBank, type Nature } from "./testing-bank.ts";
import { cutAfter, cutBank, cutTransaction, PowerCut } from "./testing-crash.ts";

const FIRMS = 6;
const AMOUNT = 100n;
const LINE = "model-line";
/** Where the year's end carries what is unpaid. */
const NEXT = "model-line-next";
const natures: readonly Nature[] = ["fine", "other-name", "fine", "unknown", "fine", "other-name"];

let store: Store;
let offers: Offer[];
beforeAll(async () => {
  store = await openTestStore();
  const at = new Date("2025-11-03T10:00:00+08:00");
  offers = await makeOffers(store, { series: 900, count: FIRMS, amountFen: AMOUNT, line: LINE, at });
});
afterAll(() => store.close());

const stores = (tx: Tx) => ({
  ...moneyStores(tx),
  consents: consentStore(tx),
  delegations: delegationStore(tx),
  payees: payeeAccounts(tx),
});
type Stores = ReturnType<typeof stores>;

/** One life of the system inside one transaction that is taken back at its end. */
type World = Readonly<{
  tx: Tx;
  clock: SettableClock;
  bank: MemoryBank;
  transaction: <Result>(work: (all: Stores) => Promise<Result>) => Promise<Result>;
}>;

async function inNewWorld(live: (world: World) => Promise<void>): Promise<void> {
  const over = new Error("take it back");
  const corrected = (account: string) => account.startsWith("9");
  const natureOf = (account: string): Nature =>
    corrected(account) ? "fine" : (natures[offers.findIndex(({ accountNo }) => accountNo === account)] ?? "unknown");
  await store.prisma
    .$transaction(
      async (tx) => {
        let depth = 0;
        const transaction: World["transaction"] = async (work) => {
          const name = `s${depth++}`;
          await tx.$executeRawUnsafe(`SAVEPOINT ${name}`);
          try {
            const result = await work(stores(tx));
            await tx.$executeRawUnsafe(`RELEASE SAVEPOINT ${name}`);
            return result;
          } catch (cause) {
            await tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${name}`);
            throw cause;
          }
        };
        const bank = memoryBank(({ creditorAccount }) => natureOf(creditorAccount));
        await live({ tx, bank, transaction, clock: new SettableClock(new Date("2025-11-04T10:00:00+08:00")) });
        throw over;
      },
      { timeout: 120_000 },
    )
    .catch((cause: unknown) => {
      if (cause !== over) throw cause;
    });
}

type Action =
  | Readonly<{ kind: "fund"; shares: number; line?: string }>
  | Readonly<{ kind: "carry"; available: "carried" | "returned-to-treasury" }>
  | Readonly<{ kind: "confirm" | "correct"; firm: number }>
  | Readonly<{ kind: "admit" | "prepare" | "draft" | "approve" | "cancel" | "close-day" }>
  | Readonly<{ kind: "send" | "collect"; cutAfter: number | undefined }>;

const firm = fc.nat(FIRMS - 1);
const cut = fc.option(fc.nat(40), { nil: undefined });
const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("fund" as const), shares: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("confirm" as const), firm }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("correct" as const), firm }) },
    {
      weight: 7,
      arbitrary: fc.record({
        kind: fc.constantFrom("admit" as const, "prepare", "draft", "approve", "cancel", "close-day"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("carry" as const),
        available: fc.constantFrom("carried" as const, "returned-to-treasury"),
      }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("send" as const, "collect"), cutAfter: cut }) },
  ),
  { minLength: 5, maxLength: 30 },
);

/** What people and the timetable do; what is refused by a rule is refused, and life goes on. */
async function act(world: World, action: Action): Promise<void> {
  const { transaction, clock, bank, tx } = world;
  const deps = { transaction, clock };
  clock.moveTo(new Date(clock.now().getTime() + 1_000));
  switch (action.kind) {
    case "fund": {
      const { line: id = LINE } = action;
      return fundLine(deps, {
        ...{ line: { id, title: id, year: 2025 }, amountFen: AMOUNT * BigInt(action.shares), actor: "finance" },
        ...{ payer: { name: "试验财政局", accountNo: "41000000000001", bankCode: "011491000016" } },
        document: clock.now().toISOString(),
      });
    }
    case "carry": {
      const to = { id: NEXT, title: NEXT, year: 2026 };
      const document = clock.now().toISOString();
      await carryOver(deps, { from: LINE, to, available: action.available, document, actor: "finance" });
      return;
    }
    case "confirm": {
      const { firmCode, entitlementId } = offers[action.firm]!;
      const chosen = [{ entitlementId, amountFenSeen: String(AMOUNT) }];
      await confirmBenefits(deps, { firmCode, actor: "firm", requestKey: clock.now().toISOString(), chosen });
      return;
    }
    case "admit":
      await admitWaitlisted(deps);
      return;
    case "prepare":
      for (const { entitlementId } of offers) await preparePayment(deps, { entitlementId });
      return;
    case "draft":
      await confirmAccounts(deps, tx);
      await draftBatch(deps, { maker: "maker" });
      return;
    case "approve":
    case "cancel": {
      const batch = await tx.paymentBatch.findFirst({ where: { status: "drafted" } });
      if (!batch) return;
      const { id: batchId, sha256 } = batch;
      if (action.kind === "cancel") return cancelBatch(deps, { batchId, actor: "maker", reason: "x" });
      await approveBatch(deps, { batchId, checker: "checker", sha256 });
      return;
    }
    case "correct": {
      const { firmCode, holderName, accountNo } = offers[action.firm]!;
      const account = {
        holderName,
        accountNo: `9${accountNo.slice(1)}`,
        bankName: "试验银行",
        bankCode: "102491000019",
      };
      await correctAccount(deps, { firmCode, actor: "firm", account });
      return;
    }
    case "close-day":
      clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
      return bank.closeDay(addDays(dayOf(clock.now()), -1));
    case "send":
    case "collect": {
      const { step, survived } = cutAfter(action.cutAfter ?? Number.POSITIVE_INFINITY);
      const cutDeps = { clock, transaction: cutTransaction<Stores>(transaction, step) };
      const cutOff = { ...bank, ...cutBank(bank, step) };
      const onDoubt = (_: string, cause: unknown) => {
        if (cause instanceof PowerCut) throw cause;
      };
      await survived(() =>
        action.kind === "send"
          ? sendApprovedBatches({ ...cutDeps, bank: cutOff, onDoubt })
          : collectBankReports({ ...cutDeps, bank: cutOff }),
      );
    }
  }
}

const expected = new Set(["budget-line-unknown", "account-invalid", "entitlement-not-open"]);

async function tryTo(world: World, action: Action): Promise<void> {
  try {
    await act(world, action);
  } catch (cause) {
    if (!expected.has((cause as { code?: string }).code ?? "")) throw cause;
  }
}

/** What must hold at every moment, whatever happened. */
async function checkBooks({ tx, bank }: World): Promise<void> {
  const line = await tx.budgetLine.findUnique({ where: { id: LINE } });
  const all = await tx.entitlement.findMany({ where: { id: { in: offers.map((offer) => offer.entitlementId) } } });
  const entitlements = all.filter(({ budgetLine }) => budgetLine === LINE);
  const attempts = await tx.payment.findMany();
  const payments = attempts.filter(({ budgetLine }) => budgetLine === LINE);
  const postings = await tx.posting.findMany({ where: { budgetLine: LINE } });
  const sum = (amounts: readonly { amountFen: bigint }[]) =>
    amounts.reduce((total, { amountFen }) => total + amountFen, 0n);
  expect(sum(postings)).toBe(0n);
  for (const { id, status } of all) {
    const own = attempts.filter(({ entitlementId }) => entitlementId === id);
    const paid = own.reduce((times, { endToEndId }) => times + (bank.paid().get(endToEndId) ?? 0), 0);
    expect(paid, "nobody is paid twice").toBeLessThanOrEqual(1);
    expect(own.some((payment) => payment.status === "settled")).toBe(status === "paid");
  }
  if (!line) return;
  const bucket = (name: string) => sum(postings.filter((posting) => posting.bucket === name));
  const { availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen } = line;
  expect([availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen]).toEqual(
    ["available", "reserved", "committed", "in-transit", "paid", "returned"].map(bucket),
  );
  const inState = (...states: string[]) => sum(payments.filter(({ status }) => states.includes(status)));
  expect(line.inTransitFen).toBe(inState("submitted", "accepted"));
  expect(line.paidFen).toBe(inState("settled"));
  const agreed = entitlements.filter(({ status }) => status === "confirmed" || status === "paid");
  expect(reservedFen + committedFen + inTransitFen + paidFen + returnedFen).toBe(sum(agreed));
  const approved = await tx.paymentBatch.findMany({ where: { status: "approved" }, select: { id: true } });
  expect(committedFen).toBe(sum(payments.filter(({ batchId }) => approved.some(({ id }) => id === batchId))));
  expect(await booksOn(tx).differences()).toEqual([]);
}

/** Lets everything come to its end: enough money, accounts corrected, no more cuts. */
async function drain(world: World): Promise<void> {
  const all = offers.map((_, nth) => nth);
  await tryTo(world, { kind: "fund", shares: FIRMS });
  await tryTo(world, { kind: "fund", shares: FIRMS, line: NEXT });
  for (const nth of all) await tryTo(world, { kind: "confirm", firm: nth });
  await tryTo(world, { kind: "admit" });
  for (let round = 0; round < 3; round += 1) {
    for (const kind of ["prepare", "draft", "approve"] as const) await tryTo(world, { kind });
    await tryTo(world, { kind: "approve" });
    const batches = await world.tx.paymentBatch.count({ where: { status: "drafted" } });
    for (let left = batches; left > 0; left -= 1) await tryTo(world, { kind: "approve" });
    await tryTo(world, { kind: "send", cutAfter: undefined });
    for (const kind of ["close-day", "close-day"] as const) await tryTo(world, { kind });
    await tryTo(world, { kind: "collect", cutAfter: undefined });
    for (const nth of all) if (natures[nth] !== "fine") await tryTo(world, { kind: "correct", firm: nth });
  }
}

const numRuns = Number(process.env.MODEL_RUNS ?? 10);

test("whatever happens in whatever order: never paid twice, never more than the fund, books closed, all paid in the end", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(actions, (script) =>
      inNewWorld(async (world) => {
        for (const action of script) {
          await tryTo(world, action);
          await checkBooks(world);
        }
        await drain(world);
        await checkBooks(world);
        const statuses = await world.tx.entitlement.findMany({ select: { status: true } });
        expect(statuses.map(({ status }) => status)).toEqual(Array(FIRMS).fill("paid"));
        const paid = [...world.bank.paid().values()].reduce((total, times) => total + times, 0);
        expect(paid).toBe(FIRMS);
        const open = await world.tx.paymentBatch.findMany({ where: { status: { notIn: ["closed", "cancelled"] } } });
        expect(open).toEqual([]);
        expect(await world.tx.statementLine.count({ where: { result: "suspense" } })).toBe(0);
      }),
    ),
    { numRuns, endOnFailure: false },
  );
});
