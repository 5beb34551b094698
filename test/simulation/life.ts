import { delegationStore } from "../../packages/service/src/access/delegation.prisma.ts";
import { booksOn } from "../../packages/service/src/audit/books.prisma.ts";
import { admitWaitlisted } from "../../packages/service/src/budget/admit-waitlisted.ts";
import { fundLine } from "../../packages/service/src/budget/fund-line.ts";
import { makeOffers, type Offer } from "../../packages/service/src/budget/testing.prisma.ts";
import { confirmBenefits } from "../../packages/service/src/confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../../packages/service/src/confirmation/consent.prisma.ts";
import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { SettableClock } from "../../packages/service/src/kernel/clock.ts";
import { addDays, type Day } from "../../packages/service/src/kernel/day.ts";
import { DomainError } from "../../packages/service/src/kernel/errors.ts";
import type { Transaction } from "../../packages/service/src/kernel/transaction.ts";
import { approveBatch } from "../../packages/service/src/payment/approve-batch.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";
import { carryOver } from "../../packages/service/src/payment/carry-over.ts";
import { correctAccount } from "../../packages/service/src/payment/correct-account.ts";
import { draftBatch } from "../../packages/service/src/payment/draft-batch.ts";
import { preparePayment } from "../../packages/service/src/payment/prepare-payment.ts";
import { collectBankReports } from "../../packages/service/src/payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../../packages/service/src/payment/send-batch.ts";
import { confirmAccounts, moneyStores } from "../../packages/service/src/payment/testing.prisma.ts";
import { PowerCut } from "../../packages/service/src/payment/testing-crash.ts";
import { inTransaction, type Store, type Tx } from "../../packages/service/src/platform/store.prisma.ts";
import { INVENTED } from "../unruly-bank/faults.ts";
import { type CarelessBank, carelessBank } from "./careless-bank.ts";
import { openPower, type Power } from "./power.ts";

export type Life = Readonly<{ seed: number; days: number }>;

/** What came of it. A life that breaks a law ends at once with a `Broken`. */
export type Lived = Readonly<{
  seed: number;
  days: number;
  firms: number;
  paid: number;
  attempts: number;
  cuts: number;
  /** Places that were passed; and those of them at which the power never failed. */
  places: readonly string[];
  neverCut: readonly string[];
  happened: readonly string[];
}>;

/** A law of paying that did not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** So that a year ends soon. */
const START = "2025-11-25" as Day;
const HOUR = 3_600_000;
/** New offers come in waves; from each wave one firm agrees every few days. */
const [WAVE_DAYS, WAVE_FIRMS] = [24, 7];
/** At the end line and post are calm and the power holds, so that everything can come to its end. */
const CALM_DAYS = 32;
const PAYER = { name: "试验财政局", bankCode: "011491000016" };

const storesOf = (tx: Tx) => ({
  ...moneyStores(tx),
  consents: consentStore(tx),
  delegations: delegationStore(tx),
  payees: payeeAccounts(tx),
});
type Stores = ReturnType<typeof storesOf>;
type Deps = Readonly<{ clock: SettableClock; transaction: Transaction<Stores>; bank: Bank }>;

type Member = Offer & { agreesOn: number; answered: boolean; correctedTo?: string };

type World = {
  readonly life: Life;
  readonly store: Store;
  readonly clock: SettableClock;
  readonly bank: CarelessBank;
  readonly power: Power;
  readonly members: Member[];
  cuts: number;
  line: string;
  appropriatedFen: bigint;
};

/**
 * Days in the life of a finance bureau: two instances of the service on one store do the same jobs at the
 * same time, the power of each fails at any place, and the bank is careless with its line and post.
 * The same seed gives the same life on a store with one connection.
 *
 * @throws Broken naming seed, day and law
 */
export async function live(store: Store, life: Life): Promise<Lived> {
  const world: World = {
    ...{ life, store, clock: new SettableClock(at(START, 9)), bank: carelessBank(life.seed, natureOf) },
    ...{ power: openPower(), members: [], cuts: 0, line: lineOf(START), appropriatedFen: 0n },
  };
  for (let nth = 0; nth < life.days; nth += 1) {
    await oneDay(world, nth).catch((cause: unknown) => {
      const reason = cause instanceof Error ? (cause instanceof Broken ? cause.message : String(cause.stack)) : cause;
      throw new Broken(`seed ${life.seed}, day ${nth} of ${life.days}: ${reason}`, { cause });
    });
  }
  return conclude(world);
}

