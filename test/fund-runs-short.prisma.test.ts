import { afterAll, beforeAll, expect, test } from "vitest";
import { replayAllocation } from "../packages/service/src/budget/give-out.ts";
import { allocationOf } from "../packages/service/src/portal/allocation-view.prisma.ts";
import { differencesIn, type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** Fund runs short: four firms, money for two, ranked by the policy's own formula; the others wait in public order. */

let journey: Journey;
beforeAll(async () => {
  const fund = { rule: "ranked", by: "ent.staff", whenShort: "waiting-list", closes: "2025-11-10", clause: "二" };
  journey = await openJourney({ staff: [5, 50, 20, 10], policy: { fund } });
});
afterAll(() => journey.close());

const status = async () => (await journey.standings()).map((each) => each.split(" ")[0]);

test("consents are collected, and no money is kept for any before the window closes", async () => {
  const { run, fund, confirm, firms, at } = journey;
  await fund(LINE_2025, 2025, 250n, "豫财〔2025〕1号");
  await run("match");
  for (const firm of firms) await confirm(firm);
  expect(await status()).toEqual(Array(4).fill("waitlisted"));
  at("2025-11-10T10:00");
  await run("allocate", "draft-payments");
  expect(await status()).toEqual(Array(4).fill("waitlisted"));
});

test("the night after, the two with the highest numbers are served and paid; the others have a place", async () => {
  const { run, approve, town, at, house, firms } = journey;
  at("2025-11-11T00:30");
  await run("allocate");
  expect(await status()).toEqual(["waitlisted", "confirmed", "confirmed", "waitlisted"]);
  const rows = await house.db.entitlement.findMany({ where: { status: "waitlisted" } });
  const placeOf = (nth: number) => rows.find(({ firmCode }) => firmCode === firms[nth]!.code)?.waitingPlace;
  expect([placeOf(3), placeOf(0)]).toEqual([3, 4]);
  const served = await house.db.entitlement.findFirstOrThrow({ where: { firmCode: firms[1]!.code } });
  expect(await allocationOf(house.db, served.id)).toMatchObject({ zh: "第 1 位（得分 50），足额兑付" });
  const told = await house.db.inboxMessage.findMany({ where: { firmCode: firms[1]!.code, kind: "confirmed" } });
  expect(told.map(({ subject }) => subject)).toEqual(["“试验补贴”资金已落实，1.00 元"]);
  at("2025-11-11T10:00");
  await run("draft-payments");
  await approve();
  await run("send-payments");
  await town.bankDay();
  at("2025-11-11T18:30");
  await town.bankDay();
  expect(await status()).toEqual(["waitlisted", "paid", "paid", "waitlisted"]);
  expect(await differencesIn(journey)).toEqual([]);
});

test("anyone who has the stored inputs comes to the same result", async () => {
  const { house, policyId } = journey;
  await house.transaction(async ({ claimPools, policyVersions }) => {
    const [stored] = await claimPools.list();
    expect(stored).toMatchObject({ policyId, closedOn: "2025-11-10", fundFen: 250n });
    const compiled = await house.compiled.load(policyVersions, stored!.policyVersionId);
    expect(replayAllocation(stored!, compiled)).toEqual([]);
  });
});

test("money that comes later goes to the next in order, and to nobody smaller", async () => {
  const { fund, run, house } = journey;
  await fund(LINE_2025, 2025, 60n, "豫财〔2025〕2号");
  expect(await status(), "50 were left, 110 reach for one").toEqual(["waitlisted", "paid", "paid", "confirmed"]);
  await run("allocate", "compare-books");
  expect(await house.db.paymentStop.count()).toBe(0);
  expect(await status()).toEqual(["waitlisted", "paid", "paid", "confirmed"]);
});
