import { afterAll, beforeAll, expect, test } from "vitest";
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
import { type MemoryBank, memoryBank } from "./testing-bank.ts";
import { cutAfter, cutBank, cutTransaction } from "./testing-crash.ts";

let store: Store;
let deps: MoneyDeps;
let series = 500;
beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
});
afterAll(() => store.close());

/** Three firms of one line whose batch is approved: one is paid, one returned, one rejected. */
async function approved(line: string): Promise<Readonly<{ offers: Offer[]; bank: MemoryBank }>> {
  series += 1;
  const offers = await makeOffers(store, { series, count: 3, amountFen: 100n, line, at: deps.clock.now() });
  await agreeToAll(store, offers, deps.clock.now());
  for (const { entitlementId } of offers) await preparePayment(deps, { entitlementId });
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batchId!, checker: "checker", sha256 });
  const natures = new Map(
    offers.map(({ accountNo }, nth) => [accountNo, (["fine", "other-name", "unknown"] as const)[nth]]),
  );
  return { offers, bank: memoryBank(({ creditorAccount }) => natures.get(creditorAccount) ?? "unknown") };
}

const statuses = async (offers: readonly Offer[]) => {
  const rows = await store.prisma.payment.findMany({
    where: { entitlementId: { in: offers.map(({ entitlementId }) => entitlementId) } },
  });
  return offers.map(({ entitlementId }) => rows.find((row) => row.entitlementId === entitlementId)?.status);
};
const journalTypes = async (offers: readonly Offer[]) => {
  const rows = await store.prisma.payment.findMany({
    where: { entitlementId: { in: offers.map(({ entitlementId }) => entitlementId) } },
  });
  const subjects = [...rows.map(({ id }) => id), ...rows.map(({ batchId }) => batchId ?? "")];
  const events = await store.prisma.journalEvent.findMany({ where: { subject: { in: subjects } } });
  return events.map(({ type }) => type).sort();
};

/** Runs work with a cut at step 0, 1, 2 … until it survives; after each cut the machine is started again. */
async function atEveryStep(
  prepare: (line: string) => Promise<Readonly<{ offers: Offer[]; bank: MemoryBank }>>,
  work: (deps: MoneyDeps, bank: MemoryBank) => Promise<unknown>,
  look: (line: string, offers: readonly Offer[], bank: MemoryBank) => Promise<void>,
): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const line = `crash-${series}`;
    await fundTestLine(deps, line, 1_000n, `4100000001${String(series).padStart(4, "0")}`);
    const { offers, bank } = await prepare(line);
    const { step, survived } = cutAfter(steps);
    const cut = { clock: deps.clock, transaction: cutTransaction(deps.transaction, step) } as MoneyDeps;
    const finished = await survived(() => work(cut, { ...bank, ...cutBank(bank, step) }));
    if (!finished) await work(deps, bank);
    await look(line, offers, bank);
    if (finished) return steps;
  }
}

test("an answer that the bank loses is asked for again after a day", async () => {
  const line = `crash-${series}`;
  await fundTestLine(deps, line, 1_000n, "41000000029997");
  const { bank, offers } = await approved(line);
  await sendApprovedBatches({ ...deps, bank });
  for (const { name } of await bank.reports()) await bank.acknowledge(name); // lost on its way
  deps.clock.moveTo(new Date(deps.clock.now().getTime() + 23 * 3_600_000));
  await sendApprovedBatches({ ...deps, bank });
  expect(await bank.reports()).toHaveLength(0);
  deps.clock.moveTo(new Date(deps.clock.now().getTime() + 2 * 3_600_000));
  await sendApprovedBatches({ ...deps, bank });
  expect(await collectBankReports({ ...deps, bank })).toMatchObject({ files: 1, accepted: 2, rejected: 1 });
  expect(await statuses(offers)).toEqual(["accepted", "accepted", "rejected"]);
  expect(bank.messages.size).toBe(1);
});

test("a power cut at any step of sending: the bank has the order once, and we know it", {
  timeout: 240_000,
}, async () => {
  const steps = await atEveryStep(
    approved,
    (running, bank) =>
      sendApprovedBatches({
        ...running,
        bank,
        onDoubt: (_, cause) => {
          throw cause; // a cut is no doubt about the bank: the machine stands still
        },
      }),
    async (line, offers, bank) => {
      expect(bank.messages.size).toBe(1);
      expect(await statuses(offers)).toEqual(["submitted", "submitted", "submitted"]);
      expect(await balancesOf(deps, line)).toEqual([1_000n, 700n, 0n, 300n, 0n]);
      const prepared = ["payment-prepared", "payment-prepared", "payment-prepared"];
      expect(await journalTypes(offers)).toEqual(["batch-approved", "batch-drafted", "batch-sent", ...prepared]);
    },
  );
  expect(steps).toBeGreaterThan(15);
});

