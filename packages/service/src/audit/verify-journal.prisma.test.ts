import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { sealArchive, sealStore } from "./seal.prisma.ts";
import { GENESIS, type SealHead, sealEvents } from "./seal.ts";
import { sealJournal } from "./seal-journal.ts";
import { withTampering } from "./testing.prisma.ts";
import { describeBreak, verifyJournal } from "./verify-journal.ts";

describe("a sealed journal that somebody with every right on the database touched", () => {
  let store: Store;
  let head: SealHead;
  beforeAll(async () => {
    store = await openTestStore();
    for (let nth = 1; nth <= 5; nth += 1) {
      const at = new Date(Date.UTC(2025, 10, 3, 9, nth));
      const payload = { nth };
      await journalOn(store.prisma).append({ type: "entitlement-reminded", subject: "e1", actor: "a1", at, payload });
    }
    ({ head } = await sealJournal({
      transaction: (work) => store.prisma.$transaction((tx) => work({ seals: sealStore(tx) })),
      clock: { now: () => new Date("2025-11-04T02:00:00Z") },
    }));
  });
  afterAll(() => store.close());

  const breakAfter = (...sql: string[]) =>
    withTampering(store, sql, async (db) => (await verifyJournal(sealArchive(db), { pageSize: 2 })).firstBreak);

  test("holds while nobody touched it", async () => {
    expect(await verifyJournal(sealArchive(store.prisma), { pageSize: 2 })).toMatchObject({
      verified: true,
      sealed: 5,
      unsealed: 0,
      head,
    });
  });

  test.each([
    ["id", "'event_forged'", "event-changed"],
    ["type", "'entitlement-lapsed'", "event-changed"],
    ["subject", "'e2'", "event-changed"],
    ["actor", "'a2'", "event-changed"],
    ["at", "at + interval '1 millisecond'", "event-changed"],
    ["payload", `'{"nth": 4}'`, "event-changed"],
    ["seq", "999", "event-removed"],
  ])("is broken when an event's %s is changed", async (column, value, kind) => {
    expect(await breakAfter(`UPDATE journal_event SET ${column} = ${value} WHERE seq = 3`)).toMatchObject({
      index: 3n,
      kind,
    });
  });

  test.each([
    ["index", "index + 100", { index: 3n, kind: "seal-removed" }],
    ["event_seq", "998", { index: 3n, kind: "event-removed" }],
    ["prev_hash", "repeat('a', 64)", { index: 3n, kind: "seal-changed" }],
    ["hash", "repeat('a', 64)", { index: 3n, kind: "event-replaced" }],
    ["sealed_at", "sealed_at + interval '1 second'", { index: 3n, kind: "event-replaced" }],
  ])("is broken when a seal's %s is changed", async (column, value, expected) => {
    expect(await breakAfter(`UPDATE seal SET ${column} = ${value} WHERE index = 3`)).toMatchObject(expected);
  });

  test("every column of both tables is covered by the two tests above", async () => {
    const rows = await store.prisma.$queryRaw<{ name: string }[]>`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_name IN ('journal_event', 'seal') AND table_schema = 'public'`;
    expect(rows.map(({ name }) => name).sort()).toEqual([
      "journal_event.actor",
      "journal_event.at",
      "journal_event.id",
      "journal_event.payload",
      "journal_event.seq",
      "journal_event.subject",
      "journal_event.type",
      "seal.event_seq",
      "seal.hash",
      "seal.index",
      "seal.prev_hash",
      "seal.sealed_at",
    ]);
  });

  test("is broken when an event is deleted", async () => {
    expect(await breakAfter("DELETE FROM journal_event WHERE seq = 3")).toMatchObject({ kind: "event-removed" });
  });

  test("is broken when an event is deleted together with its seal", async () => {
    const both = ["DELETE FROM seal WHERE index = 3", "DELETE FROM journal_event WHERE seq = 3"];
    expect(await breakAfter(...both)).toMatchObject({ index: 3n, kind: "seal-removed" });
    expect(await breakAfter(...both, "UPDATE seal SET index = index - 1 WHERE index > 3")).toMatchObject({
      index: 3n,
      kind: "seal-changed",
    });
  });

  test("is broken when two events change places", async () => {
    expect(
      await breakAfter(
        "UPDATE journal_event SET seq = -2 WHERE seq = 2",
        "UPDATE journal_event SET seq = 2 WHERE seq = 4",
        "UPDATE journal_event SET seq = 4 WHERE seq = -2",
      ),
    ).toMatchObject({ index: 2n, kind: "event-replaced" });
  });

  test("is broken when two seals change places", async () => {
    expect(
      await breakAfter(
        "UPDATE seal SET index = 900 WHERE index = 2",
        "UPDATE seal SET index = 2 WHERE index = 4",
        "UPDATE seal SET index = 4 WHERE index = 900",
      ),
    ).toMatchObject({ index: 2n, kind: "seal-changed" });
  });

  test("is broken when an event is put between two others with a seal of its own", async () => {
    const forged = "VALUES (77, 'event_forged', 'entitlement-reminded', 'e1', 'a1', now(), '{}')";
    expect(
      await breakAfter(
        `INSERT INTO journal_event (seq, id, type, subject, actor, at, payload) ${forged}`,
        "UPDATE seal SET index = index + 100 WHERE index >= 3",
        "UPDATE seal SET index = index - 99 WHERE index >= 100",
        "INSERT INTO seal SELECT 3, 77, hash, repeat('b', 64), now() FROM seal WHERE index = 2",
      ),
    ).toMatchObject({ index: 3n, kind: "event-changed" });
  });

  test("counts what no seal covers apart; an event slipped in around the triggers never gets a seal", async () => {
    const slipped = "VALUES (0, 'event_0', 'entitlement-reminded', 'e1', 'a1', now(), '{}')";
    const [verdict, waiting] = await withTampering(
      store,
      [`INSERT INTO journal_event (seq, id, type, subject, actor, at, payload) ${slipped}`],
      async (db) => [await verifyJournal(sealArchive(db)), await sealStore(db).unsealed(10)],
    );
    expect(verdict).toMatchObject({ verified: true, sealed: 5, unsealed: 1, lateUnsealed: 1 });
    expect(waiting).toEqual([]);
  });

  test("cut off at its end, still looks whole, but not to someone who wrote its head down", async () => {
    const cut = ["DELETE FROM seal WHERE index = 5", "DELETE FROM journal_event WHERE seq = 5"];
    const verify = (knownHeads: SealHead[]) =>
      withTampering(store, cut, async (db) => (await verifyJournal(sealArchive(db), { knownHeads })).firstBreak);
    expect(await verify([])).toBeUndefined();
    expect(await verify([head])).toMatchObject({ index: 5n, kind: "head-missing" });
  });

  test("made anew from the first event, holds by itself, but not against a head written down", async () => {
    const firstBreak = await withTampering(
      store,
      ["DELETE FROM seal", "UPDATE journal_event SET actor = 'a9', id = 'event_forged' WHERE seq = 1"],
      async (db) => {
        const events = await db.journalEvent.findMany({ orderBy: { seq: "asc" } });
        await db.seal.createMany({ data: sealEvents(GENESIS, events, new Date("2025-11-04T02:00:00Z")) });
        return (await verifyJournal(sealArchive(db), { knownHeads: [head] })).firstBreak;
      },
    );
    expect(firstBreak).toMatchObject({ index: 5n, kind: "head-missing" });
  });

  test("names the break in a sentence", () => {
    expect(describeBreak({ index: 3n, kind: "event-removed" }).en).toBe("Seal 3: the sealed event is gone.");
  });
});
