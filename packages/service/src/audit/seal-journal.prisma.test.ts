import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { sealArchive, sealStore } from "./seal.prisma.ts";
import { sealJournal } from "./seal-journal.ts";
import { verifyJournal } from "./verify-journal.ts";

describe("sealing", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());

  const clock = new SettableClock(new Date("2025-11-04T02:00:00Z"));
  const seal = (pageSize = 2_000) =>
    sealJournal({
      transaction: (work) => store.prisma.$transaction((tx) => work({ seals: sealStore(tx) })),
      clock,
      pageSize,
    });
  const append = (nth: number) =>
    journalOn(store.prisma).append({
      type: "receipt-confirmed",
      subject: `entitlement_${nth}`,
      actor: "account_1",
      at: new Date(Date.UTC(2025, 10, 3, 9, 0, 0, nth)),
      payload: { paymentId: `payment_${nth}` },
    });
  const indexes = async () =>
    (await store.prisma.seal.findMany({ orderBy: { index: "asc" } })).map(({ index }) => Number(index));

  test("an empty journal has an empty chain that holds", async () => {
    expect(await seal()).toMatchObject({ sealed: 0, head: { index: 0n } });
    expect(await verifyJournal(sealArchive(store.prisma))).toMatchObject({ verified: true, sealed: 0, unsealed: 0 });
  });

  test("every event gets a place, in order and without a gap, across pages", async () => {
    for (let nth = 1; nth <= 7; nth += 1) await append(nth);
    expect(await seal(3)).toMatchObject({ sealed: 7, head: { index: 7n } });
    expect(await indexes()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("sealing again seals nothing twice", async () => {
    expect(await seal()).toMatchObject({ sealed: 0, head: { index: 7n } });
  });

  test("an event that was committed late gets the next index, although its seq is older", async () => {
    await store.prisma.$executeRaw`SELECT setval(pg_get_serial_sequence('journal_event', 'seq'), 100)`;
    await append(101);
    await seal();
    const late = { subject: "entitlement_late", actor: "account_1", at: clock.now() };
    await store.prisma.journalEvent.create({
      data: { seq: 50n, id: "event_late", type: "receipt-confirmed", ...late, payload: {} },
    });
    expect(await verifyJournal(sealArchive(store.prisma))).toMatchObject({ unsealed: 1, lateUnsealed: 1 });
    await seal();
    expect(await store.prisma.seal.findUnique({ where: { eventSeq: 50n } })).toMatchObject({ index: 9n });
  });

  test("several sealers at once make one chain with one seal for each event", async () => {
    for (let nth = 200; nth < 300; nth += 1) await append(nth);
    const results = await Promise.all([seal(7), seal(11), seal(13)]);
    expect(results.reduce((sum, { sealed }) => sum + sealed, 0)).toBe(100);
    const all = await indexes();
    expect(all).toEqual(all.map((_, place) => place + 1));
    expect(await verifyJournal(sealArchive(store.prisma))).toMatchObject({ verified: true, sealed: 109, unsealed: 0 });
  });
});
