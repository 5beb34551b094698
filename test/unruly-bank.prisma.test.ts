import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { delegationStore } from "../packages/service/src/access/delegation.prisma.ts";
import { booksOn } from "../packages/service/src/audit/books.prisma.ts";
import { makeOffers, type Offer } from "../packages/service/src/budget/testing.prisma.ts";
import { confirmBenefits } from "../packages/service/src/confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../packages/service/src/confirmation/consent.prisma.ts";
import { type LineFault, lineFaults } from "../packages/service/src/demo/simulated-bank-door.http.ts";
import { SettableClock } from "../packages/service/src/kernel/clock.ts";
import { DomainError } from "../packages/service/src/kernel/errors.ts";
import { approveBatch } from "../packages/service/src/payment/approve-batch.ts";
import type { Bank } from "../packages/service/src/payment/bank-port.ts";
import { correctAccount } from "../packages/service/src/payment/correct-account.ts";
import { draftBatch } from "../packages/service/src/payment/draft-batch.ts";
import { fileExchangeBank } from "../packages/service/src/payment/file-exchange.bank.ts";
import { httpExchangeBank } from "../packages/service/src/payment/http-exchange.bank.ts";
import { preparePayment } from "../packages/service/src/payment/prepare-payment.ts";
import { collectBankReports } from "../packages/service/src/payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../packages/service/src/payment/send-batch.ts";
import { balancesOf, fundTestLine, moneyStores } from "../packages/service/src/payment/testing.prisma.ts";
import type { Store, Tx } from "../packages/service/src/platform/store.prisma.ts";
import { openTestStore } from "../packages/service/src/platform/testing.prisma.ts";
import { type Fault, faults, INVENTED } from "./unruly-bank/faults.ts";
import { PATIENCE_MS, TOKEN } from "./unruly-bank/http-door.ts";
import { startUnrulyBank, type UnrulyBank } from "./unruly-bank/start-bank.ts";

const FIRMS = 12;
const AMOUNT = 100n;
const HOUR = 3_600_000;
/** Half days of one life, and from when on the post is calm. */
const [ROUNDS, CALM] = [34, 18];
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const stores = (tx: Tx) => ({
  ...moneyStores(tx),
  consents: consentStore(tx),
  payees: payeeAccounts(tx),
  delegations: delegationStore(tx),
});

async function openScene({ seed, isOverHttp }: Readonly<{ seed: number; isOverHttp: boolean }>) {
  const directory = await mkdtemp(path.join(tmpdir(), "unruly-"));
  const exchange = path.join(directory, "exchange");
  const clock = new SettableClock(new Date("2025-11-04T10:00:00+08:00"));
  const transaction = <Result>(work: (all: ReturnType<typeof stores>) => Promise<Result>) =>
    store.prisma.$transaction((tx) => work(stores(tx)));
  const deps = { clock, transaction };
  const line = `unruly-${seed}`;
  await fundTestLine(deps, line, AMOUNT * BigInt(FIRMS), `4100000007${String(seed).padStart(4, "0")}`);
  const offers = await makeOffers(store, {
    series: 700 + seed,
    count: FIRMS,
    amountFen: AMOUNT,
    line,
    at: clock.now(),
  });
  // Every fourth account belongs to somebody else, and every sixth is not there.
  const holders = new Map(
    offers.flatMap(({ accountNo, holderName }, nth) =>
      nth % 6 === 5 ? [] : [[accountNo, nth % 4 === 3 ? "另一家企业有限公司" : holderName]],
    ),
  );
  const unruly = await startUnrulyBank({ exchange, directory: path.join(directory, "bank"), seed, isOverHttp });
  const bank =
    unruly.url === undefined
      ? losingReplies(await fileExchangeBank(exchange))
      : httpExchangeBank({ url: unruly.url, token: TOKEN, patienceMs: PATIENCE_MS });
  return { seed, directory, deps, line, offers, holders, bank, unruly };
}
type Scene = Awaited<ReturnType<typeof openScene>>;

/** The order arrives, and its receipt does not, every other time. */
function losingReplies(bank: Bank): Bank {
  let submitted = 0;
  return {
    ...bank,
    async submit(messageId, file) {
      const answer = await bank.submit(messageId, file);
      submitted += 1;
      if (submitted % 2 === 1) throw new Error("connection reset");
      return answer;
    },
  };
}

const paymentsOf = (offers: readonly Offer[]) =>
  store.prisma.payment.findMany({
    where: { entitlementId: { in: offers.map(({ entitlementId }) => entitlementId) } },
    orderBy: { attempt: "asc" },
  });

async function confirmSome({ deps, offers }: Scene, day: number): Promise<void> {
  for (const { firmCode, entitlementId } of offers.slice(day * 3, day * 3 + 3)) {
    const chosen = [{ entitlementId, amountFenSeen: String(AMOUNT) }];
    await confirmBenefits(deps, { firmCode, actor: "firm", requestKey: entitlementId, chosen });
  }
}

