import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInvariants } from "../packages/service/src/audit/invariants.prisma.ts";
import { confirmBenefits } from "../packages/service/src/confirmation/confirm-benefits.ts";
import { writeCamt053 } from "../packages/service/src/demo/simulated-bank-reports.ts";
import { importDelivery } from "../packages/service/src/facts/import-delivery.ts";
import { type Day, dayOf } from "../packages/service/src/kernel/day.ts";
import { formatYuan, toDecimalYuan } from "../packages/service/src/kernel/money.ts";
import { receiveBankFile } from "../packages/service/src/payment/receive-bank-file.ts";
import { settleReassessment } from "../packages/service/src/reassessment/settle-reassessment.ts";
import { type Browser, loginOf, openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";

/**
 * A title is revoked after the award for it was paid: the firm is told, heard, decided about by somebody
 * else, pays one part at its bank, and has the rest set off against its next benefit.
 */

const O10 = "zhengzhou-o10-high-tech-first-recognition";
const O01 = "henan-o01-unemployment-insurance-refund";
const AUTHOR = "account-author";

let town: Town;
let firm: string;
let award: { id: string; amountFen: bigint; budgetLine: string };
let operator: Browser;
let checker: Browser;
let portal: Browser;

beforeAll(async () => {
  town = await openTown(200);
  const offers = await db().entitlement.findMany({ where: { status: "offered" }, orderBy: { id: "asc" } });
  const accounts = await db().bankAccount.findMany({ where: { status: "active" } });
  const pay = new Set(accounts.map(({ firmCode }) => firmCode));
  const both = offers.filter(({ firmCode, policyId }) => policyId === O10 && pay.has(firmCode));
  const refund = (code: string) => offers.find((offer) => offer.firmCode === code && offer.policyId === O01);
  const found = both.find(({ firmCode }) => refund(firmCode));
  if (!found) throw new Error("nobody has both");
  firm = found.firmCode;
  award = found;
  await agree(O10);
  await paid(found.id);
  [operator, checker, portal] = (await Promise.all(["operator", "checker", loginOf(firm)].map(signedIn))) as [
    Browser,
    Browser,
    Browser,
  ];
}, 900_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const house = () => town.world.house;
const recovery = () => db().recovery.findFirstOrThrow({ where: { firmCode: firm } });
const line = () => db().budgetLine.findUniqueOrThrow({ where: { id: award.budgetLine } });
const statusOf = async (id: string) => (await db().entitlement.findUniqueOrThrow({ where: { id } })).status;

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

async function agree(policyId: string): Promise<string> {
  const offer = await db().entitlement.findFirstOrThrow({ where: { firmCode: firm, policyId, status: "offered" } });
  const chosen = [{ entitlementId: offer.id, amountFenSeen: String(offer.amountFen) }];
  await confirmBenefits(house(), { firmCode: firm, actor: `account-${firm}`, requestKey: policyId, chosen });
  await house().pump();
  return offer.id;
}

async function paid(id: string): Promise<void> {
  for (let moments = 0; moments < 40 && (await statusOf(id)) !== "paid"; moments += 1) await town.next();
  expect(await statusOf(id)).toBe("paid");
}

async function credit(reference: string, amountFen: bigint, remittance: string) {
  const { accountNo } = await db().payerAccount.findUniqueOrThrow({ where: { budgetLine: award.budgetLine } });
  const [now, day] = [house().clock.now(), dayOf(house().clock.now())];
  const entries = [{ reference, direction: "credit" as const, amountFen, remittance }];
  const file = writeCamt053(`M${reference}`, day, now, [{ id: `S${reference}`, accountNo, openingFen: 0n, entries }]);
  return receiveBankFile(house(), new TextEncoder().encode(file));
}

const broken = async () =>
  (await checkInvariants(house().store, "2025-11-03" as Day)).flatMap(({ name, breaches }) =>
    breaches.length > 0 ? [name, breaches] : [],
  );

test("an official asks the award back with the paper that revokes the title, and never more than was paid", async () => {
  await operator.get("/desk/recoveries");
  const form = { kind: "revoked-title", document: "国科火字〔2025〕31号", facts: "高新技术企业资格自认定之日起撤销。" };
  const ask = (amountYuan: string) =>
    operator.submit("/desk/recoveries", { ...form, entitlementId: award.id, amountYuan });
  expect((await ask(toDecimalYuan(award.amountFen + 1n))).statusCode).toBe(400);
  await operator.get("/desk/recoveries");
  const asked = await ask(toDecimalYuan(award.amountFen));
  expect(asked.headers.location).toBe(`/desk/recoveries/${(await recovery()).id}`);
  // Nothing is owed yet.
  expect(await line()).toMatchObject({ receivableFen: 0n, recoveredFen: 0n });
});

test("the firm is told why, how much, until when it is heard, and what it can do", async () => {
  const message = await db().inboxMessage.findFirstOrThrow({ where: { firmCode: firm, kind: "recovery" } });
  for (const said of ["国科火字〔2025〕31号", formatYuan(award.amountFen), "陈述申辩", "行政复议", "行政诉讼"]) {
    expect(message.subject + message.body).toContain(said);
  }
});

test("nobody decides before the firm was heard, and who asked never decides", async () => {
  const { id } = await recovery();
  const ruling = { decidedYuan: "0", reasons: "x", instalments: "" };
  const page = `/desk/recoveries/${id}`;
  expect((await checker.get(page)).body).toContain("还没有陈述");
  expect((await checker.submit(`${page}/decide`, ruling)).statusCode).toBe(409);
  await portal.get(`/recoveries/${id}`);
  await portal.submit(`/recoveries/${id}/statement`, { statement: "资格撤销前已投入研发，请酌减并分期。" });
  expect((await operator.get(page)).body).toContain("由别人决定");
  expect((await operator.submit(`${page}/decide`, ruling)).statusCode).toBe(403);
  expect((await portal.get(`/recoveries/${id}`)).body).toContain("请酌减并分期");
});

test("somebody else decides: reduced, with reasons, on a calendar; now it is in the books", async () => {
  const { id } = await recovery();
  const half = award.amountFen / 2n;
  const first = half - 10_000n;
  const instalments = `2025-12-31 ${toDecimalYuan(first)}\n2026-01-31 ${toDecimalYuan(half - first)}`;
  const page = `/desk/recoveries/${id}`;
  await checker.get(page);
  const wrong = { decidedYuan: toDecimalYuan(half), reasons: "酌减一半", instalments: "2025-12-31 1" };
  expect((await checker.submit(`${page}/decide`, wrong)).statusCode).toBe(400);
  await checker.get(page);
  await checker.submit(`${page}/decide`, { ...wrong, instalments });
  expect(await recovery()).toMatchObject({ status: "owed", decidedFen: half, decidedBy: "account-checker" });
  expect(await line()).toMatchObject({ receivableFen: half, recoveredFen: 0n });
  const told = await db().inboxMessage.findFirstOrThrow({ where: { firmCode: firm, kind: "recovery-decided" } });
  expect(told.body).toContain((await recovery()).reference);
});

test("money without the reference, or too much of it, pays nothing; a booked credit with it does, once", async () => {
  const { reference, decidedFen } = await recovery();
  const owed = decidedFen ?? 0n;
  expect(await credit("C1", 10_000n, "退款")).toMatchObject({ recovered: 0, suspended: 1 });
  expect(await credit("C2", owed + 1n, `退回 ${reference}`)).toMatchObject({ recovered: 0, suspended: 1 });
  expect((await recovery()).receivedFen).toBe(0n);
  expect(await credit("C3", owed - 10_000n, `退回 ${reference}`)).toMatchObject({ recovered: 1, suspended: 0 });
  expect(await credit("C3", owed - 10_000n, ` 退回 ${reference} `)).toMatchObject({ recovered: 0, suspended: 0 });
  expect(await recovery()).toMatchObject({ status: "owed", receivedFen: owed - 10_000n });
  expect((await portal.get(`/recoveries/${(await recovery()).id}`)).body).toContain("C3");
});

test("the rest is set off against the firm's next benefit, and what is left of that is paid", async () => {
  const { id } = await recovery();
  const refund = await agree(O01);
  const { amountFen } = await db().entitlement.findUniqueOrThrow({ where: { id: refund } });
  expect(amountFen).toBeGreaterThan(10_000n);
  expect((await portal.get(`/recoveries/${id}`)).body).toContain(refund);
  await portal.submit(`/recoveries/${id}/offset`, { entitlementId: refund });
  await house().pump();
  expect(await recovery()).toMatchObject({ status: "owed", heldFen: 10_000n, offsetFen: 0n });
  // Held is not paid: a credit for it now is more than is open.
  expect(await credit("C4", 10_000n, `退回 ${(await recovery()).reference}`)).toMatchObject({ suspended: 1 });
  await paid(refund);
  await house().pump();
  const payment = await db().payment.findFirstOrThrow({ where: { entitlementId: refund, status: "settled" } });
  expect(payment.amountFen).toBe(amountFen - 10_000n);
  expect(await recovery()).toMatchObject({ status: "closed", heldFen: 0n, offsetFen: 10_000n });
  const half = award.amountFen / 2n;
  expect(await line()).toMatchObject({ receivableFen: 0n, recoveredFen: half });
  expect((await portal.get(`/recoveries/${id}`)).body).toContain("已结清");
});

test("facts that say the same later ask nothing back again: nothing is recovered twice", async () => {
  const { asOf } = await db().delivery.findFirstOrThrow({ where: { sourceId: "science" } });
  const rows = `统一社会信用代码,企业名称,首次认定年度,认定时住所行政区划代码\n${firm},,2021,410200\n`;
  await importDelivery(
    { ...house(), sources: town.world.sources },
    {
      ...{ sourceId: "science", fileName: "revoked.csv", bytes: new TextEncoder().encode(rows), isPartial: true },
      ...{ asOf: asOf.toISOString().slice(0, 10) as Day, importedBy: AUTHOR },
    },
  );
  await house().pump();
  expect(await db().reassessment.count({ where: { entitlementId: award.id } })).toBe(0);
  await operator.get("/desk/recoveries");
  const again = await operator.submit("/desk/recoveries", {
    ...{
      kind: "revoked-title",
      document: "另一份文件",
      facts: "同一事实",
      entitlementId: award.id,
      amountYuan: "0.01",
    },
  });
  expect(again.statusCode).toBe(400);
});

test("more was due than was paid: topped up from the fund to the same account without being asked, once", async () => {
  const award = await db().entitlement.findFirstOrThrow({ where: { firmCode: firm, policyId: O01 } });
  const decision = await db().decision.findUniqueOrThrow({ where: { id: award.decisionId } });
  const facts = decision.facts as Record<string, { value?: string }>;
  const contributed = "ui.paidLastYear.employer";
  const before = Number(facts[contributed]?.value);
  const { asOf } = await db().delivery.findFirstOrThrow({ where: { sourceId: "tax" }, orderBy: { asOf: "desc" } });
  const rows = `纳税人识别号,上年单位缴纳失业保险费（元）\n${firm},${before + 1000}\n`;
  const report = await importDelivery(
    { ...house(), sources: town.world.sources },
    {
      ...{ sourceId: "tax", fileName: "more.csv", bytes: new TextEncoder().encode(rows), isPartial: true },
      ...{ asOf: asOf.toISOString().slice(0, 10) as Day, importedBy: AUTHOR },
    },
  );
  expect(report.issues).toEqual([]);
  await house().pump();
  const review = await db().reassessment.findFirstOrThrow({ where: { entitlementId: award.id, status: "open" } });
  await settleReassessment(house(), {
    id: review.id,
    verdict: "upheld",
    by: "account-operator",
    reason: "税务局复核函",
  });
  await house().pump();
  const followed = await db().reviewFollowUp.findUniqueOrThrow({ where: { reassessmentId: review.id } });
  const difference = (review.dueFen ?? 0n) - review.paidFen;
  expect([difference > 0n, followed.topUpFen]).toEqual([true, difference]);
  const topUp = followed.topUpId ?? "";
  expect(await statusOf(topUp)).toBe("confirmed");
  await paid(topUp);
  const payment = await db().payment.findFirstOrThrow({ where: { entitlementId: topUp, status: "settled" } });
  expect(payment).toMatchObject({ amountFen: difference });
  expect(await db().inboxMessage.count({ where: { firmCode: firm, kind: "top-up" } })).toBe(1);
}, 300_000);

test("a list that does not name a firm any more brings its award up for review, and that is asked back", async () => {
  const other = await db().entitlement.findFirstOrThrow({
    where: { policyId: O10, status: "offered", firmCode: { not: firm } },
    orderBy: { id: "asc" },
  });
  const chosen = [{ entitlementId: other.id, amountFenSeen: String(other.amountFen) }];
  await confirmBenefits(house(), { firmCode: other.firmCode, actor: "account-test", requestKey: "other", chosen });
  await house().pump();
  await paid(other.id);
  const list = await db().delivery.findFirstOrThrow({ where: { sourceId: "science", complete: true } });
  const named = await db().fact.findMany({ where: { deliveryId: list.id } });
  const saidOf = (code: string, factId: string) =>
    named.find((fact) => fact.firmCode === code && fact.factId === factId)?.value ?? "";
  const rows = [...new Set(named.map(({ firmCode }) => firmCode))]
    .filter((code) => code !== other.firmCode && code !== firm)
    .map(
      (code) => `${code},,${saidOf(code, "hte.firstRecognisedYear")},${saidOf(code, "hte.regionCodeOnRecognition")}`,
    );
  const header = "统一社会信用代码,企业名称,首次认定年度,认定时住所行政区划代码";
  await importDelivery(
    { ...house(), sources: town.world.sources },
    {
      ...{ sourceId: "science", fileName: "list.csv", bytes: new TextEncoder().encode([header, ...rows].join("\n")) },
      ...{ asOf: list.asOf.toISOString().slice(0, 10) as Day, importedBy: AUTHOR },
    },
  );
  await house().pump();
  const review = await db().reassessment.findFirstOrThrow({ where: { entitlementId: other.id, status: "open" } });
  expect(review).toMatchObject({ outcome: "ineligible", paidFen: other.amountFen, dueFen: 0n });
  // Of the first firm's award everything is asked back already.
  expect(await db().reassessment.count({ where: { entitlementId: award.id } })).toBe(0);
  await settleReassessment(house(), { id: review.id, verdict: "upheld", by: "account-operator", reason: "科技局来函" });
  await house().pump();
  const asked = await db().recovery.findUniqueOrThrow({ where: { reassessmentId: review.id } });
  expect(asked).toMatchObject({ status: "noticed", claimedFen: other.amountFen, openedBy: "account-operator" });
  expect(asked.facts).toContain("首次认定高新技术企业的年份");
  expect(asked.document).toContain("郑州市人民政府");
}, 300_000);

test("the books, the bank and every decision still agree", async () => {
  await house().pump();
  expect(await broken()).toEqual([]);
});
