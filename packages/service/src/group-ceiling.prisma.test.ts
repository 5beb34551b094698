import { type Json, type Profile, parsePolicy, parseVocabulary } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decisionArchive } from "./audit/decision-archive.prisma.ts";
import { checkInvariants } from "./audit/invariants.prisma.ts";
import { replayAll } from "./audit/replay-decisions.ts";
import { fundLine } from "./budget/fund-line.ts";
import { confirmBenefits } from "./confirmation/confirm-benefits.ts";
import { importDelivery } from "./facts/import-delivery.ts";
import type { Day } from "./kernel/day.ts";
import { fen } from "./kernel/money.ts";
import { policyVersionStore } from "./policies/policy-version.prisma.ts";
import type { PolicyDocument } from "./policies/policy-version.ts";
import { publishPolicy } from "./policies/publish-policy.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

/** A ceiling for a group of companies, from who controls whom to the payment. */

const today = "2025-11-03" as Day;
const LINE = "test-group";
const HEAD = "91110000MA00HEAD0X";
/** A family that only other departments pay. */
const OTHERS = "xinxiang-matching-awards";
let town: Town;
let firms: readonly string[];

beforeAll(async () => {
  town = await openTown(120);
  const { house } = town.world;
  const payer = { name: "试验国库", accountNo: "6200000000000099", bankCode: "102491000001" };
  const line = { id: LINE, title: LINE, year: 2025 };
  await fundLine(house, { line, payer, amountFen: fen(100_000_000n), document: "试验1号", actor: "finance" });
  const accounts = await db().bankAccount.findMany({ where: { status: "active" }, select: { firmCode: true } });
  const payable = new Set(accounts.map(({ firmCode }) => firmCode));
  await publish();
  await night(1);
  const eligible = await db().decision.findMany({
    where: { policyId: "test-group", outcome: "eligible" },
    orderBy: { firmCode: "asc" },
  });
  const isReady = ({ facts }: (typeof eligible)[number]) => (facts as Profile)["ledger.paid"]?.state === "known";
  firms = eligible.filter(isReady).flatMap(({ firmCode }) => (payable.has(firmCode) ? [firmCode] : []));
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const firm = (nth: number) => firms[nth] ?? "";
const offerOf = (firmCode: string) => db().entitlement.findFirst({ where: { firmCode, policyId: "test-group" } });

async function publish() {
  const { document } = await db().policyVersion.findFirstOrThrow({
    where: { policyId: { startsWith: "zhengzhou-o07a" } },
  });
  const { vocabulary } = document as unknown as PolicyDocument;
  const ceiling = { most: 2000, per: "group", with: [OTHERS], during: "calendarYear" };
  const written = {
    ...{ id: "test-group", version: 1, title: { zh: "集团封顶", en: "Group ceiling" }, document: { issuer: "某局" } },
    stacking: [{ name: "ofGroup", clause: "二", ceiling }],
    validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { all: [{ name: "ours", clause: "一", fact: "ent.regionCode", operator: "startsWith", value: "41" }] },
    benefit: { clause: "二", amount: 1500 },
    payout: { budgetLine: LINE, period: "year", confirmWithinDays: 15 },
  };
  const source = "## 一 资格 [资格]\n本地企业。\n\n## 二 金额 [金额]\n同一集团每年最高 2000 元。\n";
  const policy = parsePolicy(written, parseVocabulary(vocabulary), source);
  const signed = { publishedBy: "account-author", approvedBy: "account-reviewer" };
  await publishPolicy(town.world.house, {
    ...{ policy, document: { policy: written as unknown as Json, vocabulary }, source },
    ...signed,
  });
}

function deliver(sourceId: string, ...lines: readonly string[]) {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return importDelivery(
    { ...town.world.house, sources: town.world.sources },
    { sourceId, fileName: `${sourceId}.csv`, bytes, asOf: today, isPartial: true, importedBy: "account-author" },
  );
}

function control(...pairs: readonly (readonly [firmCode: string, by: string])[]) {
  return deliver(
    "controllers",
    "统一社会信用代码,企业名称,最终控制方代码",
    ...pairs.map(([code, by]) => `${code},,${by}`),
  );
}

async function night(nth: number) {
  town.world.play.clock.moveTo(new Date(`2025-11-03T02:0${nth}:00+08:00`));
  await town.world.house.jobs.find(({ name }) => name === "match")?.run(`2025-11-03T04:0${nth}`);
}

let keys = 0;
async function confirm(firmCode: string) {
  const offer = await offerOf(firmCode);
  const chosen = [{ entitlementId: offer?.id ?? "", amountFenSeen: String(offer?.amountFen) }];
  return confirmBenefits(town.world.house, { firmCode, actor: "account-test", requestKey: `group-${++keys}`, chosen });
}

async function agreedBy(...codes: readonly string[]) {
  const { _sum } = await db().entitlement.aggregate({
    where: { firmCode: { in: [...codes] }, policyId: "test-group", status: { in: ["confirmed", "paid", "received"] } },
    _sum: { amountFen: true },
  });
  return _sum.amountFen ?? 0n;
}

test("nobody is offered it before it is known to which group a firm belongs", async () => {
  expect(firms.length).toBeGreaterThan(8);
  expect(await db().entitlement.count({ where: { policyId: "test-group" } })).toBe(0);
});

describe("once it is known who controls whom", () => {
  beforeAll(async () => {
    await control(
      ...[0, 1].map((nth) => [firm(nth), HEAD] as const),
      ...[[firm(2), "无"] as const, [firm(3), firm(4)] as const, [firm(4), "无"] as const],
      ...[5, 6].map((nth) => [firm(nth), "91110000MA00HEAD1X"] as const),
    );
    await night(2);
  });
  test("a firm that stands alone has the whole ceiling", async () => {
    expect(await offerOf(firm(2))).toMatchObject({ status: "offered", amountFen: 150_000n });
  });
  test("others go on waiting", async () => {
    expect(await offerOf(firm(8))).toBeNull();
  });
  test("two members that agree at the same moment do not exceed it", async () => {
    expect(await offerOf(firm(0))).toMatchObject({ amountFen: 150_000n });
    expect(await offerOf(firm(1))).toMatchObject({ amountFen: 150_000n });
    const results = await Promise.allSettled([confirm(firm(0)), confirm(firm(1))]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "not-granted-together", message: expect.stringContaining("同一集团2025 年度最高 2,000.00 元") },
    });
    expect(await agreedBy(firm(0), firm(1))).toBe(150_000n);
  });
  test("the member that came second is offered what is left, and can have that", async () => {
    await night(3);
    const offers = [await offerOf(firm(0)), await offerOf(firm(1))];
    const second = offers.find((offer) => offer?.status === "offered");
    expect(second).toMatchObject({ amountFen: 50_000n });
    await confirm(second?.firmCode ?? "");
    expect(await agreedBy(firm(0), firm(1))).toBe(200_000n);
  });
  test("the head of the group counts as a member where it is a firm itself", async () => {
    await confirm(firm(4));
    await expect(confirm(firm(3))).rejects.toMatchObject({ code: "not-granted-together" });
    await night(4);
    expect(await offerOf(firm(3))).toMatchObject({ status: "offered", amountFen: 50_000n });
  });
});

