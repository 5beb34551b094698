import { instalmentsOf } from "@apply-free/rules";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInvariant } from "../audit/invariants.prisma.ts";
import type { InvariantName } from "../audit/invariants.ts";
import { admitWaitlisted } from "../budget/admit-waitlisted.ts";
import { confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { writeCamt053 } from "../demo/simulated-bank-reports.ts";
import { flow } from "../flow.ts";
import { SettableClock } from "../kernel/clock.ts";
import { addDays, type Day, dayOf, dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import { testSealing } from "../kernel/testing-sealing.ts";
import { approveBatch } from "../payment/approve-batch.ts";
import { carryOver } from "../payment/carry-over.ts";
import { correctAccount } from "../payment/correct-account.ts";
import { draftBatch } from "../payment/draft-batch.ts";
import { prepareDueParts } from "../payment/parts.ts";
import { collectBankReports, receiveBankFile } from "../payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../payment/send-batch.ts";
import { confirmAccounts } from "../payment/testing.prisma.ts";
import { type MemoryBank, memoryBank } from "../payment/testing-bank.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import {
  decisionId,
  entitlementId,
  firmCode,
  LINE,
  plantCase,
  plantWorld,
} from "../publication/testing-case.prisma.ts";
import { settleReassessment } from "../reassessment/settle-reassessment.ts";
import { runFlow } from "../run-flow.ts";
import { type Stores, storesOn } from "../stores.prisma.ts";
import { agreeOffset } from "./agree-offset.ts";
import { decideRecovery } from "./decide-recovery.ts";
import { hearFirm } from "./hear-firm.ts";
import { toRecovery } from "./recovery.prisma.ts";
import { claimOf, debtOf, outstandingOf, type Recovery } from "./recovery.ts";
import { fund, recoveryDeps, TREASURY_ACCOUNT } from "./testing-recovery.prisma.ts";

/** One award of 1,234.56 yuan, paid; four more benefits of its firm, agreed to and not paid yet, the last in two parts. */
const AWARD = entitlementId(1);
const FIRM = firmCode(1);
const benefits = [1n, 300_00n, 2_000_00n, 500_00n];
const IN_PARTS = 3;
const awardInParts = derivedId("entitlement", FIRM, `b${IN_PARTS}`);
const benefitIds = [
  ...benefits.map((_, nth) => derivedId("entitlement", FIRM, `b${nth}`)),
  derivedId("entitlement", awardInParts, "part", 2),
];
const monthly = [
  { afterMonths: 0, percent: 50 },
  { afterMonths: 1, percent: 50 },
];
const plan = instalmentsOf({ parts: monthly, money: "kept" }, "plan");
const START = new Date("2025-11-20T09:00:00+08:00");
const MOST_CORRECTIONS = 8;

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    await plantCase(tx, 1, "paid");
    const delivery = await tx.delivery.findUniqueOrThrow({ where: { id: "delivery_test" } });
    for (let nth = 0; nth < MOST_CORRECTIONS; nth += 1) {
      await tx.delivery.create({ data: { ...delivery, id: `delivery_${nth}`, sha256: `f${nth}`.repeat(32) } });
    }
  });
  const deps = recoveryDeps(store, START);
  await fund(deps, LINE, 0n);
  for (const [nth, amountFen] of benefits.entries()) await plantBenefit(deps, nth, amountFen);
});
afterAll(() => store.close());

