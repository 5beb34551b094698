import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmBenefits } from "./confirmation/confirm-benefits.ts";
import { importDelivery } from "./facts/import-delivery.ts";
import { profileSource } from "./facts/profile.prisma.ts";
import type { Day } from "./kernel/day.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

/** What one was granted is not granted again to whom it became (个转企, 更名, 合并). */

const O10 = "zhengzhou-o10-high-tech-first-recognition";
const today = "2025-11-03" as Day;

let town: Town;
let former: string;
let successor: string;

beforeAll(async () => {
  town = await openTown(120);
  const offers = await db().entitlement.findMany({
    where: { policyId: O10, status: "offered" },
    orderBy: { id: "asc" },
  });
  [former = "", successor = ""] = offers.map(({ firmCode }) => firmCode);
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const offerOf = (firmCode: string) => db().entitlement.findFirst({ where: { firmCode, policyId: O10 } });

function deliver(sourceId: string, ...lines: readonly string[]) {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const deps = { ...town.world.house, sources: town.world.sources };
  return importDelivery(deps, {
    ...{ sourceId, fileName: `${sourceId}.csv`, bytes, asOf: today, isPartial: true, importedBy: "account-author" },
  });
}

async function night(nth: number) {
  const match = town.world.house.jobs.find(({ name }) => name === "match");
  await match?.run(`2025-11-03T03:0${nth}`);
}

async function factsOf(code: string) {
  const facts = town.world.house.compiled.facts;
  const profiles = await db().$transaction((tx) => profileSource(tx, facts).load([code], today));
  return profiles.get(code) ?? {};
}

test("a successor keeps its offer while its forebear has agreed to nothing", async () => {
  await deliver(
    "predecessors",
    "统一社会信用代码,企业名称,前身代码,承继方式,承继日期",
    `${successor},,${former},个转企,2025-10-20`,
  );
  await night(1);
  expect(await offerOf(successor)).toMatchObject({ status: "offered" });
});

test("once the forebear has agreed, the successor's offer of the same award is taken back, and it is told", async () => {
  const own = await offerOf(former);
  const told = await db().inboxMessage.count({ where: { firmCode: successor } });
  await confirmBenefits(town.world.house, {
    firmCode: former,
    actor: "account-test",
    requestKey: "succession-1",
    chosen: [{ entitlementId: own?.id ?? "", amountFenSeen: String(own?.amountFen) }],
  });
  await night(2);
  expect(await offerOf(successor)).toMatchObject({ status: "withdrawn" });
  expect(await db().inboxMessage.count({ where: { firmCode: successor } })).toBe(told + 1);
});

test("its ledger goes on from the forebear's, and what is not known of that leaves it unknown", async () => {
  const ledger = "统一社会信用代码,收款单位,奖补类别,兑付金额（元）,兑付日期";
  await deliver("finance", ledger, `${former},,研发费用补助,100,2025-01-01`);
  const paid = (await factsOf(successor))["ledger.paid"];
  expect(paid?.state === "known" && JSON.stringify(paid.value)).toContain("2025-01-01");
  await deliver(
    "predecessors",
    "统一社会信用代码,企业名称,前身代码,承继方式,承继日期",
    `${former},,92410105MA0000000X,个转企,2024-01-01`,
  );
  expect((await factsOf(successor))["ledger.paid"]).toEqual({
    ...{ state: "unknown", reason: "not-obtained", detail: "predecessor 92410105MA0000000X" },
  });
});

test("two that name each other are followed once, and end", async () => {
  await deliver(
    "predecessors",
    "统一社会信用代码,企业名称,前身代码,承继方式,承继日期",
    `${former},,${successor},变更登记,2025-10-21`,
  );
  expect((await factsOf(successor))["ledger.paid"]).toMatchObject({ state: "known" });
});
