import type { Json } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkInvariants } from "./audit/invariants.prisma.ts";
import { confirmBenefits } from "./confirmation/confirm-benefits.ts";
import { declineBenefits, reopenBenefit } from "./confirmation/decline-benefits.ts";
import { importDelivery } from "./facts/import-delivery.ts";
import type { Day } from "./kernel/day.ts";
import { fundFlat, matchAt, publishFlat } from "./testing-flat-policy.prisma.ts";
import { loginOf, openTown, type Town } from "./testing-town.prisma.ts";

/** Policies that speak of each other, from the night to the payment. */

const today = "2025-11-03" as Day;
const LINE = "test-stacking";
/** A family that only other departments pay. */
const OTHERS = "xinxiang-matching-awards";
let town: Town;
let firms: readonly string[];

beforeAll(async () => {
  town = await openTown(120);
  await fundFlat(town, LINE);
  const exclusive = { name: "either", clause: "二", exclusive: { with: ["test-b"], during: "calendarYear" } };
  const joint = {
    name: "joint",
    clause: "二",
    group: "joint",
    ceiling: { most: 2000, with: [OTHERS], during: "calendarYear" },
  };
  await publish("test-a", 1000, [exclusive]);
  await publish("test-b", 1500, []);
  await publish("test-c", 800, [joint]);
  await publish("test-d", 1700, [joint]);
  await night(1);
  const found = await db().entitlement.groupBy({ by: ["firmCode"], where: { policyId: "test-d", status: "offered" } });
  const paid = await db().bankAccount.findMany({ where: { status: "active" }, select: { firmCode: true } });
  const payable = new Set(paid.map(({ firmCode }) => firmCode));
  firms = found
    .map(({ firmCode }) => firmCode)
    .filter((code) => payable.has(code))
    .sort();
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const firm = (nth: number) => firms[nth] ?? "";
const offerOf = (firmCode: string, policyId: string) => db().entitlement.findFirst({ where: { firmCode, policyId } });
const termsOf = async (firmCode: string, policyId: string) => {
  return db().stackingTerms.findUnique({ where: { entitlementId: (await offerOf(firmCode, policyId))?.id ?? "" } });
};

const publish = (id: string, amount: number, stacking: readonly Json[]) =>
  publishFlat(town, { id, amount, stacking, budgetLine: LINE });
const night = (nth: number) => matchAt(town, nth);

let keys = 0;
async function confirm(firmCode: string, ...policies: readonly string[]) {
  const offers = await Promise.all(policies.map((policyId) => offerOf(firmCode, policyId)));
  const chosen = offers.map((offer) => ({ entitlementId: offer?.id ?? "", amountFenSeen: String(offer?.amountFen) }));
  return confirmBenefits(town.world.house, {
    firmCode,
    actor: "account-test",
    requestKey: `stacking-${++keys}`,
    chosen,
  });
}

describe("benefits that exclude each other", () => {
  test("are both offered, with the difference, and the larger one is proposed", async () => {
    expect(await offerOf(firm(0), "test-a")).toMatchObject({ status: "offered", amountFen: 100_000n });
    expect(await offerOf(firm(0), "test-b")).toMatchObject({ status: "offered", amountFen: 150_000n });
    const [a, b] = [await termsOf(firm(0), "test-a"), await termsOf(firm(0), "test-b")];
    expect([a?.proposed, b?.proposed]).toEqual([false, true]);
    expect(JSON.stringify(a?.choices)).toContain("比建议方案少 500.00 元");
  });
  test("are shown as a choice: one ticked, the other with what it comes to; both at once come back with the rule", async () => {
    const browser = town.browser();
    await browser.signIn(loginOf(firm(0)));
    const { body } = await browser.get("/offers");
    expect(body).toContain("比建议方案少 500.00 元");
    const [a, b] = [await offerOf(firm(0), "test-a"), await offerOf(firm(0), "test-b")];
    const form = { requestKey: "stacking-page-00001", chosen: [a?.id ?? "", b?.id ?? ""] };
    const seen = { [`seen.${a?.id}`]: String(a?.amountFen), [`seen.${b?.id}`]: String(b?.amountFen) };
    const answer = await browser.submit("/confirm", { ...form, ...seen });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain("所选各项不能同时领取");
    expect(answer.body).toContain("只能享受其中一项");
  });
  test("cannot be agreed to in one act, nor one after the other", async () => {
    await expect(confirm(firm(0), "test-a", "test-b")).rejects.toMatchObject({ code: "not-granted-together" });
    await confirm(firm(0), "test-a");
    await expect(confirm(firm(0), "test-b")).rejects.toMatchObject({ code: "not-granted-together" });
  });
  test("once one is agreed to, the other is taken back at once, and says why", async () => {
    await town.world.house.pump();
    const other = await offerOf(firm(0), "test-b");
    expect(other).toMatchObject({ status: "withdrawn" });
    expect(other?.closedReason).toContain("不重复享受");
    const told = await db().inboxMessage.findFirst({ where: { entitlementId: other?.id ?? "", kind: "withdrawn" } });
    expect(told?.subject).toBe("“test-b”不再单独发放");
  });
  test("of ten windows that agree to either at once, one is right", async () => {
    const tries = Array.from({ length: 10 }, (_, nth) => confirm(firm(1), nth % 2 === 0 ? "test-a" : "test-b"));
    await Promise.allSettled(tries);
    const agreed = await db().entitlement.findMany({ where: { firmCode: firm(1), status: "confirmed" } });
    expect(agreed).toHaveLength(1);
  });
});

test("a policy that contradicts one in force about the group they share is not published", async () => {
  const other = { name: "joint", clause: "二", group: "joint", ceiling: { most: 2500, during: "calendarYear" } };
  await expect(publish("test-e", 10, [other])).rejects.toMatchObject({
    code: "policy-invalid",
    message: expect.stringContaining('name group "joint" and differ in most'),
  });
});

describe("a ceiling over two benefits", () => {
  test("cuts what is offered, and says which clause", async () => {
    expect(await offerOf(firm(2), "test-c")).toMatchObject({ amountFen: 80_000n });
    expect(await offerOf(firm(2), "test-d")).toMatchObject({ amountFen: 120_000n });
    const terms = await termsOf(firm(2), "test-d");
    expect(terms).toMatchObject({ askedFen: 170_000n, grantedFen: 120_000n });
    expect(JSON.stringify(terms?.reasons)).toContain("2025 年度最高 2,000.00 元");
  });
  test("leaves more for one when the firm declines the other", async () => {
    const c = await offerOf(firm(2), "test-c");
    const chosen = [{ entitlementId: c?.id ?? "" }];
    const refusal = { firmCode: firm(2), actor: "account-test", requestKey: "stacking-no", chosen, reason: "no-need" };
    await declineBenefits(town.world.house, refusal);
    await night(3);
    expect(await offerOf(firm(2), "test-d")).toMatchObject({ status: "offered", amountFen: 170_000n });
  });
  test("is not exceeded by two who agree at once, though each offer alone was within it", async () => {
    const entitlementId = (await offerOf(firm(2), "test-c"))?.id ?? "";
    await reopenBenefit(town.world.house, { firmCode: firm(2), actor: "account-test", entitlementId });
    const results = await Promise.allSettled([confirm(firm(2), "test-c"), confirm(firm(2), "test-d")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const agreed = await db().entitlement.aggregate({
      where: { firmCode: firm(2), policyId: { in: ["test-c", "test-d"] }, status: "confirmed" },
      _sum: { amountFen: true },
    });
    expect(agreed._sum.amountFen).toBeLessThanOrEqual(200_000n);
  });
  test("lets what it left be paid, to the fen", async () => {
    await confirm(firm(3), "test-c", "test-d");
    await town.world.house.pump();
    const d = await offerOf(firm(3), "test-d");
    const payment = await db().payment.findFirst({ where: { entitlementId: d?.id ?? "" } });
    expect(payment).toMatchObject({ amountFen: 120_000n, status: "reserved" });
    await night(4);
    expect(await offerOf(firm(3), "test-d")).toMatchObject({ status: "confirmed", amountFen: 120_000n });
  });
});

test("what another department paid in the meantime takes the promise back before the money leaves, and the rest is offered", async () => {
  await confirm(firm(4), "test-c", "test-d");
  const bytes = new TextEncoder().encode(
    `统一社会信用代码,收款单位,奖补类别,兑付金额（元）,兑付日期\n${firm(4)},,省级奖励市级配套,1000,2025-05-05`,
  );
  const file = {
    sourceId: "finance",
    fileName: "f.csv",
    bytes,
    asOf: today,
    isPartial: true,
    importedBy: "account-author",
  };
  await importDelivery({ ...town.world.house, sources: town.world.sources }, file);
  await night(5);
  await town.world.house.pump();
  const d = await offerOf(firm(4), "test-d");
  const taken = await db().journalEvent.findFirst({ where: { subject: d?.id ?? "", type: "entitlement-withdrawn" } });
  expect(taken?.payload).toMatchObject({ reason: "beside others: test-c/joint" });
  expect(await db().payment.count({ where: { entitlementId: d?.id ?? "" } })).toBe(0);
  await night(6);
  expect(await offerOf(firm(4), "test-c")).toMatchObject({ status: "offered", amountFen: 80_000n });
  expect(await offerOf(firm(4), "test-d")).toMatchObject({ status: "offered", amountFen: 20_000n });
});

test("a firm whose receipts are not known is not offered what depends on them", async () => {
  const codes = await db().entitlement.findMany({ where: { policyId: "test-d" }, select: { firmCode: true } });
  const matched = await db().decision.findMany({ where: { policyId: "test-d", outcome: "eligible" } });
  const unknown = matched.filter(
    ({ facts }) => (facts as Record<string, { state: string }>)["ledger.paid"]?.state !== "known",
  );
  expect(unknown.filter(({ firmCode }) => codes.some((one) => one.firmCode === firmCode))).toEqual([]);
});

test("the books and the decisions agree with what was offered", async () => {
  const breaches = await checkInvariants(town.world.house.store, today);
  expect(breaches.filter(({ breaches: found }) => found.length > 0)).toEqual([]);
});
