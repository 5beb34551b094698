import { afterAll, beforeAll, expect, test } from "vitest";
import { handOverLine } from "../packages/service/src/budget/hand-over-line.ts";
import { carryOver } from "../packages/service/src/payment/carry-over.ts";
import { correctAccount } from "../packages/service/src/payment/correct-account.ts";
import { confirmAccounts } from "../packages/service/src/payment/testing.prisma.ts";
import { differencesIn, type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** Year end with unpaid approvals: the policy ends, the office changes, the money is of another year; debts stay. */

const NEXT = "journey-2026";
let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ staff: [9, 8, 7, 6] });
});
afterAll(() => journey.close());

const carry = (document: string) =>
  carryOver(journey.house, {
    from: LINE_2025,
    to: { id: NEXT, title: "2026 年结转", year: 2026, level: "municipal", code: "2060404-26" },
    available: "returned-to-treasury",
    document,
    actor: "finance",
  });
const accountsOf = async (id: string) => {
  const line = await journey.house.transaction(({ budget }) => budget.get(id));
  const { availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen, carriedFen } = line;
  return { availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen, carriedFen };
};
const empty = { availableFen: 0n, reservedFen: 0n, committedFen: 0n, inTransitFen: 0n };

test("in December one is paid, one is at the bank, one is prepared, and one waits for money", async () => {
  const { run, fund, confirm, approve, firms, town, at } = journey;
  const [paid, atBank, prepared, waiting] = firms;
  await fund(LINE_2025, 2025, 350n, "豫财〔2025〕1号");
  await run("match");
  await confirm(paid!);
  at("2025-12-29T10:00");
  await run("draft-payments");
  await approve();
  await run("send-payments");
  await town.bankDay();
  at("2025-12-29T18:30");
  await town.bankDay();
  town.holders.set(atBank!.accountNo, "另一个名字");
  await confirm(atBank!);
  at("2025-12-30T10:00");
  await run("draft-payments");
  await approve();
  await run("send-payments");
  await confirm(prepared!);
  await confirm(waiting!);
  expect(await journey.standings()).toEqual([
    `paid 100 ${LINE_2025}`,
    `confirmed 100 ${LINE_2025}`,
    `confirmed 100 ${LINE_2025}`,
    `waitlisted 100 ${LINE_2025}`,
  ]);
  expect(await differencesIn(journey)).toEqual([]);
});

test("in January the policy has ended: nothing new is offered, and nothing that is owed is taken away", async () => {
  const { run, at, house } = journey;
  at("2026-01-05T02:00");
  await run("match");
  const newest = await house.db.decision.findMany({ where: { asOf: new Date("2026-01-05T00:00:00Z") } });
  expect(newest.map(({ outcome }) => outcome)).toEqual(Array(4).fill("ineligible"));
  expect((await journey.standings()).map((each) => each.split(" ")[0])).toEqual([
    "paid",
    "confirmed",
    "confirmed",
    "waitlisted",
  ]);
});

test("what is unpaid goes on to the next year's line with its money, and what is nobody's goes back to the treasury", async () => {
  const { house } = journey;
  expect(await carry("豫财〔2026〕1号")).toEqual({ entitlements: 2, underWay: 1 });
  expect(await carry("豫财〔2026〕1号"), "twice is once").toEqual({ entitlements: 0, underWay: 1 });
  await house.pump();
  expect(await accountsOf(LINE_2025)).toEqual({
    ...empty,
    inTransitFen: 100n,
    paidFen: 100n,
    returnedFen: 0n,
    carriedFen: 100n,
  });
  expect(await accountsOf(NEXT)).toEqual({ ...empty, reservedFen: 100n, paidFen: 0n, returnedFen: 0n, carriedFen: 0n });
  await handOverLine(house, { line: NEXT, to: "数据局", document: "编办〔2026〕3号", actor: "finance" });
  expect((await house.transaction(({ budget }) => budget.get(NEXT))).department).toBe("数据局");
  expect(await differencesIn(journey)).toEqual([]);
});

test("raw SQL cannot let the new office drop or move what it took over", async () => {
  const { db } = journey.house;
  const where = `WHERE policy_id = 'test-journey' AND status = 'confirmed' AND budget_line = '${NEXT}'`;
  await expect(db.$executeRawUnsafe(`UPDATE entitlement SET budget_line = '${LINE_2025}' ${where}`)).rejects.toThrow(
    /stays with fund/,
  );
  await expect(db.$executeRawUnsafe(`DELETE FROM entitlement ${where}`)).rejects.toThrow(/append-only/);
});

test("the one at the bank comes back in January, is carried over as well, and everyone is paid exactly once", async () => {
  const { town, at, run, approve, firms, fund, house } = journey;
  await town.bankDay();
  at("2026-01-05T18:30");
  await town.bankDay();
  at("2026-01-06T18:30");
  await town.bankDay();
  await house.pump();
  expect((await accountsOf(LINE_2025)).returnedFen).toBe(100n);
  expect(await carry("豫财〔2026〕2号")).toEqual({ entitlements: 1, underWay: 0 });
  expect((await accountsOf(NEXT)).returnedFen).toBe(100n);
  const { code: firmCode, name: holderName } = firms[1]!;
  const account = { holderName, accountNo: "6222777088880001", bankName: "试验银行", bankCode: "102491000019" };
  town.holders.set(account.accountNo, holderName);
  await correctAccount(house, { firmCode, actor: "firm", account });
  await fund(NEXT, 2026, 100n, "豫财〔2026〕3号");
  at("2026-01-07T02:00");
  await run("match");
  at("2026-01-07T10:00");
  await confirmAccounts(house, house.db);
  await run("draft-payments");
  await approve();
  await run("send-payments");
  await town.bankDay();
  at("2026-01-07T18:30");
  await town.bankDay();
  expect(await journey.standings()).toEqual([
    `paid 100 ${LINE_2025}`,
    `paid 100 ${NEXT}`,
    `paid 100 ${NEXT}`,
    `paid 100 ${NEXT}`,
  ]);
  expect(await accountsOf(LINE_2025)).toEqual({ ...empty, paidFen: 100n, returnedFen: 0n, carriedFen: 200n });
  expect(await accountsOf(NEXT)).toEqual({ ...empty, paidFen: 300n, returnedFen: 0n, carriedFen: 0n });
  expect(await differencesIn(journey)).toEqual([]);
});
