import { afterAll, beforeEach, expect, test } from "vitest";
import { SettableClock } from "./kernel/clock.ts";
import type { Transaction } from "./kernel/transaction.ts";
import { flowSteps } from "./platform/flow-step.prisma.ts";
import { journalOn } from "./platform/journal.prisma.ts";
import type { Store, Tx } from "./platform/store.prisma.ts";
import { openTestStore } from "./platform/testing.prisma.ts";
import { type Flow, runFlow } from "./run-flow.ts";

type Stores = { db: Tx; flowSteps: ReturnType<typeof flowSteps> };

let store: Store;
let clock: SettableClock;
beforeEach(async () => {
  await store?.close();
  store = await openTestStore();
  clock = new SettableClock(new Date("2025-11-04T10:00:00+08:00"));
});
afterAll(() => store.close());

const transaction: Transaction<Stores> = (work) =>
  store.prisma.$transaction((tx) => work({ db: tx, flowSteps: flowSteps(tx) }));

function append(subject: string) {
  const event = {
    type: "receipt-confirmed",
    subject,
    actor: "firm",
    at: clock.now(),
    payload: { paymentId: "p" },
  } as const;
  return store.prisma.$transaction((tx) => journalOn(tx).append(event));
}

/** A step whose work is a row, so that its transaction can be observed. */
function writing(name: string, failures = 0): Flow<Stores> {
  let left = failures;
  return {
    "receipt-confirmed": [
      {
        name,
        run: (deps, { subject }) =>
          deps.transaction(async ({ db }) => {
            await db.setting.create({ data: { key: `${name}:${subject}`, value: 1 } });
            if (left-- > 0) throw new Error("not this time");
          }),
      },
    ],
  };
}

const rows = () => store.prisma.setting.count();

test("an event meets its step once, however often the flow runs", async () => {
  await append("entitlement_A");
  const flow = writing("publish");
  expect(await runFlow({ transaction, clock, flow })).toBe(1);
  expect(await runFlow({ transaction, clock, flow })).toBe(0);
  expect(await rows()).toBe(1);
});

test("two runners at once do each step once", async () => {
  for (const n of [1, 2, 3, 4, 5]) await append(`entitlement_${n}`);
  const flow = writing("publish");
  const [one, two] = await Promise.all([runFlow({ transaction, clock, flow }), runFlow({ transaction, clock, flow })]);
  expect(one + two).toBe(5);
  expect(await rows()).toBe(5);
});

test("a step that fails leaves nothing behind, stops nobody, and succeeds later", async () => {
  await append("entitlement_A");
  await append("entitlement_B");
  const flow = writing("publish", 1);
  expect(await runFlow({ transaction, clock, flow })).toBe(1);
  expect(await rows()).toBe(1);
  expect(await runFlow({ transaction, clock, flow })).toBe(0); // waits before it tries again
  clock.moveTo(new Date(clock.now().getTime() + 2 * 60_000));
  expect(await runFlow({ transaction, clock, flow })).toBe(1);
  expect(await rows()).toBe(2);
});

test("a step added later deals with the events of before", async () => {
  await append("entitlement_A");
  await runFlow({ transaction, clock, flow: writing("first") });
  expect(await runFlow({ transaction, clock, flow: writing("second") })).toBe(1);
});