function natureOf(accountNo: string) {
  if (accountNo.startsWith("9")) return "fine";
  return randomFor(0, "nature", accountNo).weighted([
    ["fine", 6],
    ["other-name", 3],
    ["unknown", 1],
  ] as const);
}

async function oneDay(world: World, nth: number): Promise<void> {
  const { clock, life, bank } = world;
  const day = addDays(START, nth);
  const isCalm = nth >= life.days - CALM_DAYS;
  const random = randomFor(life.seed, "day", nth);
  clock.moveTo(at(day, 9));
  await prepareTheYear(world, day);
  if (nth % WAVE_DAYS === 0 && !isCalm) await newWave(world, nth);
  // Before a year ends as well, so that many are on their way when the lines change.
  if (nth % WAVE_DAYS === 15 || nth === life.days - CALM_DAYS || day.endsWith("12-27")) await fundTheRest(world, day);

  for (const member of world.members.filter(({ agreesOn, answered }) => agreesOn <= nth && !answered)) {
    await both(world, "confirm", nth, isCalm, async (deps) => {
      const { firmCode, entitlementId } = member;
      const chosen = [{ entitlementId, amountFenSeen: String(member.amountFen) }];
      await confirmBenefits(deps, { firmCode, actor: "firm", requestKey: entitlementId, chosen });
      member.answered = true;
    });
  }
  for (const member of await refusedBy(world)) {
    await both(world, `correct ${member.firmCode}`, nth, isCalm, (deps) => correct(deps, member));
  }
  await both(world, "admit", nth, isCalm, (deps) => admitWaitlisted(deps));
  const owed = await world.store.prisma.entitlement.findMany({ where: { status: "confirmed" }, select: { id: true } });
  for (const { id } of owed) {
    // An event may be heard of again long after its payment was prepared.
    if ((await hasLivePayment(world, id)) && !random.chance(0.3)) continue;
    await both(world, `prepare ${id}`, nth, isCalm, (deps) => preparePayment(deps, { entitlementId: id }));
  }
  await confirmAccounts({ clock, transaction: transactionOn(world.store) }, world.store.prisma);
  clock.moveTo(at(day, 10));
  if (random.chance(0.7) || isCalm)
    await both(world, "draft", nth, isCalm, (deps) => draftBatch(deps, { maker: "maker" }));
  clock.moveTo(at(day, 11));
  await approveWhatIsDrafted(world, nth, isCalm);
  for (const hour of [14, 15]) {
    clock.moveTo(at(day, hour));
    await both(world, `send ${hour}`, nth, isCalm, (deps) => sendApprovedBatches({ ...deps, onDoubt }));
  }
  clock.moveTo(at(day, 18));
  bank.closeDay(nth, day, isCalm);
  // The bank's counter is shut over the turn of the year, so that much is on its way when the lines change.
  if (day.slice(5) >= "12-28") return checkLaws(world);
  for (const round of [1, 2]) await both(world, `collect ${round}`, nth, isCalm, (deps) => collectBankReports(deps));
  await checkLaws(world);
}

/** A cut is no doubt about the bank: the machine stands still. */
function onDoubt(_: string, cause: unknown): void {
  if (cause instanceof PowerCut) throw cause;
}

/** What a job may be refused with when the other instance was quicker. */
const overtaken = new Set(["changed-meanwhile", "entitlement-not-open", "batch-not-open", "payment-not-open"]);

/** The same work on both instances at once; the power of either may fail on the way. */
async function both(
  world: World,
  job: string,
  nth: number,
  isCalm: boolean,
  work: (deps: Deps) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    ["a", "b"].map(async (instance) => {
      const [kind = job] = job.split(" ");
      const random = randomFor(world.life.seed, job, nth, instance);
      const socket = isCalm ? world.power.safeSocket(kind) : world.power.socket(kind, random);
      const transaction = socket.transaction<Stores>(transactionOn(world.store));
      try {
        await work({ clock: world.clock, transaction, bank: socket.bank(world.bank.bank) });
      } catch (cause) {
        if (cause instanceof PowerCut) world.cuts += 1;
        else if (!(cause instanceof DomainError && overtaken.has(cause.code))) throw cause;
      }
    }),
  );
}

