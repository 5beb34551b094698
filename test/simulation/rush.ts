// The same work by many sessions at the same moment, on the server of APPLY_FREE_TEST_SERVER: `rush.ts <rounds>`.
// The outcome is one line of JSON.
import { setTimeout as sleep } from "node:timers/promises";
import { booksOn } from "../../packages/service/src/audit/books.prisma.ts";
import { makeOffers, type Offer } from "../../packages/service/src/budget/testing.prisma.ts";
import { confirmBenefits } from "../../packages/service/src/confirmation/confirm-benefits.ts";
import { addDays, dayOf } from "../../packages/service/src/kernel/day.ts";
import { DomainError } from "../../packages/service/src/kernel/errors.ts";
import { approveBatch } from "../../packages/service/src/payment/approve-batch.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";
import { draftBatch } from "../../packages/service/src/payment/draft-batch.ts";
import { preparePayment } from "../../packages/service/src/payment/prepare-payment.ts";
import { collectBankReports } from "../../packages/service/src/payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../../packages/service/src/payment/send-batch.ts";
import { fundTestLine, moneyDeps } from "../../packages/service/src/payment/testing.prisma.ts";
import { memoryBank } from "../../packages/service/src/payment/testing-bank.ts";
import { openTestStore } from "../../packages/service/src/platform/testing.prisma.ts";
import { transactionOn } from "./world.ts";

const [FIRMS, SERVED, SESSIONS] = [10, 6, 4];
const AMOUNT = 100n;
const rounds = Number(process.argv[2]);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error("rush.ts <rounds>: a whole number");
if (!process.env.APPLY_FREE_TEST_SERVER) throw new Error("rush.ts needs a server: one connection has no races");

const store = await openTestStore();
const { clock } = moneyDeps(store);
const deps = { clock, transaction: transactionOn(store) };
const books = memoryBank(() => "fine");
const queryOnly = onlyAnsweringQueries(books);

/** What a session may be told when another was quicker. */
const overtaken = new Set(["changed-meanwhile", "entitlement-not-open", "batch-not-open", "payment-not-open"]);

/** All at once; being too late is no mistake, any other refusal is. */
async function atOnce(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work.map((each) => each()))) {
    if (outcome.status === "fulfilled") continue;
    if (!(outcome.reason instanceof DomainError && overtaken.has(outcome.reason.code))) throw outcome.reason;
  }
}

const sessions = (work: () => Promise<unknown>) => atOnce(Array.from({ length: SESSIONS }, () => work));

async function oneRound(nth: number): Promise<void> {
  const bank = nth % 2 === 0 ? books : queryOnly.bank;
  const line = `rush-${nth}`;
  await fundTestLine(moneyDeps(store), line, AMOUNT * BigInt(SERVED), `4100000008${String(nth).padStart(4, "0")}`);
  const terms = { series: 300 + nth, count: FIRMS, amountFen: AMOUNT, line, at: clock.now() };
  const offers = await makeOffers(store, terms);
  // Each firm in two windows at once.
  await atOnce(offers.flatMap((offer) => ["one", "two"].map((window) => () => agree(offer, window))));
  const agreed = await store.prisma.entitlement.findMany({ where: { budgetLine: line, status: "confirmed" } });
  await checkLaws();
  if (agreed.length !== SERVED) throw new Error(`a fund for ${SERVED} serves ${agreed.length}`);
  await atOnce(agreed.flatMap(({ id }) => [1, 2].map(() => () => preparePayment(deps, { entitlementId: id }))));
  await sessions(() => draftBatch(deps, { maker: "maker" }));
  for (const { id: batchId, sha256 } of await store.prisma.paymentBatch.findMany({ where: { status: "drafted" } })) {
    await sessions(() => approveBatch(deps, { batchId, checker: "checker", sha256 }));
  }
  await sessions(() => sendApprovedBatches({ ...deps, bank }));
  await sendApprovedBatches({ ...deps, bank }); // whoever was in doubt asks again
  books.closeDay(dayOf(clock.now()));
  await sessions(() => collectBankReports({ ...deps, bank }));
  await checkLaws();
  const paid = await store.prisma.entitlement.count({ where: { budgetLine: line, status: "paid" } });
  if (paid !== SERVED) throw new Error(`${paid} of ${SERVED} are paid`);
  clock.moveTo(new Date(`${addDays(dayOf(clock.now()), 1)}T10:00:00+08:00`));
}

function agree({ firmCode, entitlementId }: Offer, window: string): Promise<unknown> {
  const chosen = [{ entitlementId, amountFenSeen: String(AMOUNT) }];
  return confirmBenefits(deps, { firmCode, actor: "firm", requestKey: `${entitlementId} ${window}`, chosen });
}

/** Each of these happens once to what it happens to. */
const once = [
  "entitlement-confirmed",
  "payment-prepared",
  "batch-approved",
  "batch-sent",
  "payment-settled",
  "batch-closed",
];

async function checkLaws(): Promise<void> {
  for (const [endToEndId, times] of books.paid())
    if (times > 1) throw new Error(`${endToEndId} is paid ${times} times`);
  const [again] = queryOnly.givenAgain;
  if (again) throw new Error(`${again} is given again to a bank that does not recognise it`);
  const [twice] = await store.prisma.$queryRaw<{ type: string; subject: string }[]>`
    SELECT type, subject FROM journal_event WHERE type = ANY(${once}::text[])
    GROUP BY type, subject HAVING count(*) > 1 ORDER BY type, subject LIMIT 1`;
  if (twice) throw new Error(`the journal says twice that ${twice.type} happened to ${twice.subject}`);
  const differences = await booksOn(store.prisma).differences();
  if (differences.length > 0) throw new Error(`the books differ: ${JSON.stringify(differences)}`);
}

/**
 * The same bank without its memory for messages: one that is given again would be paid again. An order is on its
 * way until another session has asked about it, so that there is always one who asks too early.
 */
function onlyAnsweringQueries(bank: Bank): Readonly<{ bank: Bank; givenAgain: ReadonlySet<string> }> {
  const [given, givenAgain] = [new Set<string>(), new Set<string>()];
  let asked = Promise.withResolvers<void>();
  return {
    givenAgain,
    bank: {
      ...bank,
      declares: { deduplicates: false, queries: true },
      async submit(messageId, file) {
        if (given.size === given.add(messageId).size) givenAgain.add(messageId);
        await Promise.race([asked.promise, sleep(2_000)]);
        asked = Promise.withResolvers<void>();
        return bank.submit(messageId, file);
      },
      async query(messageId) {
        const answer = await bank.query(messageId);
        asked.resolve();
        return answer;
      },
    },
  };
}

try {
  for (let nth = 0; nth < rounds; nth += 1) await oneRound(nth);
  process.stdout.write(`${JSON.stringify({ outcome: "whole", rounds })}\n`);
} catch (cause) {
  process.stdout.write(`${JSON.stringify({ outcome: "broken", law: String(cause) })}\n`);
}
await store.close();
