import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitWaitlisted } from "../budget/admit-waitlisted.ts";
import { appropriation } from "../budget/posting.ts";
import { exceptionsFor } from "../desk/exceptions.prisma.ts";
import { addDays, type Day, dayOf, startOfDay } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { correctAccount } from "../payment/correct-account.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { recoveryRows } from "../portal/recovery-view.prisma.ts";
import { entitlementId, firmCode, LINE, plantCase, plantWorld } from "../publication/testing-case.prisma.ts";
import { settleReassessment } from "../reassessment/settle-reassessment.ts";
import { agreeOffset } from "./agree-offset.ts";
import { decideRecovery } from "./decide-recovery.ts";
import { hearFirm } from "./hear-firm.ts";
import { openRecovery } from "./open-recovery.ts";
import { remindInstalments } from "./remind-instalments.ts";
import {
  bankReports,
  fund,
  plantRecovery,
  plantTopUp,
  type RecoveryDeps,
  recoveryDeps,
} from "./testing-recovery.prisma.ts";

const START = startOfDay("2025-11-20" as Day);
let store: Store;
let deps: RecoveryDeps;

beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    for (const nth of [1, 2, 3, 4, 5, 6, 7]) await plantCase(tx, nth, "paid");
  });
  deps = recoveryDeps(store, START);
  await fund(deps, LINE, 0n);
});
afterAll(() => store.close());

const paper = { kind: "repealed-decision", document: "豫政复决〔2025〕3号", facts: "原决定被撤销。" } as const;
const ask = (nth: number, claimedFen: bigint) =>
  openRecovery(deps, { ...paper, entitlementId: entitlementId(nth), claimedFen: fen(claimedFen), by: "author" });
const row = (id: string) => store.prisma.recovery.findUniqueOrThrow({ where: { id } });
const line = () => store.prisma.budgetLine.findUniqueOrThrow({ where: { id: LINE } });
const events = (type: string, subject: string) => store.prisma.journalEvent.count({ where: { type, subject } });

describe("asking back", () => {
  test("by the same paper is asked once, and told once", async () => {
    const [first, again] = [await ask(1, 500_00n), await ask(1, 500_00n)];
    expect(again.id).toBe(first.id);
    expect(await events("recovery-noticed", first.id)).toBe(1);
    expect(await store.prisma.inboxMessage.count({ where: { kind: "recovery", firmCode: firmCode(1) } })).toBe(1);
    // Ten working days after Thursday the 20th.
    expect(first.stateBy).toBe("2025-12-04");
  });

  test("is of what was paid: nothing more, and nothing of what was not", async () => {
    await expect(ask(2, 1_234_57n)).rejects.toMatchObject({ code: "bad-input" });
    const other = openRecovery(deps, { ...paper, entitlementId: "nobody", claimedFen: fen(1), by: "author" });
    await expect(other).rejects.toMatchObject({ code: "entitlement-not-found" });
  });

  test("another firm's recovery is as one that does not exist", async () => {
    const { id } = await ask(1, 500_00n);
    const said = hearFirm(deps, { id, firmCode: firmCode(2), by: "person", text: "不是我们的" });
    await expect(said).rejects.toMatchObject({ code: "recovery-not-found" });
  });
});

describe("a waiver", () => {
  test("owes nothing, moves nothing, and money sent all the same is set aside", async () => {
    const { id, reference } = await plantRecovery(deps, {
      ...{ entitlementId: entitlementId(2), firmCode: firmCode(2), claimedFen: 1_000_00n, decidedFen: 0n },
    });
    expect(await row(id)).toMatchObject({ status: "waived", decidedFen: 0n });
    expect((await line()).receivableFen).toBe(0n);
    const received = await bankReports(deps, { reference: "W1", amountFen: 100n, remittance: reference });
    expect(received).toMatchObject({ recovered: 0, suspended: 1 });
    // What was waived stays claimed: it is not asked for a second time.
    await expect(ask(2, 234_57n)).rejects.toMatchObject({ code: "bad-input" });
  });
});