function transactionOn({ prisma }: Store): Transaction<Stores> {
  return (work) => inTransaction(prisma, (tx) => work(storesOf(tx)));
}

async function prepareTheYear(world: World, day: Day): Promise<void> {
  const next = lineOf(day);
  if (world.line === next && world.appropriatedFen > 0n) return;
  const deps = { clock: world.clock, transaction: transactionOn(world.store) };
  if (world.appropriatedFen > 0n) {
    const to = { id: next, title: next, year: Number(day.slice(0, 4)) };
    const document = `结转 ${day}`;
    await carryOver(deps, { from: world.line, to, available: "carried", document, actor: "finance" });
  }
  world.line = next;
  await fund(world, 1n, `开户 ${day}`);
}

async function newWave(world: World, nth: number): Promise<void> {
  const { store, clock, members, line } = world;
  const series = Math.floor(nth / WAVE_DAYS);
  const random = randomFor(world.life.seed, "wave", nth);
  const own: Member[] = [];
  for (let firm = 0; firm < WAVE_FIRMS; firm += 1) {
    // No two alike, so that money of one that goes to another is seen.
    const amountFen = 100n + BigInt(series * WAVE_FIRMS + firm);
    const terms = { series: series * WAVE_FIRMS + firm, count: 1, amountFen, line, at: clock.now() };
    for (const offer of await makeOffers(store, terms)) {
      own.push({ ...offer, agreesOn: nth + random.int(0, 14), answered: false });
    }
  }
  members.push(...own);
  // Not enough for all, so that some wait; the rest comes at half time.
  await fund(world, sumFen(own.slice(0, random.int(2, WAVE_FIRMS - 2))), `首批 ${nth}`);
}

function sumFen(members: readonly Pick<Member, "amountFen">[]): bigint {
  return members.reduce((total, { amountFen }) => total + amountFen, 0n);
}

async function fundTheRest(world: World, day: Day): Promise<void> {
  const wanted = sumFen(world.members);
  if (wanted > world.appropriatedFen) await fund(world, wanted - world.appropriatedFen, `追加 ${day}`);
}

async function fund(world: World, amountFen: bigint, document: string): Promise<void> {
  const { clock, store, line } = world;
  const year = Number(line.slice(-4));
  const deps = { clock, transaction: transactionOn(store) };
  const payer = { ...PAYER, accountNo: "41000000000001" };
  await fundLine(deps, { line: { id: line, title: line, year }, payer, amountFen, document, actor: "finance" });
  world.appropriatedFen += amountFen;
}

async function approveWhatIsDrafted(world: World, nth: number, isCalm: boolean): Promise<void> {
  for (const { id: batchId, sha256 } of await world.store.prisma.paymentBatch.findMany({
    where: { status: "drafted" },
  })) {
    const deps = { clock: world.clock, transaction: transactionOn(world.store) };
    await refused(
      "a checker who saw another file",
      approveBatch(deps, { batchId, checker: "checker", sha256: "0".repeat(64) }),
    );
    await refused("the maker as checker", approveBatch(deps, { batchId, checker: "maker", sha256 }));
    await both(world, `approve ${batchId}`, nth, isCalm, (cut) =>
      approveBatch(cut, { batchId, checker: "checker", sha256 }),
    );
  }
}

async function refused(what: string, attempt: Promise<unknown>): Promise<void> {
  const answer = await attempt.then(
    () => "let in",
    (cause: unknown) => (cause instanceof DomainError ? "refused" : Promise.reject(cause)),
  );
  if (answer !== "refused") throw new Broken(`${what} was let in`);
}

/** Firms whose money did not arrive, and who name another account. */
async function refusedBy({ store, members }: World): Promise<Member[]> {
  const failed = await store.prisma.payment.findMany({
    where: { status: { in: ["returned", "rejected"] } },
    select: { entitlementId: true, bankAccountId: true },
  });
  const accounts = new Map(failed.map(({ entitlementId, bankAccountId }) => [entitlementId, bankAccountId]));
  return members.filter((member) => accounts.has(member.entitlementId) && member.correctedTo === undefined);
}

async function correct(deps: Deps, member: Member): Promise<void> {
  const { firmCode, holderName } = member;
  const [, another] = accountsOf(member);
  const account = { holderName, accountNo: another, bankName: "试验银行", bankCode: "102491000019" };
  await correctAccount(deps, { firmCode, actor: "firm", account });
  member.correctedTo = account.accountNo;
}

