import type { BatchBrief, BatchProps, DeskHomeProps, Fund, PaymentLine, SuspenseLine } from "@apply-free/ui";
import type { StaffPrincipal } from "../access/account.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { today } from "../kernel/clock.ts";
import { dateToDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { maskAccountNo } from "../kernel/mask.ts";
import { bankReasonZh } from "../notice/notifying-journal.ts";
import type { PaymentBatch } from "../platform/generated/client.ts";
import { outcomeOf } from "../platform/job-run.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { titlesOfVersions } from "../portal/firm-views.prisma.ts";
import { fundView } from "../portal/fund-view.prisma.ts";
import { differenceOf, type Paid } from "./batch-differences.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { exceptionsFor } from "./exceptions.prisma.ts";
import { firmHrefFor } from "./firm-address.ts";
import { stopFor } from "./stop-view.prisma.ts";

/** The first page of an official: money, progress, and what waits. */
export async function deskHomeOf(
  { db, clock, compiled, jobs: known }: Pick<DeskDeps, "db" | "clock" | "compiled" | "jobs">,
  reader: StaffPrincipal,
): Promise<Omit<DeskHomeProps, "context">> {
  const [funds, byStatus, outcomes, mail, jobs, exceptions, tasks, stop] = await Promise.all([
    fundsOf(db),
    db.entitlement.groupBy({ by: ["status"], _count: true }),
    newestOutcomes(db),
    db.dispatch.groupBy({ by: ["status"], _count: true }),
    newestJobs(db, known),
    exceptionsFor({ db, compiled, today: today(clock) }, reader.role),
    tasksOf(db, reader),
    stopFor(db, reader.role),
  ]);
  const has = (...statuses: readonly string[]) =>
    byStatus.filter(({ status }) => statuses.includes(status)).reduce((sum, { _count }) => sum + _count, 0);
  const mails = (status: string) => mail.find((group) => group.status === status)?._count ?? 0;
  return {
    funds,
    stop,
    steps: {
      matched: outcomes.eligible,
      offered: has("offered", "confirmed", "waitlisted", "declined", "lapsed", "paid", "received"),
      confirmed: has("confirmed", "waitlisted", "paid", "received"),
      paid: has("paid", "received"),
      received: has("received"),
    },
    aside: {
      undetermined: outcomes.undetermined,
      waitlisted: has("waitlisted"),
      declined: has("declined"),
      lapsed: has("lapsed"),
      withdrawn: has("withdrawn"),
    },
    jobs,
    mail: { queued: mails("queued"), sent: mails("sent"), dead: mails("dead") + mails("bounced") },
    exceptions,
    tasks,
  };
}

export async function fundsOf(db: Tx): Promise<Fund[]> {
  return (await db.budgetLine.findMany({ orderBy: { id: "asc" } })).map(fundView);
}

export type Outcomes = Readonly<{ eligible: number; ineligible: number; undetermined: number }>;

/** How the newest answers stand, one per firm, policy and period. */
export async function newestOutcomes(db: Tx, policyId?: string): Promise<Outcomes> {
  const rows = await db.$queryRaw<{ outcome: keyof Outcomes; count: bigint }[]>`
    SELECT outcome, count(*) AS count FROM (
      SELECT DISTINCT ON (firm_code, policy_id, period) outcome FROM decision
      WHERE ${policyId ?? null}::text IS NULL OR policy_id = ${policyId ?? null}
      ORDER BY firm_code, policy_id, period, decided_at DESC, id DESC
    ) AS newest GROUP BY outcome`;
  const count = (outcome: keyof Outcomes) => Number(rows.find((row) => row.outcome === outcome)?.count ?? 0);
  return { eligible: count("eligible"), ineligible: count("ineligible"), undetermined: count("undetermined") };
}

async function newestJobs(db: Tx, known: DeskDeps["jobs"]): Promise<DeskHomeProps["jobs"]> {
  const rows = await db.jobRun.findMany({ distinct: ["job"], orderBy: [{ job: "asc" }, { slot: "desc" }] });
  const place = ({ job }: { job: string }) => known.findIndex(({ name }) => name === job);
  // In the order in which they run; one that this release no longer knows comes first.
  return rows
    .toSorted((a, b) => place(a) - place(b))
    .map(({ job, slot, finishedAt, outcome }) => ({
      job,
      purpose: known.find(({ name }) => name === job)?.purpose,
      slot,
      finishedAt: finishedAt?.toISOString(),
      outcome: outcome === null ? undefined : outcomeOf(outcome),
    }));
}

async function tasksOf(db: Tx, { accountId, role }: StaffPrincipal): Promise<DeskHomeProps["tasks"]> {
  if (role !== "finance-checker") return [];
  const drafted = await db.paymentBatch.findMany({
    where: {
      ...{ status: "drafted", maker: { not: accountId } },
      OR: [{ firstChecker: null }, { firstChecker: { not: accountId } }],
    },
    orderBy: { draftedAt: "asc" },
    select: { id: true, count: true },
  });
  return drafted.map(({ id, count }) => ({
    text: { zh: `复核拨付批次（${count} 笔）`, en: `Check a payment batch of ${count}` },
    href: `/desk/batches/${id}`,
  }));
}

/** The file lies sealed, and opening it is for who sends it. */
type BatchRow = Omit<PaymentBatch, "file">;

export async function batchesOf(db: Tx, limit: number): Promise<BatchBrief[]> {
  const rows = await db.paymentBatch.findMany({
    orderBy: [{ draftedAt: "desc" }, { id: "desc" }],
    take: limit,
    omit: { file: true },
  });
  const names = await namesOf(db, rows);
  return rows.map((row) => briefOf(row, names));
}

/** @throws DomainError batch-not-found */
export async function batchOf(
  db: Tx,
  compiled: CompiledPolicies,
  id: string,
  reader: StaffPrincipal,
): Promise<Omit<BatchProps, "context">> {
  const row = await db.paymentBatch.findUnique({ where: { id }, omit: { file: true } });
  if (!row) throw new DomainError("batch-not-found", "没有这个批次。No such batch.", { id });
  const names = await namesOf(db, [row]);
  return {
    batch: { ...briefOf(row, names), sha256: row.sha256 },
    lines: await linesOf({ db, compiled }, id, reader),
    previous: await previousOf(db, row),
    ...(row.firstSha256 !== null && { firstSaw: row.firstSha256 === row.sha256 ? "the-same" : "another-file" }),
    approval: approvalOf(row, reader),
    mayCancel: row.status === "drafted" && (reader.role === "finance-maker" || reader.role === "finance-checker"),
  };
}

function approvalOf(
  { status, maker, firstChecker }: BatchRow,
  { accountId, role }: StaffPrincipal,
): BatchProps["approval"] {
  if (status !== "drafted") return "not-open";
  if (maker === accountId) return "reader-is-maker";
  if (firstChecker === accountId) return "reader-has-checked";
  return role === "finance-checker" ? "allowed" : "not-a-checker";
}

/** The last batch before this one that went to the bank. */
async function previousOf(db: Tx, { id, draftedAt }: BatchRow): Promise<BatchProps["previous"]> {
  const before = await db.paymentBatch.findFirst({
    where: { id: { not: id }, draftedAt: { lte: draftedAt }, status: { in: ["sent", "closed"] } },
    orderBy: [{ draftedAt: "desc" }, { id: "desc" }],
    select: { id: true, messageId: true, count: true, totalFen: true },
  });
  return before ? { ...before, totalFen: String(before.totalFen) } : undefined;
}

/** Where the last money that reached each firm went, outside this batch. */
async function lastArrived(db: Tx, batchId: string, firmCodes: readonly string[]): Promise<ReadonlyMap<string, Paid>> {
  const owed = await db.entitlement.findMany({
    where: { firmCode: { in: [...firmCodes] }, status: { in: ["paid", "received"] } },
    select: { id: true, firmCode: true },
  });
  const firmOf = new Map(owed.map(({ id, firmCode }) => [id, firmCode]));
  const settled = await db.payment.findMany({
    where: { entitlementId: { in: [...firmOf.keys()] }, status: "settled", batchId: { not: batchId } },
    orderBy: [{ settledOn: "asc" }, { createdAt: "asc" }, { id: "asc" }],
    select: { entitlementId: true, accountNo: true },
  });
  // Of several the last one stays.
  return new Map(
    settled.map(({ entitlementId, accountNo }) => {
      const firmCode = firmOf.get(entitlementId) ?? "";
      return [firmCode, { firmCode, accountNo }];
    }),
  );
}

async function linesOf(
  { db, compiled }: Readonly<{ db: Tx; compiled: CompiledPolicies }>,
  batchId: string,
  reader: StaffPrincipal,
): Promise<PaymentLine[]> {
  const payments = await db.payment.findMany({ where: { batchId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  const entitlements = await db.entitlement.findMany({
    where: { id: { in: payments.map(({ entitlementId }) => entitlementId) } },
  });
  const owed = new Map(entitlements.map((entitlement) => [entitlement.id, entitlement]));
  const firmCodes = entitlements.map(({ firmCode }) => firmCode);
  const nameOf = await firmNames(db, firmCodes);
  const versions = [...new Set(entitlements.map(({ policyVersionId }) => policyVersionId))];
  const titles = await titlesOfVersions(db, compiled, versions);
  const arrived = await lastArrived(db, batchId, firmCodes);
  return payments.flatMap((payment) => {
    const entitlement = owed.get(payment.entitlementId);
    if (!entitlement) return [];
    const { id, endToEndId, holderName, accountNo, amountFen, attempt, status, reasonCode } = payment;
    return {
      paymentId: id,
      firmHref: firmHrefFor(reader.role, entitlement),
      endToEndId,
      firmName: nameOf.get(entitlement.firmCode) ?? entitlement.firmCode,
      policyTitle: titles.get(entitlement.policyVersionId) ?? entitlement.policyId,
      holderName,
      accountNoMasked: maskAccountNo(accountNo),
      amountFen: String(amountFen),
      attempt,
      status: status as PaymentLine["status"],
      difference: differenceOf({ firmCode: entitlement.firmCode, accountNo }, arrived),
      reason: reasonCode === null ? undefined : bankReasonZh(reasonCode),
    };
  });
}

async function namesOf(db: Tx, batches: readonly BatchRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = batches.flatMap(({ maker, checker, firstChecker }) => [maker, checker ?? [], firstChecker ?? []].flat());
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  return new Map(accounts.map(({ id, displayName }) => [id, displayName]));
}

function briefOf(row: BatchRow, names: ReadonlyMap<string, string>): BatchBrief {
  const { id, messageId, count, totalFen, maker, checker, firstChecker } = row;
  return {
    id,
    messageId,
    status: row.status as BatchBrief["status"],
    count,
    totalFen: String(totalFen),
    maker: names.get(maker) ?? maker,
    checker: checker === null ? undefined : (names.get(checker) ?? checker),
    firstChecker: firstChecker === null ? undefined : (names.get(firstChecker) ?? firstChecker),
    checkersNeeded: row.checkersNeeded === 2 ? 2 : 1,
    draftedAt: row.draftedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString(),
    sentAt: row.sentAt?.toISOString(),
    closedAt: row.closedAt?.toISOString(),
  };
}

export async function suspenseOf(db: Tx): Promise<SuspenseLine[]> {
  const rows = await db.statementLine.findMany({ where: { result: "suspense" }, orderBy: { bookedOn: "desc" } });
  return rows.map(({ id, reference, endToEndId, direction, amountFen, bookedOn, note, remittance }) => ({
    id,
    reference,
    endToEndId: endToEndId ?? undefined,
    direction: direction as SuspenseLine["direction"],
    amountFen: String(amountFen),
    bookedOn: dateToDay(bookedOn),
    note: note ?? undefined,
    remittance: remittance ?? undefined,
  }));
}
