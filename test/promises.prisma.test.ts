import { afterAll, beforeAll, expect, test } from "vitest";
import { today } from "../packages/service/src/kernel/clock.ts";
import type { Day } from "../packages/service/src/kernel/day.ts";
import { ageingOf, clocksOfCase, overdueOf } from "../packages/service/src/payment/promises.prisma.ts";
import { type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** Promises: two clocks in working days on every case, and what was not kept is public by itself. */

const timeLimits = { statutory: { workingDays: 7, clause: "二" }, promised: { workingDays: 5, clause: "二" } };
let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ staff: [9, 8, 7], policy: { timeLimits } });
  const { fund, run, confirm, firms, at } = journey;
  await fund(LINE_2025, 2025, 200n, "豫财〔2025〕1号");
  await run("match");
  at("2025-11-04T23:30");
  for (const firm of firms) await confirm(firm);
});
afterAll(() => journey.close());

const deps = () => {
  const { db, compiled, clock } = journey.house;
  return { db, compiled, today: today(clock) };
};
const pay = async () => {
  await journey.run("draft-payments");
  await journey.approve();
  await journey.run("send-payments");
  await journey.town.bankDay();
};

test("the clocks of a case run from the day on which its money was kept; who waits for money has none", async () => {
  const debts = await ageingOf(deps());
  expect(debts.map(({ firmCode }) => firmCode).sort()).toEqual(
    journey.firms
      .slice(0, 2)
      .map(({ code }) => code)
      .sort(),
  );
  expect(debts[0]).toMatchObject({ startedOn: "2025-11-04", ageWorkingDays: 0 });
  expect(debts[0]?.clocks.map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual([
    "statutory 2025-11-13",
    "promised 2025-11-11",
  ]);
  const waiting = await journey.house.db.entitlement.findFirstOrThrow({ where: { status: "waitlisted" } });
  expect(await clocksOfCase(deps(), waiting.id)).toBeUndefined();
});

test("a payment that is late is in the public list the day after, without anyone's doing", async () => {
  const { at, firms } = journey;
  at("2025-11-11T23:59");
  expect(await overdueOf(deps()), "the last day is in time").toEqual([]);
  at("2025-11-12T00:01");
  const overdue = await overdueOf(deps());
  expect(overdue.map(({ firmCode }) => firmCode).sort()).toEqual(
    firms
      .slice(0, 2)
      .map(({ code }) => code)
      .sort(),
  );
  expect(overdue[0]?.clocks.map(({ state, days }) => `${state} ${days}`)).toEqual(["running 1", "overdue 1"]);
});

test("paid late stays in the list with the day of payment; a refused account is the firm's time, not the office's", async () => {
  const { at, firms, town } = journey;
  const [paid, refused] = firms;
  town.holders.set(refused!.accountNo, "另一个名字");
  at("2025-11-12T10:00");
  await pay();
  at("2025-11-12T18:30");
  await town.bankDay();
  at("2025-11-13T18:30");
  await town.bankDay();
  await journey.house.pump();
  expect((await journey.standings()).map((each) => each.split(" ")[0])).toEqual(["paid", "confirmed", "waitlisted"]);
  const [late, ...others] = await overdueOf(deps());
  expect(others).toEqual([]);
  expect(late).toMatchObject({ firmCode: paid!.code, paidOn: "2025-11-12" });
  expect(late?.clocks.map(({ state, days }) => `${state} ${days}`)).toEqual(["kept 1", "missed 1"]);
  expect(await ageingOf(deps())).toMatchObject([{ firmCode: refused!.code, waitsForFirm: true, clocks: [] }]);
});

test("a year after it was paid it is shown no more", async () => {
  expect(await overdueOf({ ...deps(), today: "2026-11-12" as Day })).toHaveLength(1);
  expect(await overdueOf({ ...deps(), today: "2026-11-13" as Day })).toEqual([]);
});