/** Every firm whose money did not arrive names another account. */
async function correctAccounts({ deps, offers, holders }: Scene): Promise<void> {
  const payments = await paymentsOf(offers);
  for (const { firmCode, entitlementId, accountNo, holderName } of offers) {
    const last = payments.filter((payment) => payment.entitlementId === entitlementId).at(-1);
    if (last?.status !== "returned" && last?.status !== "rejected") continue;
    const account = { holderName, accountNo: `9${accountNo.slice(1)}`, bankName: "试验银行", bankCode: "102491000019" };
    await correctAccount(deps, { firmCode, actor: "firm", account });
    holders.set(account.accountNo, holderName);
  }
}

async function pay({ deps, offers, bank }: Scene): Promise<void> {
  const agreed = { id: { in: offers.map(({ entitlementId }) => entitlementId) }, status: "confirmed" };
  for (const { id } of await store.prisma.entitlement.findMany({ where: agreed, orderBy: { id: "asc" } })) {
    await preparePayment(deps, { entitlementId: id });
  }
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  if (batchId !== undefined) {
    const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
    await approveBatch(deps, { batchId, checker: "checker", sha256 });
  }
  await sendApprovedBatches({ ...deps, bank });
  await sendApprovedBatches({ ...deps, bank }); // the next run, before the bank has looked
}

/** Per firm, debits less returns of all its attempts, as the bank's own books have them. */
async function netOf(offers: readonly Offer[], bookings: Awaited<ReturnType<UnrulyBank["work"]>>["bookings"]) {
  const byId = new Map(bookings);
  const payments = await paymentsOf(offers);
  return offers.map(({ entitlementId }) =>
    payments
      .filter((payment) => payment.entitlementId === entitlementId)
      .map(({ endToEndId }) => byId.get(endToEndId) ?? { debits: 0, returns: 0 })
      .reduce((net, { debits, returns }) => net + debits - returns, 0),
  );
}

/** @returns how many files were refused; a bank that cannot be asked now is asked in the next round */
async function collect({ deps, bank }: Scene): Promise<number> {
  const collected = collectBankReports({ ...deps, bank, onUnheard: () => undefined });
  return collected.then(
    ({ refused }) => refused,
    (cause: unknown) => {
      if (bank.name.startsWith("http-exchange") && !(cause instanceof DomainError)) return 0;
      throw cause;
    },
  );
}

const happened = new Set<Fault | LineFault>();
let refusedInAll = 0;

test.each([
  { seed: 1, isOverHttp: false },
  { seed: 2, isOverHttp: false },
  { seed: 3, isOverHttp: false },
  { seed: 4, isOverHttp: true },
  { seed: 5, isOverHttp: true },
])(
  "a bank that loses, delays, repeats, splits, shuffles, invents and truncates (seed $seed, over HTTP: $isOverHttp): nobody is paid twice, nobody not at all, books closed",
  async ({ seed, isOverHttp }) => {
    const scene = await openScene({ seed, isOverHttp });
    const { deps, offers, unruly, line } = scene;
    let net: number[] = [];
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [day, evening, calm] = [Math.floor(round / 2), round % 2 === 1, round >= CALM];
      if (!evening) {
        await confirmSome(scene, day);
        await correctAccounts(scene);
        await pay(scene);
      }
      const request = { now: deps.clock.now().toISOString(), round, calm, holders: [...scene.holders] };
      if (round % 5 === 3) await unruly.killWhile(request, 20 * seed);
      const answer = await unruly.work(request);
      for (const fault of answer.happened) happened.add(fault);
      refused += await collect(scene);
      net = await netOf(offers, answer.bookings);
      expect(Math.max(...net), "nobody is paid twice").toBeLessThanOrEqual(1);
      expect(await store.prisma.$transaction((tx) => booksOn(tx).differences())).toEqual([]);
      const next = evening ? 15.5 : 8.5; // 10:00 and 18:30
      deps.clock.moveTo(new Date(deps.clock.now().getTime() + next * HOUR));
    }
    expect(net, "nobody is left out").toEqual(Array(FIRMS).fill(1));
    const total = AMOUNT * BigInt(FIRMS);
    expect(await balancesOf(deps, line)).toEqual([total, 0n, 0n, 0n, total]);
    const ids = offers.map(({ entitlementId }) => entitlementId);
    const owed = await store.prisma.entitlement.findMany({ where: { id: { in: ids } } });
    expect(owed.map(({ status }) => status)).toEqual(Array(FIRMS).fill("paid"));
    const open = await store.prisma.paymentBatch.count({ where: { status: { notIn: ["closed", "cancelled"] } } });
    expect(open, "every batch came to its end").toBe(0);
    const aside = await store.prisma.statementLine.findMany({ where: { result: "suspense" } });
    expect(aside.filter(({ reference }) => !reference.startsWith(INVENTED))).toEqual([]);
    expect(aside.length).toBeGreaterThan(0);
    refusedInAll += refused;
    await unruly.close();
    await rm(scene.directory, { recursive: true, force: true });
  },
);

test("all of these mishaps did happen, and truncated files were refused", () => {
  expect([...happened].sort()).toEqual([...faults, ...lineFaults].sort());
  expect(refusedInAll).toBeGreaterThan(0);
});