test("a lost reply leaves the batch in doubt; the next run asks and does not send again", async () => {
  const line = `crash-${series}`;
  await fundTestLine(deps, line, 1_000n, "41000000029999");
  const { bank, offers } = await approved(line);
  let submitted = 0;
  const losing = {
    ...bank,
    async submit(id: string, file: string): Promise<"taken"> {
      submitted += 1;
      await bank.submit(id, file);
      throw new Error("connection reset");
    },
  };
  const doubts: string[] = [];
  const onDoubt = (id: string) => void doubts.push(id);
  expect(await sendApprovedBatches({ ...deps, bank: losing, onDoubt })).toEqual({ sent: 0, inDoubt: 1 });
  expect(doubts).toEqual([...bank.messages.keys()]);
  expect(await balancesOf(deps, line)).toEqual([1_000n, 700n, 0n, 300n, 0n]);
  expect(await sendApprovedBatches({ ...deps, bank: losing, onDoubt })).toEqual({ sent: 1, inDoubt: 0 });
  expect(submitted).toBe(1);
  expect(await statuses(offers)).toEqual(["submitted", "submitted", "submitted"]);
});

test("an order that never arrived is given again: the same bytes under the same id", async () => {
  const line = `crash-${series}`;
  await fundTestLine(deps, line, 1_000n, "41000000029998");
  const { bank } = await approved(line);
  const attempts: [string, string][] = [];
  const broken = (fail: boolean) => ({
    ...bank,
    submit(id: string, file: string) {
      attempts.push([id, file]);
      return fail ? Promise.reject(new Error("no route to host")) : bank.submit(id, file);
    },
  });
  expect(await sendApprovedBatches({ ...deps, bank: broken(true) })).toEqual({ sent: 0, inDoubt: 1 });
  expect(await sendApprovedBatches({ ...deps, bank: broken(true) })).toEqual({ sent: 0, inDoubt: 1 });
  expect(await sendApprovedBatches({ ...deps, bank: broken(false) })).toEqual({ sent: 1, inDoubt: 0 });
  expect(attempts).toHaveLength(3);
  expect(new Set(attempts.map((attempt) => attempt.join()))).toHaveProperty("size", 1);
});

test("a bank that may pay twice for one message is asked, and never given it again", async () => {
  const line = `crash-${series}`;
  await fundTestLine(deps, line, 1_000n, "41000000029997");
  const { bank } = await approved(line);
  let submitted = 0;
  const forgetful = {
    ...bank,
    declares: { deduplicates: false, queries: true },
    submit() {
      submitted += 1;
      return Promise.reject(new Error("connection reset"));
    },
  };
  expect(await sendApprovedBatches({ ...deps, bank: forgetful })).toEqual({ sent: 0, inDoubt: 1 });
  expect(await sendApprovedBatches({ ...deps, bank: forgetful })).toEqual({ sent: 0, inDoubt: 1 });
  expect(submitted).toBe(1);
  await sendApprovedBatches({ ...deps, bank });
});

test("a power cut at any step of reconciling: every line is booked once", { timeout: 480_000 }, async () => {
  const steps = await atEveryStep(
    async (line) => {
      const { offers, bank } = await approved(line);
      await sendApprovedBatches({ ...deps, bank });
      bank.closeDay(parseDay("2025-11-04")!);
      bank.closeDay(parseDay("2025-11-05")!);
      return { offers, bank };
    },
    (running, bank) => collectBankReports({ ...running, bank }),
    async (line, offers, bank) => {
      expect(await bank.reports()).toEqual([]);
      expect(await statuses(offers)).toEqual(["settled", "returned", "rejected"]);
      expect(await balancesOf(deps, line)).toEqual([1_000n, 700n, 100n, 0n, 100n]);
      const types = await journalTypes(offers);
      for (const [type, times] of [
        ["payment-settled", 2],
        ["payment-returned", 1],
        ["payment-rejected", 1],
        ["batch-answered", 1],
        ["batch-closed", 1],
      ] as const) {
        expect(
          types.filter((each) => each === type),
          type,
        ).toHaveLength(times);
      }
    },
  );
  expect(steps).toBeGreaterThan(25);
});
