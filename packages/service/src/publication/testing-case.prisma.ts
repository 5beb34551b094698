import { delegationStore } from "../access/delegation.prisma.ts";
import { budgetStore } from "../budget/budget.prisma.ts";
import { appropriation, commitment, departure, settlement } from "../budget/posting.ts";
import { confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { confirmReceipt, type Entitlement, markPaid } from "../entitlement/entitlement.ts";
import { stackingStore } from "../entitlement/stacking-terms.prisma.ts";
import { paidInOneSum, toOwnAccounts } from "../entitlement/testing-parts.prisma.ts";
import { nothingSaid } from "../entitlement/testing-stacking.ts";
import { creditCodeCheckDigit } from "../kernel/credit-code.ts";
import { type Day, dayToDate } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import { decisionStore } from "../matching/decision.prisma.ts";
import { noticeBoard } from "../notice/notice.prisma.ts";
import { accountDigest } from "../payment/prepare-payment.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { smallPolicy } from "../policies/testing-small-policy.ts";

/*
 * A small lawful world for tests: cases that went as far as asked, with every row, posting and
 * event that the use cases would have left behind.
 */

export type Stage = "offered" | "confirmed" | "submitted" | "paid" | "received";

export const LINE = "henan-2025-test";
export const VERSION = "policy_test";
const run = "run_test";
const delivery = "delivery_test";

export function firmCode(nth: number): string {
  const first17 = `91410105MA3${String(nth).padStart(6, "0")}`;
  return first17 + creditCodeCheckDigit(first17);
}
export const accountNo = (nth: number) => `62220202000${String(nth).padStart(8, "0")}`;
export const emailOf = (nth: number) => `finance-${nth}@firm.example`;
export const entitlementId = (nth: number) => derivedId("entitlement", firmCode(nth), "test-policy", "once");
export const decisionId = (nth: number) => derivedId("decision", firmCode(nth));
export const paymentId = (nth: number, attempt = 1) => derivedId("payment", entitlementId(nth), attempt);

/** Shared by all cases: people, the policy, a funded line, a delivery and a run. */
export async function plantWorld(db: Tx): Promise<void> {
  const createdAt = morning("2025-11-03");
  const person = (id: string, role: string) => ({ id, login: id, role, displayName: id, passwordHash: "-", createdAt });
  await db.account.createMany({
    data: [person("maker", "finance-maker"), person("checker", "finance-checker"), person("author", "author")],
  });
  const payout = { budgetLine: LINE, period: "once", confirmWithinDays: 30 };
  await policyVersionStore(db).insert({
    id: VERSION,
    policyId: "test-policy",
    version: 1,
    title: "稳岗返还",
    sha256: "5".repeat(64),
    ...smallPolicy({
      id: "test-policy",
      title: { zh: "稳岗返还", en: "Refund" },
      document: { issuer: "人社厅" },
      payout,
    }),
    budgetLine: LINE,
    validFrom: "2025-01-01" as Day,
    publishedBy: "author",
    approvedBy: "checker",
    publishedAt: createdAt,
  });
  const published = { policyId: "test-policy", version: 1, sha256: "5".repeat(64) };
  await tell(db, { type: "policy-published", subject: VERSION, actor: "author", at: createdAt, payload: published });
  await budgetStore(db).open({ id: LINE, title: "稳岗返还资金", year: 2025 });
  await budgetStore(db).move([appropriation({ line: LINE, amountFen: fen(1_000_000_00) }, "指标 1")], createdAt);
  await db.delivery.create({
    data: {
      id: delivery,
      sourceId: "tax",
      fileName: "tax-2025-11.csv",
      sha256: "6".repeat(64),
      asOf: dayToDate("2025-11-01" as Day),
      obtainedAt: createdAt,
      rowsGood: 1,
      rowsBad: 0,
      importedBy: "system:import",
    },
  });
  const rows = { sourceId: "tax", sha256: "6".repeat(64), rowsGood: 1, rowsBad: 0 };
  await tell(db, {
    type: "delivery-imported",
    subject: delivery,
    actor: "system:import",
    at: createdAt,
    payload: rows,
  });
  const counts = { eligible: 1, ineligible: 0, undetermined: 0, recorded: 1 };
  const finished = { ...counts, finishedAt: createdAt };
  await db.matchRun.create({
    data: {
      id: run,
      slot: "2025-11-03T02:00",
      asOf: dayToDate("2025-11-03" as Day),
      startedAt: createdAt,
      ...finished,
    },
  });
  const payload = { asOf: "2025-11-03" as Day, ...counts, decisionsSha256: "7".repeat(64) };
  await tell(db, { type: "match-run-finished", subject: run, actor: "system:matching", at: createdAt, payload });
}

export type CaseOptions = Readonly<{ name?: string; amountFen?: bigint; bookedOn?: Day }>;

/** One firm's case, up to and including `stage`. */
export async function plantCase(db: Tx, nth: number, stage: Stage, options: CaseOptions = {}): Promise<void> {
  const { name = `郑州星河${nth}科技有限公司`, amountFen = 1_234_56n, bookedOn = "2025-11-06" as Day } = options;
  await plantOffer(db, nth, name, amountFen);
  if (stage === "offered") return;
  await plantConsent(db, nth, amountFen);
  if (stage === "confirmed") return;
  await plantSubmission(db, nth, amountFen);
  if (stage === "submitted") return;
  await plantBooking(db, nth, amountFen, bookedOn);
  if (stage === "received") await plantReceipt(db, nth, bookedOn);
}

async function plantOffer(db: Tx, nth: number, name: string, amountFen: bigint): Promise<void> {
  const code = firmCode(nth);
  const at = morning("2025-11-03");
  await db.firm.create({ data: { code, name, regionCode: "410105", email: emailOf(nth) } });
  await db.bankAccount.create({
    data: {
      id: derivedId("account", code),
      firmCode: code,
      holderName: name,
      accountNo: accountNo(nth),
      bankName: "测试银行",
      bankCode: "102491000010",
      source: "human-resources",
      status: "active",
      createdAt: at,
    },
  });
  await db.fact.create({
    data: {
      firmCode: code,
      factId: "ui.arrears",
      value: "0",
      sourceId: "tax",
      deliveryId: delivery,
      asOf: dayToDate("2025-11-01" as Day),
      obtainedAt: at,
    },
  });
  const trace = { name: "all", result: "true" as const, children: [] };
  const amount = { kind: "exact" as const, fen: String(amountFen) };
  const decision = {
    policy: "test-policy",
    version: 1,
    asOf: "2025-11-03",
    outcome: "eligible" as const,
    amount,
    missing: [],
  };
  await decisionStore(db).insertAll([
    {
      id: decisionId(nth),
      firmCode: code,
      policyId: "test-policy",
      policyVersionId: VERSION,
      runId: run,
      period: "once",
      asOf: "2025-11-03" as Day,
      decision: { ...decision, computation: [], trace },
      facts: {
        "ui.arrears": { state: "known", value: "0", source: "tax", asOf: "2025-11-01", deliveryId: delivery },
        "hr.isLabourDispatch": { state: "unknown", reason: "not-obtained" },
      },
      answerSha256: "0".repeat(64),
      inputSha256: sha256(`input ${nth}`),
      resultSha256: sha256(`result ${nth}`),
      engine: "test",
      decidedAt: at,
    },
  ]);
  const subject = entitlementId(nth);
  await entitlementStore(db).insert({
    id: subject,
    firmCode: code,
    policyId: "test-policy",
    policyVersionId: VERSION,
    period: "once",
    decisionId: decisionId(nth),
    budgetLine: LINE,
    amountFen: fen(amountFen),
    offeredAt: at,
    confirmBefore: new Date("2025-12-03T16:00:00Z"),
    remindersSent: 0,
    status: "offered",
  });
  const payload = { decisionId: decisionId(nth), resultSha256: sha256(`result ${nth}`), amountFen: String(amountFen) };
  await tell(db, { type: "entitlement-offered", subject, actor: "system:matching", at, payload });
  const text = {
    subject: { zh: "贵公司符合 1 项补贴条件", en: "Your firm qualifies for a benefit" },
    body: { zh: "请打开“豫事办”确认。", en: "Please confirm." },
  };
  const notice = { id: derivedId("notice", code), firmCode: code, entitlementIds: [subject], at };
  await noticeBoard(db).post({ ...text, ...notice, kind: "offer" });
}

async function plantConsent(db: Tx, nth: number, amountFen: bigint): Promise<void> {
  const stores = {
    entitlements: entitlementStore(db),
    awardParts: paidInOneSum(db),
    destinations: toOwnAccounts,
    stacking: stackingStore(db, nothingSaid),
    consents: consentStore(db),
    delegations: delegationStore(db),
    payees: payeeAccounts(db),
    budget: budgetStore(db),
    funds: { of: async () => undefined, isAllocated: async () => false },
    journal: journalOn(db),
  };
  await confirmBenefits(
    { transaction: (work) => work(stores), clock: { now: () => new Date("2025-11-03T08:00:00Z") } },
    {
      firmCode: firmCode(nth),
      actor: `person-${nth}`,
      requestKey: "form-1",
      chosen: [{ entitlementId: entitlementId(nth), amountFenSeen: String(amountFen) }],
    },
  );
}

async function plantSubmission(db: Tx, nth: number, amountFen: bigint): Promise<void> {
  const at = morning("2025-11-04");
  const id = paymentId(nth);
  const batchId = derivedId("batch", id);
  const account = await db.bankAccount.findFirstOrThrow({ where: { firmCode: firmCode(nth), status: "active" } });
  const { holderName, bankCode } = account;
  await db.payment.create({
    data: {
      id,
      entitlementId: entitlementId(nth),
      attempt: 1,
      endToEndId: `E2E${String(nth).padStart(6, "0")}`,
      budgetLine: LINE,
      amountFen,
      bankAccountId: account.id,
      holderName,
      accountNo: account.accountNo,
      bankCode,
      status: "reserved",
      createdAt: at,
    },
  });
  const terms = { entitlementId: entitlementId(nth), attempt: 1, amountFen: String(amountFen) };
  const prepared = { ...terms, accountDigest: accountDigest({ ...account, accountIndex: account.accountIndex ?? "" }) };
  await tell(db, { type: "payment-prepared", subject: id, actor: "system:payment", at, payload: prepared });
  const file = `<Document>${id}</Document>`;
  const fixed = { messageId: `MSG${nth}`, maker: "maker", count: 1, totalFen: amountFen, sha256: sha256(file), file };
  await db.paymentBatch.create({ data: { id: batchId, ...fixed, status: "drafted", draftedAt: at } });
  await db.payment.update({ where: { id }, data: { status: "batched", batchId } });
  const drafted = { payments: 1, totalFen: String(amountFen), sha256: sha256(file) };
  await tell(db, { type: "batch-drafted", subject: batchId, actor: "maker", at, payload: drafted });
  const approval = { status: "approved", checker: "checker", approvedAt: at };
  await db.paymentBatch.update({ where: { id: batchId }, data: approval });
  const approved = { sha256: sha256(file), maker: "maker" };
  await tell(db, { type: "batch-approved", subject: batchId, actor: "checker", at, payload: approved });
  await db.paymentBatch.update({ where: { id: batchId }, data: { status: "sending" } });
  await budgetStore(db).move([commitment({ line: LINE, amountFen: fen(amountFen) }, id)], at);
  await budgetStore(db).move([departure({ line: LINE, amountFen: fen(amountFen) }, id)], at);
  await db.payment.update({ where: { id }, data: { status: "submitted" } });
  await db.paymentBatch.update({ where: { id: batchId }, data: { status: "sent", sentAt: at } });
  const sent = { messageId: `MSG${nth}`, sha256: sha256(file) };
  await tell(db, { type: "batch-sent", subject: batchId, actor: "system:payment", at, payload: sent });
}

async function plantBooking(db: Tx, nth: number, amountFen: bigint, bookedOn: Day): Promise<void> {
  const at = morning(bookedOn);
  const id = paymentId(nth);
  const reference = `REF${nth}`;
  const content = `<camt>${id}</camt>`;
  const file = { id: derivedId("file", id), kind: "camt.053", sha256: sha256(content), content, receivedAt: at };
  await db.bankFile.create({ data: file });
  const line = { reference, endToEndId: `E2E${String(nth).padStart(6, "0")}`, direction: "debit", amountFen };
  await db.statementLine.create({
    data: { id: derivedId("line", id), bankFileId: file.id, ...line, bookedOn: dayToDate(bookedOn), result: "settled" },
  });
  await budgetStore(db).move([settlement({ line: LINE, amountFen: fen(amountFen) }, id)], at);
  await db.payment.update({ where: { id }, data: { status: "settled", settledOn: dayToDate(bookedOn) } });
  await change(db, nth, (current) => markPaid(current, at));
  const payload = { entitlementId: entitlementId(nth), amountFen: String(amountFen), reference, bookedOn };
  await tell(db, { type: "payment-settled", subject: id, actor: "system:reconciliation", at, payload });
}

async function plantReceipt(db: Tx, nth: number, day: Day): Promise<void> {
  const at = new Date(morning(day).getTime() + 3_600_000);
  await change(db, nth, (current) => confirmReceipt(current, at));
  const event = { type: "receipt-confirmed", subject: entitlementId(nth), actor: `person-${nth}`, at } as const;
  await tell(db, { ...event, payload: { paymentId: paymentId(nth) } });
}

async function change(db: Tx, nth: number, transition: (current: Entitlement) => Entitlement): Promise<void> {
  const { entitlement, rowVersion } = await entitlementStore(db).get(entitlementId(nth));
  await entitlementStore(db).save(transition(entitlement), rowVersion);
}

function tell(db: Tx, event: DomainEvent): Promise<void> {
  return journalOn(db).append(event);
}

function morning(day: string): Date {
  return new Date(`${day}T09:00:00+08:00`);
}
