import { afterAll, beforeAll, expect, test } from "vitest";
import type { DomainEvent } from "../kernel/event.ts";
import { journalOn, toRecordedEvent } from "./journal.prisma.ts";
import type { Store } from "./store.prisma.ts";
import { openTestStore } from "./testing.prisma.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const event = (subject: string): DomainEvent => ({
  type: "entitlement-reminded",
  subject,
  actor: "system:reminders",
  at: new Date("2025-11-03T02:00:00.123Z"),
  payload: { nth: 1 },
});

const append = (...events: readonly DomainEvent[]) =>
  store.prisma.$transaction(async (tx) => {
    for (const each of events) await journalOn(tx).append(each);
  });

const written = async (subject: string) =>
  (await store.prisma.journalEvent.findMany({ where: { subject }, orderBy: { seq: "asc" } })).map(toRecordedEvent);

test("an event is read back as it was written", async () => {
  await append(event("entitlement_1"));
  expect(await written("entitlement_1")).toEqual([
    { ...event("entitlement_1"), seq: expect.any(BigInt), id: expect.stringMatching(/^event_/) },
  ]);
});

test("the same event is written once: a repeated step is refused by its id", async () => {
  await append(event("entitlement_2"));
  await expect(append(event("entitlement_2"))).rejects.toMatchObject({ code: "P2002" });
  expect(await written("entitlement_2")).toHaveLength(1);
});

test("an event of a transaction that failed was never written", async () => {
  const work = store.prisma.$transaction(async (tx) => {
    await journalOn(tx).append(event("entitlement_3"));
    throw new Error("the change failed");
  });
  await expect(work).rejects.toThrow("the change failed");
  expect(await written("entitlement_3")).toEqual([]);
});

test("events of one transaction keep their order", async () => {
  await append(event("a"), event("b"), event("c"));
  const rows = await store.prisma.journalEvent.findMany({
    where: { subject: { in: ["a", "b", "c"] } },
    orderBy: { seq: "asc" },
  });
  expect(rows.map(({ subject }) => subject)).toEqual(["a", "b", "c"]);
});
