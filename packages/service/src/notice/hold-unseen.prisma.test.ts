import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { SettableClock } from "../kernel/clock.ts";
import { type Day, startOfDay } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { entitlementId, firmCode, plantCase, plantWorld } from "../publication/testing-case.prisma.ts";
import { callStore } from "./call.prisma.ts";
import { holdUnseen } from "./hold-unseen.ts";
import { noticeBoard } from "./notice.prisma.ts";
import { notifyingJournal } from "./notifying-journal.ts";
import { proofStore } from "./proof.prisma.ts";
import { PROOF_DAYS } from "./proof.ts";
import { recordCall } from "./record-call.ts";
import { lapseOffers, remindFirms } from "./watch-deadlines.ts";

let store: Store;
const clock = new SettableClock(new Date("2025-11-04T00:05:00+08:00"));
const [unseen, seen, late, called] = [1, 2, 3, 4] as const;

beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    for (const nth of [unseen, seen, late, called]) await plantCase(tx, nth, "offered");
  });
});
afterAll(() => store.close());

const deps = {
  clock,
  transaction: <Result>(work: (stores: Everything) => Promise<Result>) =>
    store.prisma.$transaction((tx) => work(storesOn(tx as never))),
};
type Everything = ReturnType<typeof storesOn>;
function storesOn(tx: Store["prisma"]) {
  const told = {
    entitlements: entitlementStore(tx),
    policyVersions: policyVersionStore(tx),
    notices: noticeBoard(tx),
    grounds: { of: async () => [] },
    channelOf: async () => undefined,
  };
  return {
    ...told,
    proofs: proofStore(tx),
    calls: callStore(tx),
    journal: notifyingJournal(journalOn(tx), told),
  };
}

async function nightOf(day: string) {
  clock.moveTo(new Date(`${day}T00:05:00+08:00`));
  const held = await holdUnseen(deps);
  return { ...held, lapsed: await lapseOffers(deps) };
}
const offer = (nth: number) => store.prisma.entitlement.findUniqueOrThrow({ where: { id: entitlementId(nth) } });
const openPage = (nth: number) =>
  proofStore(store.prisma).ofPage(firmCode(nth), [entitlementId(nth)], {
    kind: "opened",
    evidence: "/offers",
    at: clock.now(),
  });
const calls = async () => {
  const open = await store.prisma.firmCall.findMany({ where: { status: "open" } });
  return open.map((call) => call.firmCode).sort();
};
// The offers of 3 November end with 3 December.
const deadline = startOfDay("2025-12-04" as Day);

describe("four offers to firms that no channel reached", () => {
  test("wait while there is time", async () => {
    await openPage(seen);
    expect(await nightOf("2025-11-25")).toEqual({ extended: 0, called: 0, lapsed: 0 });
  });

  test("are called about when they run out, but for the one whose firm opened the page", async () => {
    expect(await nightOf("2025-11-26")).toEqual({ extended: 0, called: 3, lapsed: 0 });
    expect(await calls()).toEqual([unseen, late, called].map(firmCode).sort());
    // Nobody is on the list twice.
    expect(await nightOf("2025-11-27")).toEqual({ extended: 0, called: 0, lapsed: 0 });
  });

  test("are held before a call would come too late", async () => {
    expect(await nightOf("2025-11-29")).toEqual({ extended: 3, called: 0, lapsed: 0 });
    expect((await offer(unseen)).confirmBefore).toEqual(startOfDay("2025-12-10" as Day));
    expect((await offer(seen)).confirmBefore).toEqual(deadline);
    expect(await store.prisma.journalEvent.count({ where: { type: "entitlement-extended" } })).toBe(3);
    const told = await store.prisma.inboxMessage.findMany({ where: { kind: "extended" } });
    expect(told.map(({ firmCode: code }) => code).sort()).toEqual([unseen, late, called].map(firmCode).sort());
    expect(told[0]?.body).toContain("没有凭据证明贵公司及时收到");
  });

  test("lapse when their firm had known in time", async () => {
    expect(await nightOf("2025-12-04")).toMatchObject({ lapsed: 1 });
    expect((await offer(seen)).status).toBe("lapsed");
  });

  test("end five whole days after the firm came to know, and it need not be called any more", async () => {
    clock.moveTo(new Date("2025-12-07T10:00:00+08:00"));
    await openPage(late);
    await nightOf("2025-12-08");
    expect((await offer(late)).confirmBefore).toEqual(startOfDay("2025-12-13" as Day));
    expect(await calls()).toEqual([unseen, called].map(firmCode).sort());
  });

  test("that are held are reminded of anew", async () => {
    clock.moveTo(new Date("2025-12-08T08:00:00+08:00"));
    await remindFirms(deps);
    expect((await offer(late)).remindersSent).toBe(1);
  });

  test("a call that reached nobody proves nothing, and is not recorded twice by one form", async () => {
    const call = await store.prisma.firmCall.findFirstOrThrow({ where: { firmCode: firmCode(called) } });
    const word = { id: call.id, by: "account-operator", note: "", attemptsSeen: 0 };
    await recordCall(deps, { ...word, outcome: "no-answer" });
    await expect(recordCall(deps, { ...word, outcome: "no-answer" })).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    expect(await store.prisma.noticeProof.count({ where: { entitlementId: entitlementId(called) } })).toBe(0);
    await recordCall(deps, { ...word, outcome: "reached", attemptsSeen: 1 });
    const again = recordCall(deps, { ...word, outcome: "reached", attemptsSeen: 2 });
    await expect(again).rejects.toMatchObject({ code: "call-not-open" });
    expect(await calls()).toEqual([firmCode(unseen)]);
  });

  test("a firm that was told by telephone has its days, then its offer lapses", async () => {
    // It was held until the 18th in the morning of the call, which leaves more than five days.
    expect((await offer(called)).confirmBefore).toEqual(startOfDay("2025-12-19" as Day));
    expect(await nightOf("2025-12-14")).toMatchObject({ lapsed: 1 });
    expect(await nightOf("2025-12-19")).toMatchObject({ lapsed: 1 });
    expect((await offer(called)).status).toBe("lapsed");
  });

  test("what nobody ever saw never lapses; a public announcement counts after thirty days", async () => {
    for (const day of ["2025-12-20", "2026-01-05", "2026-02-01"]) await nightOf(day);
    expect((await offer(unseen)).status).toBe("offered");
    const call = await store.prisma.firmCall.findFirstOrThrow({ where: { firmCode: firmCode(unseen) } });
    const word = { id: call.id, by: "account-operator", note: "公告", attemptsSeen: 0 };
    await recordCall(deps, { ...word, outcome: "announced" });
    await nightOf("2026-02-04");
    expect((await offer(unseen)).confirmBefore).toEqual(startOfDay("2026-03-10" as Day));
    await nightOf("2026-03-10");
    expect((await offer(unseen)).status).toBe("lapsed");
  });
});

test("the database asks for the same days of proof as the code", async () => {
  const [found] = await store.prisma.$queryRaw<{ body: string }[]>`
    SELECT prosrc AS body FROM pg_proc WHERE proname = 'refuse_lapse_unseen'`;
  expect(found?.body).toContain(`interval '${PROOF_DAYS} days'`);
});
