import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreeToAll, makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { type StatementEntryText, writeCamt053, writePain002 } from "../demo/simulated-bank-reports.ts";
import { SettableClock } from "../kernel/clock.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { draftBatch } from "./draft-batch.ts";
import { endToEndIdOf } from "./payment.ts";
import { preparePayment } from "./prepare-payment.ts";
import { type Received, receiveBankFile } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { fundTestLine, moneyDeps, moneyStores } from "./testing.prisma.ts";
import { memoryBank } from "./testing-bank.ts";

const LINE = "order-line";
const PAYER = "41000000000001";
const [day1, day2] = ["2025-11-04", "2025-11-05"].map((text) => parseDay(text) as Day);
let store: Store;
let offers: Offer[];
let messageId: string;

/** Six payments at the bank: two will be paid, two returned, two rejected. */
beforeAll(async () => {
  store = await openTestStore();
  const deps = moneyDeps(store);
  await fundTestLine(deps, LINE, 1_000n, PAYER);
  offers = await makeOffers(store, { series: 950, count: 6, amountFen: 100n, line: LINE, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  for (const { entitlementId } of offers) await preparePayment(deps, { entitlementId });
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const { sha256: seen, messageId: id } = await store.prisma.paymentBatch.findUniqueOrThrow({
    where: { id: batchId! },
  });
  messageId = id;
  await approveBatch(deps, { batchId: batchId!, checker: "checker", sha256: seen });
  await sendApprovedBatches({ ...deps, bank: memoryBank(() => "fine") });
});
afterAll(() => store.close());

const endToEnd = (nth: number) => endToEndIdOf(offers[nth]!.entitlementId, 1);
const debit = (nth: number, more: Partial<StatementEntryText> = {}): StatementEntryText => ({
  ...{ reference: `D${nth}`, endToEndId: endToEnd(nth), direction: "debit", amountFen: 100n },
  ...more,
});
const credit = (nth: number, more: Partial<StatementEntryText> = {}): StatementEntryText => ({
  ...debit(nth, { reference: `C${nth}`, direction: "credit", reasonCode: "BE01" }),
  ...more,
});
const bytes = (xml: string) => new TextEncoder().encode(xml);
const statementOf = (id: string, day: Day | undefined, entries: StatementEntryText[], accountNo = PAYER) =>
  bytes(writeCamt053(id, day!, new Date(0), [{ id, accountNo, openingFen: 10_000n, entries }]));
const answerOf = (id: string, statuses: Readonly<Record<number, "ACCP" | "RJCT">>) =>
  bytes(
    writePain002({
      ...{ messageId: id, originalMessageId: messageId, at: new Date(0), whole: "PART", originalCount: 6 },
      payments: Object.entries(statuses).map(([nth, status]) => ({
        ...{ groupId: "G", endToEndId: endToEnd(Number(nth)), status },
        ...(status === "RJCT" && { reasonCode: "AC01" }),
      })),
    }),
  );

/** Feeds files to the system, looks at it, and takes everything back. */
async function endOf(files: readonly Uint8Array[], look?: (tx: Tx) => Promise<void>) {
  let seen: Readonly<{ state: Awaited<ReturnType<typeof stateOf>>; received: Received[] }> | undefined;
  const over = new Error("take it back");
  await store.prisma
    .$transaction(
      async (tx) => {
        const clock = new SettableClock(new Date("2025-11-06T09:00:00+08:00"));
        const received: Received[] = [];
        for (const file of files) {
          received.push(await receiveBankFile({ clock, transaction: (work) => work(moneyStores(tx)) }, file));
        }
        await look?.(tx);
        seen = { state: await stateOf(tx), received };
        throw over;
      },
      { timeout: 60_000 },
    )
    .catch((cause: unknown) => {
      if (cause !== over) throw cause;
    });
  return seen!;
}

async function stateOf(tx: Tx) {
  const payments = await tx.payment.findMany({ where: { budgetLine: LINE }, orderBy: { endToEndId: "asc" } });
  const entitlements = await tx.entitlement.findMany({ where: { budgetLine: LINE }, orderBy: { id: "asc" } });
  const lines = await tx.statementLine.findMany({ orderBy: { reference: "asc" } });
  const { title, ...line } = await tx.budgetLine.findUniqueOrThrow({ where: { id: LINE } });
  return {
    payments: payments.map(({ status, reasonCode, settledOn }) => [status, reasonCode, settledOn?.toISOString()]),
    entitlements: entitlements.map(({ status }) => status),
    lines: lines.map(({ reference, result }) => [reference, result]),
    line,
    batch: (await tx.paymentBatch.findUniqueOrThrow({ where: { messageId } })).status,
  };
}

describe("the bank's files", () => {
  test("give the same end in any order, however often they come", { timeout: 120_000 }, async () => {
    const files = [
      answerOf("R1", { 0: "ACCP", 1: "ACCP", 2: "ACCP", 3: "ACCP", 4: "RJCT", 5: "RJCT" }),
      answerOf("R2", { 4: "RJCT" }),
      statementOf("S1", day1, [debit(0), debit(2), debit(3)]),
      statementOf("S2", day1, [debit(1)]),
      statementOf("S3", day2, [credit(2)]),
      statementOf("S4", day2, [credit(3)]),
      statementOf("S5", day1, [debit(0), debit(1)]), // the same lines in other files
      statementOf("S6", day2, [credit(2), credit(3)]),
    ];
    const { state: expected } = await endOf(files);
    expect(expected.payments.map(([status]) => status).sort()).toEqual([
      "rejected",
      "rejected",
      "returned",
      "returned",
      "settled",
      "settled",
    ]);
    expect(expected.line).toMatchObject({
      availableFen: 400n,
      reservedFen: 200n,
      returnedFen: 200n,
      inTransitFen: 0n,
      paidFen: 200n,
    });
    expect(expected.batch).toBe("closed");
    const places = files.map((_, nth) => nth);
    const order = fc.tuple(
      fc.shuffledSubarray(places, { minLength: files.length }),
      fc.array(fc.constantFrom(...places), { maxLength: 4 }),
    );
    const inOrder = (nths: readonly number[]) => endOf(nths.map((nth) => files[nth]!));
    await fc.assert(
      fc.asyncProperty(order, async ([all, again]) => {
        expect((await inOrder([...all, ...again])).state).toEqual(expected);
        expect((await inOrder([...again, ...all])).state).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test("are kept byte by byte as received, but for a byte order mark", async () => {
    const plain = statementOf("S1", day1, [debit(0)]);
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...plain]);
    const { received } = await endOf([marked], async (tx) => {
      const { content, sha256: stored } = await tx.bankFile.findFirstOrThrow({ where: { kind: "camt.053" } });
      expect(sha256(content)).toBe(stored);
    });
    expect(received).toMatchObject([{ settled: 1 }]);
  });

  test("that come twice are dealt with once", async () => {
    const file = statementOf("S1", day1, [debit(0)]);
    const { received } = await endOf([file, file]);
    expect(received.map(({ settled }) => settled)).toEqual([1, 0]);
  });
});

describe("set aside, and no balance moves:", () => {
  test.each([
    ["an amount that is not ours", () => [statementOf("S", day1, [debit(0, { amountFen: 101n })])]],
    ["a foreign currency", () => [statementOf("S", day1, [debit(0, { currency: "USD" })])]],
    ["another account", () => [statementOf("S", day1, [debit(0)], "41000000000099")]],
    [
      "a line without an end-to-end id",
      () => {
        const { endToEndId: _, ...bare } = debit(0);
        return [statementOf("S", day1, [bare])];
      },
    ],
    ["an end-to-end id that nobody knows", () => [statementOf("S", day1, [debit(0, { endToEndId: "AFX-1" })])]],
  ])("%s", async (_, files) => {
    const { state: before } = await endOf([]);
    const { state, received } = await endOf(files());
    expect(received).toMatchObject([{ settled: 0, returned: 0, suspended: 1 }]);
    expect(state.lines).toEqual([["D0", "suspense"]]);
    expect({ ...state, lines: [] }).toEqual(before);
  });

  test("a second debit of the same payment under another reference", async () => {
    const { state, received } = await endOf([statementOf("S", day1, [debit(0), debit(0, { reference: "D0b" })])]);
    expect(received).toMatchObject([{ settled: 1, suspended: 1 }]);
    expect(state.line.paidFen).toBe(100n);
  });

  test("a debit of what the bank had rejected, and a return of what it never debited", async () => {
    const { state, received } = await endOf([
      answerOf("R", { 0: "RJCT" }),
      statementOf("S", day1, [debit(0), credit(0)]),
    ]);
    expect(received).toMatchObject([{ rejected: 1 }, { suspended: 2 }]);
    expect(state.line).toMatchObject({ reservedFen: 100n, paidFen: 0n });
  });

  test("a rejection of what the statement shows as paid", async () => {
    const { state, received } = await endOf([statementOf("S", day1, [debit(0)]), answerOf("R", { 0: "RJCT" })]);
    expect(received).toMatchObject([{ settled: 1 }, { rejected: 0, suspended: 1 }]);
    expect(state.line.paidFen).toBe(100n);
  });
});

describe("refused whole:", () => {
  test.each([
    ["an answer to a message that we never sent", () => answerOf("R", { 0: "ACCP" }), "AF20990101-0000000000000000"],
  ])("%s", async (_, file, other) => {
    const foreign = bytes(new TextDecoder().decode(file()).replace(messageId, other));
    await expect(endOf([foreign])).rejects.toMatchObject({ code: "bank-file-invalid" });
  });
});