async function hasLivePayment({ store }: World, entitlementId: string): Promise<boolean> {
  const dead = ["voided", "rejected", "returned"];
  return (await store.prisma.payment.count({ where: { entitlementId, status: { notIn: dead } } })) > 0;
}

/** The firm's account, and the one that it names when the bank refuses that. */
function accountsOf({ accountNo }: Offer): readonly [string, string] {
  return [accountNo, `9${accountNo.slice(1)}`];
}

/** What holds at the end of every day, whatever happened in it. */
async function checkLaws(world: World): Promise<void> {
  const { store, bank, members, appropriatedFen } = world;
  const net = bank.netOf();
  const netOf = (member: Member) => accountsOf(member).reduce((times, account) => times + (net.get(account) ?? 0), 0);
  for (const member of members) {
    if (netOf(member) > 1) throw new Broken(`${member.firmCode} is paid ${netOf(member)} times`);
  }
  const owed = new Map(members.flatMap((member) => accountsOf(member).map((account) => [account, member.amountFen])));
  for (const { amountFen, endToEndId, creditorAccount } of bank.orders()) {
    if (amountFen !== owed.get(creditorAccount)) throw new Broken(`${endToEndId} orders ${amountFen} 分`);
  }
  const gone = members.reduce((total, member) => total + member.amountFen * BigInt(netOf(member)), 0n);
  if (gone > appropriatedFen) throw new Broken(`the bank paid ${gone} 分 of ${appropriatedFen}`);
  const settled = await store.prisma.payment.findMany({ where: { status: "settled" }, select: { endToEndId: true } });
  for (const { endToEndId } of settled) {
    if (!bank.debited(endToEndId)) throw new Broken(`${endToEndId} counts as paid, and the bank never booked it`);
  }
  const differences = await booksOn(store.prisma).differences();
  if (differences.length > 0) throw new Broken(`the books differ: ${JSON.stringify(differences)}`);
}

/** Everything has come to its end: nobody twice, nobody left out, nothing open. */
async function conclude(world: World): Promise<Lived> {
  const { life, store, bank, members, power, appropriatedFen } = world;
  const fail = (law: string) => new Broken(`seed ${life.seed}, at the end: ${law}`);
  const net = bank.netOf();
  for (const member of members) {
    const { firmCode, entitlementId } = member;
    const times = accountsOf(member).reduce((sum, account) => sum + (net.get(account) ?? 0), 0);
    const { status } = await store.prisma.entitlement.findUniqueOrThrow({ where: { id: entitlementId } });
    if (times !== 1 || status !== "paid") throw fail(`${firmCode} is ${status} and was paid ${times} times`);
  }
  const open = await store.prisma.paymentBatch.count({ where: { status: { notIn: ["closed", "cancelled"] } } });
  if (open > 0) throw fail(`${open} batches are still open`);
  const aside = await store.prisma.statementLine.findMany({ where: { result: "suspense" } });
  const ours = aside.filter(({ reference }) => !reference.startsWith(INVENTED));
  if (ours.length > 0) throw fail(`${ours.length} true lines of the bank lie aside: ${ours[0]?.note}`);
  const lines = await store.prisma.budgetLine.findMany();
  const sum = (pick: (line: (typeof lines)[number]) => bigint) => lines.reduce((total, line) => total + pick(line), 0n);
  const paidFen = sumFen(members);
  if (sum((line) => line.paidFen) !== paidFen) throw fail(`${sum((line) => line.paidFen)} 分 paid, not ${paidFen}`);
  const kept = sum((line) => line.reservedFen + line.committedFen + line.inTransitFen + line.returnedFen);
  if (kept !== 0n) throw fail(`${kept} 分 are kept for nobody`);
  if (sum((line) => line.availableFen) !== appropriatedFen - paidFen) throw fail("what is left is not what was given");
  const places = [...power.passed].sort();
  return {
    ...life,
    firms: members.length,
    paid: members.length,
    attempts: await store.prisma.payment.count(),
    cuts: world.cuts,
    places,
    neverCut: places.filter((place) => !power.failedAt.has(place)),
    happened: [...bank.happened].sort(),
  };
}

function lineOf(day: Day): string {
  return `life-${day.slice(0, 4)}`;
}

function at(day: Day, hour: number): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + hour * HOUR);
}