test("what another department paid a member counts for all of them, the moment it is delivered", async () => {
  expect(await offerOf(firm(5))).toMatchObject({ status: "offered", amountFen: 150_000n });
  await deliver(
    "finance",
    "统一社会信用代码,收款单位,奖补类别,兑付金额（元）,兑付日期",
    `${firm(6)},,省级奖励市级配套,1200,2025-05-05`,
  );
  await expect(confirm(firm(5))).rejects.toMatchObject({ code: "not-granted-together" });
  await night(5);
  expect(await offerOf(firm(5))).toMatchObject({ status: "offered", amountFen: 80_000n });
});

test("a firm that comes under another group counts there, with what that group had", async () => {
  await control([firm(5), HEAD]);
  await expect(confirm(firm(5))).rejects.toMatchObject({ code: "not-granted-together" });
  await night(6);
  expect((await offerOf(firm(5)))?.status).toBe("withdrawn");
});

test("the decisions can be replayed with the facts that are kept with them, and the books agree", async () => {
  const archive = { decisions: decisionArchive(db()), policyVersions: policyVersionStore(db()) };
  expect(await replayAll(archive)).toMatchObject({ differences: [] });
  const breaches = await checkInvariants(town.world.house.store, today);
  expect(breaches.filter(({ breaches: found }) => found.length > 0)).toEqual([]);
});
