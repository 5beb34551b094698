import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInvariants } from "../packages/service/src/audit/invariants.prisma.ts";
import { confirmBenefits } from "../packages/service/src/confirmation/confirm-benefits.ts";
import { sampleFirms } from "../packages/service/src/demo/sample-firms.ts";
import type { DeliveryFile } from "../packages/service/src/facts/delivery-file.ts";
import type { Day } from "../packages/service/src/kernel/day.ts";
import { toReassessment } from "../packages/service/src/reassessment/reassessment.prisma.ts";
import { consequenceOf } from "../packages/service/src/reassessment/reassessment.ts";
import { settleReassessment } from "../packages/service/src/reassessment/settle-reassessment.ts";
import { affectedFirms } from "../packages/service/src/screening/affected-firms.ts";
import { receiveDelivery } from "../packages/service/src/screening/receive-delivery.ts";
import { numbers, type Row, rowsOf, START } from "../packages/service/src/screening/testing-deliveries.ts";
import { openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";

/**
 * A department sends a wrong batch about more than 300 firms, and it is caught. A smaller slip passes
 * and is paid on; its correction moves no money, but proposes what to top up and what to ask back.
 */

const COUNT = 420;
const CODE = "纳税人识别号";
const O01 = "henan-o01-unemployment-insurance-refund";
const EMPLOYER = "上年单位缴纳失业保险费（元）";
const firms = sampleFirms({ seed: 20251103, count: COUNT, start: START });

let town: Town;
let taxDay: Day;
beforeAll(async () => {
  town = await openTown(COUNT);
  const delivery = await db().delivery.findFirstOrThrow({
    where: { sourceId: "tax" },
    orderBy: { obtainedAt: "desc" },
  });
  taxDay = delivery.asOf.toISOString().slice(0, 10) as Day;
}, 600_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const deps = () => ({ ...town.world.house, sources: town.world.sources });
const taxRows = () => rowsOf("tax", firms);

function taxFile(rows: readonly Row[], over: Partial<DeliveryFile> = {}): DeliveryFile {
  const headers = Object.keys(rows[0] ?? {});
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ""))];
  const bytes = new TextEncoder().encode(lines.map((cells) => cells.join(",")).join("\n"));
  return { sourceId: "tax", fileName: "tax.csv", bytes, asOf: taxDay, importedBy: "account-author", ...over };
}

const reviews = async () =>
  (await db().reassessment.findMany({ orderBy: { id: "asc" } })).map(toReassessment).map((review) => ({
    review,
    consequence: consequenceOf(review),
  }));
const moneyMoved = async () => ({
  payments: await db().payment.count(),
  postings: await db().posting.count(),
  entitlements: await db().entitlement.count(),
});

test("a wrong batch about more than 300 firms is caught before any decision, and says whom it would touch", async () => {
  const before = await db().fact.count();
  const slipped = numbers(EMPLOYER, (n) => n * 10_000)(taxRows());
  const reception = await receiveDelivery(deps(), taxFile(slipped, { asOf: START }));
  if (reception.outcome !== "quarantined") throw new Error(`was ${reception.outcome}`);
  expect(await db().fact.count()).toBe(before);
  expect((await affectedFirms(deps(), reception.quarantined.id)).length).toBeGreaterThan(300);
});