async function plantBenefit(deps: ReturnType<typeof recoveryDeps>, nth: number, amountFen: bigint) {
  const period = `b${nth}`;
  const { id, ...decision } = await store.prisma.decision.findUniqueOrThrow({ where: { id: decisionId(1) } });
  const amount = { kind: "exact", fen: String(amountFen) };
  const own = derivedId("decision", id, period);
  await store.prisma.decision.create({
    data: { ...decision, id: own, period, amount, inputSha256: own, missing: [], facts: {}, trace: {} },
  });
  const entitlement = derivedId("entitlement", FIRM, period);
  await deps.transaction(async ({ entitlements, journal }) => {
    const { entitlement: award } = await entitlements.get(AWARD);
    const { firmCode: code, policyId, policyVersionId, budgetLine } = award;
    const terms = { firmCode: code, policyId, policyVersionId, budgetLine, offeredAt: START, remindersSent: 0 };
    await entitlements.insert({
      ...{ ...terms, id: entitlement, period, decisionId: own, amountFen: fen(amountFen), status: "offered" },
      confirmBefore: new Date("2025-12-20T00:00:00+08:00"),
    });
    const payload = { decisionId: own, resultSha256: decision.resultSha256, amountFen: String(amountFen) };
    await journal.append({
      type: "entitlement-offered",
      subject: entitlement,
      actor: "system:matching",
      at: START,
      payload,
    });
  });
  const chosen = [{ entitlementId: entitlement, amountFenSeen: String(amountFen) }];
  const planOf = async () => (nth === IN_PARTS ? plan : undefined);
  const transaction: typeof deps.transaction = (work) =>
    deps.transaction((stores) => work({ ...stores, awardParts: { ...stores.awardParts, planOf } }));
  await confirmBenefits({ ...deps, transaction }, { firmCode: FIRM, actor: "person-1", requestKey: period, chosen });
}

type World = Readonly<{
  tx: Tx;
  clock: SettableClock;
  bank: MemoryBank;
  transaction: <Result>(work: (stores: Stores) => Promise<Result>) => Promise<Result>;
  corrections: { count: number; dueFen: bigint; mostFen: bigint };
  /** Whether the bank sends back what it books, for the holder's name; and accounts that the firm has named. */
  mood: { returns: boolean; accounts: number };
}>;

