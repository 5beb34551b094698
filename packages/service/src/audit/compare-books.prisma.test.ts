import { afterAll, beforeAll, expect, test } from "vitest";
import type { Offer } from "../budget/testing.prisma.ts";
import { approveBatch } from "../payment/approve-batch.ts";
import { draftBatch } from "../payment/draft-batch.ts";
import { sendApprovedBatches } from "../payment/send-batch.ts";
import { fundTestLine, type MoneyDeps, moneyStores } from "../payment/testing.prisma.ts";
import { openTown, type Town } from "../payment/testing-town.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { booksOn } from "./books.prisma.ts";
import { type CompareDeps, compareBooks, resumePayments } from "./compare-books.ts";

let town: Town;
let deps: MoneyDeps & CompareDeps;
let waiting: Offer[];
let drafted: string;

beforeAll(async () => {
  const store = await openTestStore();
  town = await openTown(store);
  deps = {
    clock: town.deps.clock,
    transaction: (work) => store.prisma.$transaction((tx) => work({ ...moneyStores(tx), books: booksOn(tx) })),
  };
  await fundTestLine(deps, "stop-line", 1_000n, "41000000000077");
  const sent = await town.agreed("stop-line", 1, 100n);
  await town.prepare(sent);
  await town.draftApproveSend();
  await town.bankDay();
  waiting = await town.agreed("stop-line", 1, 100n);
  await town.prepare(waiting);
  drafted = (await draftBatch(deps, { maker: "maker" })).batchId!;
});
afterAll(async () => {
  await town.close();
  await town.store.close();
});

/** What a dishonest administrator could do: triggers off, and a balance moved by hand. */
const tamper = (by: number) =>
  town.store.prisma.$transaction(async (tx) => {
    await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
    await tx.$executeRawUnsafe(
      `UPDATE budget_line SET available_fen = available_fen - ${by}, reserved_fen = reserved_fen + ${by} WHERE id = 'stop-line'`,
    );
  });
const refused = { code: "payments-stopped" };
const eventsOf = (type: string) => town.store.prisma.journalEvent.count({ where: { type } });
const approve = async () => {
  const { sha256 } = await town.store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: drafted } });
  return approveBatch(deps, { batchId: drafted, checker: "checker", sha256 });
};

test("books that agree stop nothing", async () => {
  expect(await compareBooks(deps)).toBe(0);
  expect(await town.store.prisma.paymentStop.count()).toBe(0);
});

test("one fen of difference stops drafting, approving and sending, and what is at the bank still comes to its end", async () => {
  await tamper(1);
  expect(await compareBooks(deps)).toBeGreaterThan(0);
  await expect(draftBatch(deps, { maker: "maker" })).rejects.toMatchObject(refused);
  await expect(approve()).rejects.toMatchObject(refused);
  await expect(sendApprovedBatches({ ...deps, bank: town.bank })).rejects.toMatchObject(refused);
  town.at("2025-11-04T18:30");
  expect(await town.bankDay()).toMatchObject({ settled: 1 });
});

test("a second comparison adds no second stop", async () => {
  expect(await compareBooks(deps)).toBeGreaterThan(0);
  expect(await town.store.prisma.paymentStop.count()).toBe(1);
  expect(await eventsOf("payments-stopped")).toBe(1);
});

test.each([
  [
    "approve a batch",
    `UPDATE payment_batch SET status = 'approved', checker = 'x', approved_at = now() WHERE status = 'drafted'`,
  ],
  [
    "draft a batch",
    `INSERT INTO payment_batch (id, message_id, status, maker, count, total_fen, sha256, file, drafted_at)
    VALUES ('b', 'b', 'drafted', 'm', 1, 1, 'x', 'x', now())`,
  ],
  [
    "lift the stop as the system",
    "UPDATE payment_stop SET lifted_by = 'system:audit', lifted_at = now(), reason = 'x'",
  ],
  ["forget the cause", "UPDATE payment_stop SET causes = '[1]'"],
  ["remove the stop", "DELETE FROM payment_stop"],
])("raw SQL cannot %s meanwhile", async (_, sql) => {
  await expect(town.store.prisma.$executeRawUnsafe(sql)).rejects.toThrow();
});

test("payment goes on only when the books agree again and a person says why", async () => {
  const resume = (reason: string) => resumePayments(deps, { actor: "checker", reason });
  await expect(resume("余额被人改动")).rejects.toMatchObject({ code: "books-differ" });
  await tamper(-1);
  expect(await compareBooks(deps), "agreeing again is not enough").toBe(0);
  await expect(approve()).rejects.toMatchObject(refused);
  await expect(resume("  ")).rejects.toMatchObject({ code: "bad-input" });
  await resume("余额被人改动，已改回并报告");
  await resume("再说一次");
  expect(await eventsOf("payments-resumed")).toBe(1);
  await approve();
  await sendApprovedBatches({ ...deps, bank: town.bank });
  await town.bankDay();
  town.at("2025-11-05T18:30");
  expect(await town.bankDay()).toMatchObject({ settled: 1 });
  expect(await compareBooks(deps)).toBe(0);
});