test("a correction of a slip that passed and was paid proposes top-ups and recoveries, to the fen, and moves no money", async () => {
  const accounts = await db().bankAccount.findMany({ where: { status: "active" }, select: { firmCode: true } });
  const offered = await db().entitlement.findMany({
    where: { policyId: O01, status: "offered", firmCode: { in: accounts.map(({ firmCode }) => firmCode) } },
    orderBy: { id: "asc" },
    take: 8,
  });
  for (const { id, firmCode, amountFen } of offered) {
    const chosen = [{ entitlementId: id, amountFenSeen: String(amountFen) }];
    await confirmBenefits(town.world.house, { firmCode, actor: "account-test", requestKey: `paid-${id}`, chosen });
  }
  await town.world.house.pump();
  const paid = () => db().entitlement.findMany({ where: { policyId: O01, status: { in: ["paid", "received"] } } });
  for (let moments = 0; moments < 40 && (await paid()).length < offered.length - 1; moments += 1) await town.next();
  const awards = (await paid()).sort((one, other) => (one.firmCode < other.firmCode ? -1 : 1));
  expect(awards.length).toBeGreaterThanOrEqual(6);
  const [higher = [], lower = []] = [awards.slice(0, 3), awards.slice(3, 6)].map((group) =>
    group.map(({ firmCode }) => firmCode),
  );
  const moved = await moneyMoved();

  // The bureau had understated three firms and overstated three: it says so for the very day it spoke of.
  const corrected = taxRows()
    .filter((row) => [...higher, ...lower].includes(row[CODE] ?? ""))
    .map(
      (row) => numbers(EMPLOYER, (n) => (higher.includes(row[CODE] ?? "") ? n + 1000 : n - 100))([row]).at(0) ?? row,
    );
  const reception = await receiveDelivery(deps(), taxFile(corrected, { isPartial: true, fileName: "corrected.csv" }));
  expect(reception.outcome).toBe("imported");
  await town.world.house.pump();

  const found = await reviews();
  expect(found).toHaveLength(6);
  for (const { review, consequence } of found) {
    const award = awards.find(({ id }) => id === review.entitlementId);
    const isHigher = higher.includes(award?.firmCode ?? "");
    expect(review).toMatchObject({ status: "open", outcome: "eligible", paidFen: award?.amountFen });
    expect(review.changed.map(({ factId, sourceId }) => [factId, sourceId])).toEqual([
      ["ui.paidLastYear.employer", "tax"],
    ]);
    // 60 % (30 % for large firms) of 1,000 yuan more, or of 100 yuan less.
    const share = consequence.kind === "top-up" || consequence.kind === "recovery" ? consequence.fen : 0n;
    expect(consequence.kind).toBe(isHigher ? "top-up" : "recovery");
    expect(isHigher ? [60_000n, 30_000n] : [6_000n, 3_000n]).toContain(share);
  }
  expect(await moneyMoved()).toEqual(moved);
});

test("the same file again opens nothing, and a correction taken back closes what it had opened", async () => {
  const before = await reviews();
  const [one] = before;
  const award = await db().entitlement.findUniqueOrThrow({ where: { id: one?.review.entitlementId ?? "" } });
  const row = taxRows().filter((each) => each[CODE] === award.firmCode);
  await receiveDelivery(deps(), taxFile(row, { isPartial: true, fileName: "taken-back.csv" }));
  await town.world.house.pump();
  const after = await reviews();
  expect(after).toHaveLength(before.length);
  expect(after.map(({ review }) => review.status).sort()).toEqual([...Array(5).fill("open"), "superseded"]);
});

test("a person closes a review with a reason, once", async () => {
  const open = (await reviews()).filter(({ review }) => review.status === "open");
  const [
    {
      review: { id },
    } = { review: { id: "" } },
  ] = open;
  const word = { id, verdict: "upheld" as const, by: "account-operator" };
  await expect(settleReassessment(deps(), { ...word, reason: " " })).rejects.toMatchObject({ code: "bad-input" });
  await settleReassessment(deps(), { ...word, reason: "税务局复核函" });
  const again = settleReassessment(deps(), { ...word, reason: "税务局复核函" });
  await expect(again).rejects.toMatchObject({ code: "reassessment-not-open" });
  expect(await db().journalEvent.count({ where: { type: "reassessment-closed", subject: id } })).toBe(1);
});

test("the desk shows what has changed and by how much, and a person closes it there", async () => {
  const desk = town.browser();
  await desk.signIn("operator");
  const [{ review } = { review: undefined }] = (await reviews()).filter((each) => each.review.status === "open");
  const page = `/desk/reassessments/${review?.id}`;
  expect((await desk.get("/desk/reassessments")).body).toContain(page);
  const { body } = await desk.get(page);
  expect(body).toContain("上年度单位实缴失业保险费");
  expect(body).toMatch(/建议(补发|追缴)/);
  await desk.submit(page, { verdict: "dismissed", reason: "已另案处理" });
  expect((await desk.get(page)).body).toContain("已另案处理");
  expect((await desk.get("/desk/deliveries")).body).toContain("笔已兑付待复核");
});

test("the books and every decision still hold", async () => {
  const broken = (await checkInvariants(town.world.house.store, START)).filter(({ breaches }) => breaches.length > 0);
  expect(broken).toEqual([]);
});