/** One life of the system in a transaction that is taken back at its end. */
async function inNewWorld(live: (world: World) => Promise<void>): Promise<void> {
  const over = new Error("take it back");
  const compiled = new CompiledPolicies();
  await store.prisma
    .$transaction(
      async (tx) => {
        let depth = 0;
        const transaction: World["transaction"] = async (work) => {
          const name = `s${depth++}`;
          await tx.$executeRawUnsafe(`SAVEPOINT ${name}`);
          try {
            const result = await work(storesOn(tx, compiled, store.sealing));
            await tx.$executeRawUnsafe(`RELEASE SAVEPOINT ${name}`);
            return result;
          } catch (cause) {
            await tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${name}`);
            throw cause;
          }
        };
        const dueFen = await standing(transaction);
        const mood = { returns: false, accounts: 0 };
        const bank = memoryBank(() => (mood.returns ? "other-name" : "fine"));
        const corrections = { count: 0, dueFen, mostFen: dueFen };
        await live({ tx, transaction, corrections, mood, bank, clock: new SettableClock(START) });
        await tx.$executeRawUnsafe("SET CONSTRAINTS ALL IMMEDIATE");
        throw over;
      },
      { timeout: 300_000 },
    )
    .catch((cause: unknown) => {
      if (cause !== over) throw cause;
    });
}

const standing = (transaction: World["transaction"]) => transaction(({ followUps }) => followUps.standingOf(AWARD));

const share = fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: 0, max: 110 }));
const correct = (max: number) =>
  fc.record({ kind: fc.constant("correct" as const), dueFen: fc.integer({ min: 0, max }) });
const ruling = fc.record({ kind: fc.constant("decide" as const), nth: fc.nat(3), share });
const paidBack = fc.record({ kind: fc.constant("pay-back" as const), nth: fc.nat(3), share });
const setOff = fc.record({
  kind: fc.constant("set-off" as const),
  nth: fc.nat(3),
  benefit: fc.nat(benefitIds.length - 1),
});
const withdrawn = fc.record({ kind: fc.constant("withdraw" as const), benefit: fc.nat(IN_PARTS) });
const payday = fc.record({ kind: fc.constantFrom("pay-day" as const, "pay-day", "bank-turns", "name-account") });
const action = fc.oneof(
  { weight: 3, arbitrary: correct(200_000) },
  { weight: 3, arbitrary: ruling },
  { weight: 2, arbitrary: paidBack },
  { weight: 4, arbitrary: setOff },
  { weight: 2, arbitrary: withdrawn },
  { weight: 4, arbitrary: payday },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("new-year" as const, "match", "a-month") }) },
);
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;
/** Something is owed soon, so that the rest has something to act on. */
const scripts = fc
  .tuple(correct(100_000), ruling, fc.array(action, { minLength: 2, maxLength: 12 }))
  .map(([first, second, rest]): Action[] => [first, second, ...rest]);

async function act(world: World, action: Action): Promise<void> {
  const { tx, clock, transaction } = world;
  const deps = { transaction, clock };
  clock.moveTo(new Date(clock.now().getTime() + 60_000));
  switch (action.kind) {
    case "correct":
      await correctFacts(world, BigInt(action.dueFen));
      break;
    case "decide": {
      const found = await nthIn(world, "noticed", action.nth);
      if (!found) break;
      const said = { id: found.id, firmCode: FIRM, by: "person-1", text: "请核实" };
      if (!found.statement) await hearFirm(deps, said);
      await decideWith(world, found, (claimOf(found) * BigInt(Math.min(action.share, 100))) / 100n);
      break;
    }
    case "pay-back": {
      const found = await nthIn(world, "owed", action.nth);
      if (found) await payBack(world, found, (outstandingOf(found) * BigInt(action.share)) / 100n);
      break;
    }
    case "set-off": {
      const found = await nthIn(world, "owed", action.nth);
      const ground = { basis: "law" as const, ground: "第九条", by: "checker" };
      const entitlementId = benefitIds[action.benefit] ?? "";
      if (found) await agreeOffset(deps, { recoveryId: found.id, entitlementId, ...ground });
      break;
    }
    case "withdraw": {
      const period = `b${action.benefit}`;
      await matchEverybody(world);
      const { id, ...decision } = await tx.decision.findFirstOrThrow({ where: { firmCode: FIRM, period } });
      const again = derivedId("decision", id, "no");
      const no = { outcome: "ineligible", amount: { kind: "none" }, inputSha256: again, decidedAt: clock.now() };
      const rest = { missing: [], facts: {}, trace: {} };
      await tx.decision.createMany({ data: [{ ...decision, ...no, ...rest, id: again }], skipDuplicates: true });
      break;
    }
    case "pay-day":
      await payDay(world);
      break;
    case "bank-turns":
      world.mood.returns = !world.mood.returns;
      break;
    case "match":
      await matchEverybody(world);
      break;
    case "a-month":
      await answerOffers(world);
      clock.moveTo(new Date(clock.now().getTime() + 31 * 86_400_000));
      await matchEverybody(world);
      await prepareDueParts(deps);
      break;
    case "new-year":
      await newYear(world);
      break;
    case "name-account": {
      const accountNo = `62229999${String(++world.mood.accounts).padStart(8, "0")}`;
      const account = {
        holderName: "郑州星河1科技有限公司",
        accountNo,
        bankName: "测试银行",
        bankCode: "102491000010",
      };
      await correctAccount(deps, { firmCode: FIRM, actor: "person-1", account });
    }
  }
  await follow(world);
}

async function correctFacts({ transaction, clock, corrections, tx }: World, dueFen: bigint): Promise<void> {
  const paidFen = await standing(transaction);
  if (dueFen === paidFen || corrections.count === MOST_CORRECTIONS) return;
  const deliveryId = `delivery_${corrections.count++}`;
  corrections.dueFen = dueFen;
  if (dueFen > corrections.mostFen) corrections.mostFen = dueFen;
  const id = derivedId("reassessment", AWARD, deliveryId);
  const asOf = dayToDate("2025-11-03" as Day);
  const found = {
    outcome: dueFen === 0n ? "ineligible" : "eligible",
    paidFen,
    dueFen,
    changed: [{ factId: "ui.arrears" }],
  };
  await tx.reassessment.create({
    data: { ...{ id, deliveryId, asOf, ...found, entitlementId: AWARD }, status: "open", openedAt: clock.now() },
  });
  await settleReassessment({ transaction, clock }, { id, verdict: "upheld", by: "maker", reason: "复核函" });
}

async function nthIn({ tx }: World, status: string, nth: number): Promise<Recovery | undefined> {
  const rows = await tx.recovery.findMany({ where: { status }, orderBy: { id: "asc" } });
  const row = rows[nth % Math.max(1, rows.length)];
  return row && toRecovery(row);
}

function decideWith({ transaction, clock }: World, { id }: Recovery, decidedFen: bigint): Promise<unknown> {
  const instalments = decidedFen === 0n ? [] : [{ dueOn: addDays(dayOf(clock.now()), 30), amountFen: fen(decidedFen) }];
  const ruling = { id, by: "checker", decidedFen: fen(decidedFen), reasons: "属实", instalments };
  return decideRecovery({ transaction, clock }, ruling);
}

let lines = 0;
async function payBack({ transaction, clock }: World, { reference, id }: Recovery, amountFen: bigint): Promise<void> {
  if (amountFen === 0n) return;
  const now = clock.now();
  const entry = {
    reference: `${id.slice(-8)}-${++lines}`,
    direction: "credit" as const,
    amountFen,
    remittance: reference,
  };
  const statement = { id: `S${lines}`, accountNo: TREASURY_ACCOUNT, openingFen: 0n, entries: [entry] };
  const file = new TextEncoder().encode(writeCamt053(`M${lines}`, dayOf(now), now, [statement]));
  // The bank may say the same in two files: it is booked once.
  await receiveBankFile({ transaction, clock }, file);
  await receiveBankFile({ transaction, clock }, new TextEncoder().encode(`${new TextDecoder().decode(file)}\n`));
}

async function payDay(world: World): Promise<void> {
  const { transaction, clock, bank, tx } = world;
  const deps = { transaction, clock };
  await confirmAccounts(deps, tx);
  await draftBatch(deps, { maker: "maker" });
  for (const { id, sha256 } of await tx.paymentBatch.findMany({ where: { status: "drafted" } })) {
    await approveBatch(deps, { batchId: id, checker: "checker", sha256 });
  }
  await sendApprovedBatches({ ...deps, bank });
  clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
  bank.closeDay(addDays(dayOf(clock.now()), -1));
  await collectBankReports({ ...deps, bank });
}

/** So that what came back from the bank is known to it. */
async function matchEverybody({ tx, clock }: World): Promise<void> {
  const startedAt = clock.now();
  const slot = startedAt.toISOString();
  await tx.matchRun.create({
    data: { id: derivedId("run", slot), slot, asOf: dayToDate(dayOf(startedAt)), startedAt },
  });
}

const NEXT = "henan-2026-test";
let documents = 0;
/** All that is owed and not paid goes on to the next year's line, with whatever is nobody's. */
async function newYear({ transaction, clock }: World): Promise<void> {
  const to = { id: NEXT, title: "结转", year: 2026 };
  const document = `豫财〔2026〕${++documents}号`;
  await carryOver({ transaction, clock }, { from: LINE, to, available: "carried", document, actor: "finance" });
}

async function follow({ transaction, clock }: World): Promise<void> {
  const onFailure = (_: unknown, step: string, cause: unknown) => {
    throw new Error(`step ${step} failed: ${cause}`, { cause });
  };
  // What a step appends is followed in the next round.
  while ((await runFlow({ transaction, clock, flow, onFailure })) > 0);
}

const laws: readonly InvariantName[] = [
  ...(["postings-balance", "balances-follow-postings", "appropriation-is-whole", "reserved-is-owed"] as const),
  ...([
    "in-transit-is-with-the-bank",
    "paid-is-settled",
    "paid-is-booked-by-the-bank",
    "committed-is-approved",
  ] as const),
  ...(["returned-waits-for-an-account", "paid-by-one-payment", "payment-like-benefit"] as const),
  ...(["receivable-is-owed", "recovered-is-booked", "received-by-credits", "nothing-recovered-twice"] as const),
  ...(["offsets-on-both-sides", "two-people-per-recovery", "review-followed-to-the-fen"] as const),
  ...(["journal-knows-each-recovery", "journal-knows-each-benefit", "journal-knows-each-payment"] as const),
];

async function checkBooks({ tx, transaction, corrections }: World): Promise<void> {
  for (const law of laws) {
    const { breaches } = await checkInvariant({ prisma: tx, sealing: testSealing }, "2025-11-20" as Day, law);
    expect(breaches, `${law}: ${breaches.map(({ detail }) => detail).join("; ")}`).toEqual([]);
  }
  const early = await tx.$queryRaw`
    SELECT part.entitlement_id FROM award_part part JOIN entitlement owed ON owed.id = part.entitlement_id
    WHERE part.part > 1 AND owed.status IN ('paid', 'received') AND (owed.paid_at AT TIME ZONE 'Asia/Shanghai')::date < part.due_on`;
  expect(early, "no part is paid before its day").toEqual([]);
  expect(await standing(transaction), "the award stands at what the newest facts say").toBe(corrections.dueFen);
}

const expected = new Set(["offset-not-possible", "entitlement-not-found"]);
async function tryTo(world: World, action: Action): Promise<void> {
  try {
    await act(world, action);
  } catch (cause) {
    if (!expected.has((cause as { code?: string }).code ?? "")) throw cause;
  }
}

/** The firm agrees to what it is asked; it never lets a deadline pass. */
async function answerOffers(world: World): Promise<void> {
  const offered = await world.tx.entitlement.findMany({ where: { firmCode: FIRM, status: "offered" } });
  const chosen = offered.map(({ id, amountFen }) => ({ entitlementId: id, amountFenSeen: String(amountFen) }));
  const asked = { firmCode: FIRM, actor: "person-1", requestKey: world.clock.now().toISOString(), chosen };
  if (chosen.length > 0) await confirmBenefits(world, asked);
}

/** Everything is decided, paid out and paid back. */
async function drain(world: World): Promise<void> {
  world.mood.returns = false;
  // A top-up that was granted when its line had gone on goes along, and finds the money there.
  if (await world.tx.carryOver.count()) {
    await newYear(world);
    await admitWaitlisted(world);
  }
  await answerOffers(world);
  await tryTo(world, { kind: "pay-day" }); // what the bank still sends back
  await tryTo(world, { kind: "name-account" });
  for (let round = 0; round < 3; round += 1) await tryTo(world, { kind: "pay-day" });
  await tryTo(world, { kind: "a-month" });
  await tryTo(world, { kind: "pay-day" });
  for (;;) {
    const noticed = await nthIn(world, "noticed", 0);
    if (!noticed) break;
    await tryTo(world, { kind: "decide", nth: 0, share: 100 });
  }
  for (;;) {
    const owed = await nthIn(world, "owed", 0);
    if (!owed) return;
    await payBack(world, owed, outstandingOf(owed));
    await follow(world);
  }
}

/** What is sent from now on is booked on one day and comes back on the next. */
const sentBack: readonly Action[] = [{ kind: "bank-turns" }, { kind: "pay-day" }, { kind: "pay-day" }];
/** Rare roads, walked each time. */
const known: readonly Action[][] = [
  // The second part is set off before its day, is due, comes back; then the first part's firm qualifies no more.
  [
    { kind: "correct", dueFen: 0 },
    { kind: "decide", nth: 0, share: 100 },
    { kind: "set-off", nth: 0, benefit: 4 },
    { kind: "pay-day" },
    { kind: "a-month" },
    { kind: "set-off", nth: 0, benefit: 4 },
    ...sentBack,
    { kind: "withdraw", benefit: 3 },
    { kind: "name-account" },
  ],
  // Set off, booked, sent back by the bank, and then withdrawn: the debt is owed again.
  [
    { kind: "correct", dueFen: 0 },
    { kind: "decide", nth: 0, share: 100 },
    { kind: "set-off", nth: 0, benefit: 2 },
    ...sentBack,
    { kind: "withdraw", benefit: 2 },
    { kind: "name-account" },
  ],
  // Waived, and then right after all: nothing that was never paid back is paid on top.
  [
    { kind: "correct", dueFen: 60_000 },
    { kind: "decide", nth: 0, share: 0 },
    { kind: "correct", dueFen: 123_456 },
  ],
  // Topped up, sent back by the bank, and then not due after all: what lies aside is free again, and nothing else.
  [{ kind: "correct", dueFen: 198_514 }, ...sentBack, { kind: "correct", dueFen: 111_668 }],
  // Sent back, and only then set off against a debt, in part and in whole; then the year ends, and one is withdrawn.
  [
    { kind: "correct", dueFen: 18_024 },
    { kind: "decide", nth: 0, share: 40 },
    ...sentBack,
    { kind: "match" },
    { kind: "set-off", nth: 0, benefit: 1 },
    { kind: "set-off", nth: 0, benefit: 2 },
    { kind: "new-year" },
    { kind: "withdraw", benefit: 2 },
  ],
  // Set off and booked, sent back, carried over, and then withdrawn: it is free again on the line that had paid it.
  [
    { kind: "correct", dueFen: 0 },
    { kind: "decide", nth: 0, share: 100 },
    { kind: "set-off", nth: 0, benefit: 2 },
    ...sentBack,
    { kind: "new-year" },
    { kind: "withdraw", benefit: 2 },
    { kind: "name-account" },
  ],
];

const numRuns = Number(process.env.MODEL_RUNS ?? known.length + 10);

test("whatever the order of corrections, decisions, instalments and offsets: the books close to the fen, nothing is recovered twice", {
  timeout: 900_000 + numRuns * 3_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(scripts, (script) =>
      inNewWorld(async (world) => {
        for (const action of script) await tryTo(world, action);
        await checkBooks(world);
        await drain(world);
        await checkBooks(world);
        const recoveries = (await world.tx.recovery.findMany()).map(toRecovery);
        const waived = recoveries.reduce((sum, each) => {
          return each.status === "dropped" ? sum : sum + claimOf(each) - debtOf(each);
        }, 0n);
        const lines = await world.tx.budgetLine.findMany();
        expect(lines.map(({ receivableFen }) => receivableFen)).toEqual(lines.map(() => 0n));
        const recoveredFen = lines.reduce((sum, line) => sum + line.recoveredFen, 0n);
        const topUps = await world.tx.reviewFollowUp.findMany({ where: { topUpId: { not: null } } });
        const granted = await world.tx.entitlement.findMany({
          where: { id: { in: [AWARD, ...topUps.flatMap(({ topUpId }) => topUpId ?? [])] }, status: "paid" },
        });
        const kept = granted.reduce((sum, { amountFen }) => sum + amountFen, 0n) - recoveredFen;
        expect(kept, "the firm keeps what is due, and what was waived").toBe(world.corrections.dueFen + waived);
        expect(kept <= world.corrections.mostFen, "and never more than was ever due").toBe(true);
      }),
    ),
    { numRuns, endOnFailure: true, includeErrorInReport: true, examples: known.map((script) => [script]) },
  );
});