describe("what is owed", () => {
  test("takes no more than that, however many statements say so at once", async () => {
    const { id, reference } = await plantRecovery(deps, {
      ...{ entitlementId: entitlementId(3), firmCode: firmCode(3), claimedFen: 1_000_00n, decidedFen: 800_00n },
    });
    const parts = ["P1", "P2", "P3"].map((each) =>
      bankReports(deps, { reference: each, amountFen: 300_00n, remittance: `退款${reference}` }),
    );
    const received = await Promise.all(parts);
    expect(received.map(({ recovered }) => recovered).sort()).toEqual([0, 1, 1]);
    expect(await row(id)).toMatchObject({ status: "owed", receivedFen: 600_00n });
    expect(await line()).toMatchObject({ receivableFen: 200_00n, recoveredFen: 600_00n });
    const elsewhere = { reference: "P4", amountFen: 1n, remittance: reference, accountNo: "41000000000099" };
    expect(await bankReports(deps, elsewhere)).toMatchObject({ recovered: 0, suspended: 1 });
  });

  test("is overdue the day after, on the desk's first page and in the queue", async () => {
    const found = await store.prisma.recovery.findFirstOrThrow({ where: { status: "owed" } });
    const last = addDays(dayOf(START), 60);
    const overdueOn = async (day: Day) => {
      const compiled = { load: async () => ({ policy: { title: { zh: "稳岗返还", en: "Refund" } } }) } as never;
      const [shown] = await recoveryRows({ db: store.prisma, compiled }, [found], day);
      const exceptions = await exceptionsFor({ db: store.prisma, compiled, today: day }, "operator");
      return [shown?.brief.overdueFen, exceptions.find(({ kind }) => kind === "recoveries-overdue")?.count ?? 0];
    };
    expect(await overdueOn(last)).toEqual(["0", 0]);
    expect(await overdueOn(addDays(last, 1))).toEqual(["20000", 1]);
  });

  test("is reminded of a week before an instalment is due and when it is overdue, once each", async () => {
    const { firmCode: firm } = await store.prisma.recovery.findFirstOrThrow({ where: { status: "owed" } });
    const told = async (day: Day) => {
      const clock = { now: () => startOfDay(day) };
      const counts = [await remindInstalments({ ...deps, clock }), await remindInstalments({ ...deps, clock })];
      expect(counts[0]).toEqual(counts[1]);
      return store.prisma.inboxMessage.count({ where: { firmCode: firm, kind: "instalment-due" } });
    };
    // The first instalment has come; the second is due on day 60.
    expect(await told(addDays(dayOf(START), 52))).toBe(0);
    expect(await told(addDays(dayOf(START), 53))).toBe(1);
    expect(await told(addDays(dayOf(START), 61))).toBe(2);
  });

  test("is decided once, whoever is quicker", async () => {
    const { id } = await ask(4, 100_00n);
    await hearFirm(deps, { id, firmCode: firmCode(4), by: "person", text: "请核实" });
    const decideAs = (by: string) => {
      const instalments = [{ dueOn: "2025-12-31" as Day, amountFen: fen(100_00n) }];
      return decideRecovery(deps, { id, by, decidedFen: fen(100_00n), reasons: "属实", instalments });
    };
    const answers = await Promise.allSettled([decideAs("checker"), decideAs("maker")]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await events("recovery-decided", id)).toBe(1);
    expect((await line()).receivableFen).toBe(300_00n);
  });
});

describe("a decision that calls in the rest", () => {
  const decided = async () => {
    const { id } = await ask(1, 500_00n);
    await hearFirm(deps, { id, firmCode: firmCode(1), by: "person", text: "请分期" });
    const instalments = ["2026-01-10", "2026-06-10"].map((dueOn) => ({ dueOn: dueOn as Day, amountFen: fen(250_00n) }));
    const ruling = { decidedFen: fen(500_00n), reasons: "属实，准予分期", instalments, callsInRest: true };
    return decideRecovery(deps, { id, by: "checker", ...ruling });
  };
  const toldTo = async (kind: string) => {
    const messages = await store.prisma.inboxMessage.findMany({ where: { firmCode: firmCode(1), kind } });
    return messages.map(({ body }) => body);
  };
  const remindOn = (day: string) => remindInstalments({ ...deps, clock: { now: () => startOfDay(day as Day) } });

  test("says so to the firm, and stays as it was decided", async () => {
    const { id } = await decided();
    expect((await toldTo("recovery-decided")).join()).toContain("其余各期一并到期");
    const undo = store.prisma.recovery.update({ where: { id }, data: { callsInRest: false } });
    await expect(undo).rejects.toThrow(/kept as it was decided/);
  });
  test("warns with the missed instalment, and after fifteen days makes the rest due, each told once", async () => {
    await remindOn("2026-01-11");
    expect((await toldTo("instalment-due")).join()).toContain("2026-01-25 前仍未退回，其余 250.00 元将一并到期");
    await remindOn("2026-01-25");
    const before = await toldTo("instalment-due");
    expect(before.join()).not.toContain("起一并到期");
    await remindOn("2026-01-26");
    await remindOn("2026-01-27");
    const after = await toldTo("instalment-due");
    expect(after).toHaveLength(before.length + 1);
    expect(after.join()).toContain("其余分期自 2026-01-25 起一并到期");
  });
});

