import type { DeskException } from "@apply-free/ui";
import type { StaffPrincipal } from "../access/account.ts";
import { type Day, dayToDate, startOfDay } from "../kernel/day.ts";
import { brokenPromises } from "../payment/debt.ts";
import { paymentStops } from "../payment/payment-stop.prisma.ts";
import { ageingOf } from "../payment/promises.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { doubtfulAccounts } from "./account-checks.prisma.ts";

type ExceptionDeps = Readonly<{ db: Tx; compiled: CompiledPolicies; today: Day }>;
type Role = StaffPrincipal["role"];
const money: readonly Role[] = ["finance-maker", "finance-checker", "operator", "auditor"];
const data: readonly Role[] = ["author", "operator", "auditor"];
const telling: readonly Role[] = ["operator", "author", "auditor"];
const reviews: readonly Role[] = [...money, "author"];
const running: readonly Role[] = ["operator", "auditor", "author", "finance-maker", "finance-checker"];

/** What does not go by itself, for those whose work it is. */
export async function exceptionsFor(deps: ExceptionDeps, role: Role): Promise<DeskException[]> {
  const { db, today } = deps;
  const groups = await Promise.all([
    money.includes(role) ? ofMoney(db) : [],
    money.includes(role) ? ofAccounts(deps) : [],
    money.includes(role) ? ofPromises(deps) : [],
    data.includes(role) ? ofData(db, today) : [],
    reviews.includes(role) ? ofReviews(db, today) : [],
    telling.includes(role) ? ofTelling(db) : [],
    telling.includes(role) ? ofHearing(db, today) : [],
    running.includes(role) ? ofRunning(db) : [],
  ]);
  return groups.flat().filter(({ count }) => count > 0);
}

async function ofMoney(db: Tx): Promise<DeskException[]> {
  const [payments, suspense, proposed] = await Promise.all([
    db.$queryRaw<{ status: string; count: bigint }[]>`
      SELECT status, count(*) AS count FROM (
        SELECT DISTINCT ON (entitlement_id) status FROM payment ORDER BY entitlement_id, attempt DESC
      ) AS newest WHERE status IN ('returned', 'rejected') GROUP BY status`,
    db.statementLine.count({ where: { result: "suspense" } }),
    db.approvalBandProposal.count({ where: { status: "open" } }),
  ]);
  const stuck = (status: string) => Number(payments.find((row) => row.status === status)?.count ?? 0);
  return [
    { kind: "payment-returned", count: stuck("returned"), href: "/desk/batches" },
    { kind: "payment-rejected", count: stuck("rejected"), href: "/desk/batches" },
    { kind: "suspense", count: suspense, href: "/desk/suspense" },
    { kind: "band-proposed", count: proposed, href: "/desk/bands" },
  ];
}

/** As the next draft of this day would find them. */
async function ofAccounts({ db, today }: ExceptionDeps): Promise<DeskException[]> {
  const waiting = await doubtfulAccounts(db, startOfDay(today));
  return [{ kind: "accounts-to-check", count: waiting.length, href: "/desk/accounts" }];
}

async function ofPromises(deps: ExceptionDeps): Promise<DeskException[]> {
  const [stop, debts] = await Promise.all([paymentStops(deps.db).open(), ageingOf(deps)]);
  return [
    { kind: "payments-stopped", count: stop?.causes.length ?? 0, href: "/desk/ageing" },
    { kind: "payments-overdue", count: brokenPromises(debts).length, href: "/desk/ageing" },
  ];
}

async function ofData(db: Tx, today: Day): Promise<DeskException[]> {
  const [[lost], open, overdue, held, names] = await Promise.all([
    db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM delivery_issue JOIN (
        SELECT DISTINCT ON (source_id) id FROM delivery WHERE complete ORDER BY source_id, obtained_at DESC, id
      ) AS newest ON newest.id = delivery_issue.delivery_id WHERE severity = 'refused'`,
    db.dispute.count({ where: { status: "open", answerBy: { gte: dayToDate(today) } } }),
    db.dispute.count({ where: { status: "open", answerBy: { lt: dayToDate(today) } } }),
    db.quarantinedDelivery.count({ where: { status: { in: ["held", "endorsed"] } } }),
    db.nameList.count({ where: { status: "open" } }),
  ]);
  return [
    { kind: "disputes-overdue", count: overdue, href: "/desk/disputes" },
    { kind: "disputes-open", count: open, href: "/desk/disputes" },
    { kind: "deliveries-held", count: held, href: "/desk/quarantine" },
    { kind: "names-open", count: names, href: "/desk/names" },
    { kind: "delivery-issues", count: Number(lost?.count ?? 0), href: "/desk/deliveries" },
  ];
}

async function ofReviews(db: Tx, today: Day): Promise<DeskException[]> {
  const [count, heard, overdue] = await Promise.all([
    db.reassessment.count({ where: { status: "open" } }),
    db.recovery.count({
      where: { status: "noticed", OR: [{ statement: { not: null } }, { stateBy: { lt: dayToDate(today) } }] },
    }),
    overdueRecoveries(db, today),
  ]);
  return [
    { kind: "reviews-open", count, href: "/desk/reassessments" },
    { kind: "recoveries-overdue", count: overdue, href: "/desk/recoveries" },
    { kind: "recoveries-heard", count: heard, href: "/desk/recoveries" },
  ];
}

/** Less has come back than was due by now. */
async function overdueRecoveries(db: Tx, today: Day): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM recovery WHERE status = 'owed' AND received_fen + offset_fen < least(
      (SELECT coalesce(sum((instalment->>'amountFen')::bigint), 0) FROM jsonb_array_elements(instalments) AS instalment
        WHERE instalment->>'dueOn' < ${today}), claimed_fen - corrected_fen)`;
  return Number(row?.count ?? 0);
}

async function ofTelling(db: Tx): Promise<DeskException[]> {
  const count = await db.firmCall.count({ where: { status: "open" } });
  const strange = await db.smsReport.count({ where: { isKnown: false } });
  return [
    { kind: "calls-open", count, href: "/desk/call-list" },
    { kind: "sms-reports-set-aside", count: strange },
  ];
}

async function ofHearing(db: Tx, today: Day): Promise<DeskException[]> {
  const [open, overdue, comments, commentsOverdue] = await Promise.all([
    db.grievance.count({ where: { status: "open", answerBy: { gte: dayToDate(today) } } }),
    db.grievance.count({ where: { status: "open", answerBy: { lt: dayToDate(today) } } }),
    db.policyComment.count({ where: { status: "open", answerBy: { gte: dayToDate(today) } } }),
    db.policyComment.count({ where: { status: "open", answerBy: { lt: dayToDate(today) } } }),
  ]);
  return [
    { kind: "grievances-overdue", count: overdue, href: "/desk/grievances" },
    { kind: "grievances-open", count: open, href: "/desk/grievances" },
    { kind: "comments-overdue", count: commentsOverdue, href: "/desk/comments" },
    { kind: "comments-open", count: comments, href: "/desk/comments" },
  ];
}

async function ofRunning(db: Tx): Promise<DeskException[]> {
  return [{ kind: "flow-failed", count: await db.flowStep.count({ where: { status: "failed" } }) }];
}