describe("what would be paid by a set-off alone", () => {
  test("is not while it is not sure that it is due, and is once that is sure", async () => {
    const benefit = await plantTopUp(deps, entitlementId(7), "delivery_test", 50_00n);
    const debt = { entitlementId: entitlementId(7), firmCode: firmCode(7), claimedFen: 90_00n, decidedFen: 90_00n };
    const { id: recoveryId } = await plantRecovery(deps, debt);
    const clause = { basis: "law", ground: "某办法第八条", by: "checker" } as const;
    const setOff = () => agreeOffset(deps, { recoveryId, entitlementId: benefit, ...clause });
    const delivery = await store.prisma.delivery.findUniqueOrThrow({ where: { id: "delivery_test" } });
    await store.prisma.delivery.create({ data: { ...delivery, id: "delivery_later", sha256: "e".repeat(64) } });
    const review = { id: "review_later", entitlementId: entitlementId(7), deliveryId: "delivery_later" };
    await deps.transaction(({ reassessments }) =>
      reassessments.insert({
        ...{
          ...review,
          asOf: "2025-11-03" as Day,
          outcome: "eligible",
          paidFen: fen(1_284_56n),
          dueFen: fen(1_234_56n),
        },
        ...{ changed: [{ factId: "ui.arrears", was: "0", now: "1" }], openedAt: START, status: "open" },
      }),
    );
    await expect(setOff()).rejects.toMatchObject({
      code: "offset-not-possible",
      details: { waitsFor: "undetermined: review" },
    });
    expect(await store.prisma.recoveryOffset.count({ where: { recoveryId } })).toBe(0);
    await settleReassessment(deps, { id: review.id, verdict: "dismissed", by: "checker", reason: "数据未变" });
    expect(await setOff()).toMatchObject({ status: "applied", amountFen: 50_00n });
    expect((await store.prisma.entitlement.findUniqueOrThrow({ where: { id: benefit } })).status).toBe("paid");
  });
});

describe("a top-up", () => {
  test("waits where the fund is short, follows when there is money, and what is set off of it by a clause is told", async () => {
    const { availableFen } = await line();
    await deps.transaction(({ budget }) =>
      budget.reserve({ line: LINE, amountFen: fen(availableFen), businessKey: "all of it", at: START }),
    );
    const id = await plantTopUp(deps, entitlementId(5), "delivery_test", 50_00n);
    const status = async () => (await store.prisma.entitlement.findUniqueOrThrow({ where: { id } })).status;
    expect(await status()).toBe("waitlisted");
    await deps.transaction(({ budget }) =>
      budget.move([appropriation({ line: LINE, amountFen: fen(50_00n) }, "指标 2")], START),
    );
    expect(await admitWaitlisted(deps)).toBe(1);
    expect(await status()).toBe("confirmed");
    const debt = { entitlementId: entitlementId(5), firmCode: firmCode(5), claimedFen: 20_00n, decidedFen: 20_00n };
    const { id: recoveryId, reference } = await plantRecovery(deps, debt);
    const clause = { basis: "law", ground: "某办法第八条", by: "checker" } as const;
    await agreeOffset(deps, { recoveryId, entitlementId: id, ...clause });
    const told = await store.prisma.inboxMessage.findFirstOrThrow({
      where: { firmCode: firmCode(5), subject: { contains: "用于抵扣" } },
    });
    for (const part of ["某办法第八条", reference, "20.00 元", "其余 30.00 元照常拨付", "行政复议"]) {
      expect(told.body).toContain(part);
    }
  });

  test("asks again where the firm's account is another than it had agreed to", async () => {
    const account = {
      holderName: "另一户名",
      accountNo: "6222999900001111",
      bankName: "测试银行",
      bankCode: "102491000010",
    };
    await correctAccount(deps, { firmCode: firmCode(6), actor: "person", account });
    const id = await plantTopUp(deps, entitlementId(6), "delivery_test", 50_00n);
    expect((await store.prisma.entitlement.findUniqueOrThrow({ where: { id } })).status).toBe("offered");
    const told = await store.prisma.inboxMessage.findFirstOrThrow({ where: { firmCode: firmCode(6), kind: "top-up" } });
    expect(told.body).toContain("再确认一次");
  });
});
