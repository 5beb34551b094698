import type { Explanation, TimeLimits } from "@apply-free/rules";
import type { BenefitCase, Bilingual, HomeProps, MaskedAccount, MessageBrief, NotGranted, Offer } from "@apply-free/ui";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import type { Entitlement } from "../entitlement/entitlement.ts";
import { maskAccountNo } from "../kernel/mask.ts";
import { bankReasonZh } from "../notice/notifying-journal.ts";
import { accountCheckStore } from "../payment/account-check.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { arrivalOfOffer, arrivalOfParts } from "./arrival-view.prisma.ts";
import { termsBeside } from "./beside-view.prisma.ts";
import { type Explained, explainStored } from "./explained.prisma.ts";

export type FirmViewDeps = Readonly<{ db: Tx; compiled: CompiledPolicies; now: Date }>;

/** Everything a firm sees on its first page. */
export async function homeOf(deps: FirmViewDeps, firmCode: string): Promise<Omit<HomeProps, "context">> {
  const entitlements = await ownEntitlements(deps, firmCode);
  const open = entitlements.filter((entitlement) => isOpen(entitlement, deps.now));
  const [offers, cases, notGranted, messages, openRecoveries, nearly] = await Promise.all([
    offersOf(deps, open),
    casesOf(
      deps,
      entitlements.filter((entitlement) => !open.includes(entitlement)),
    ),
    notGrantedTo(deps, firmCode),
    messagesOf(deps, firmCode, 3),
    deps.db.recovery.count({ where: { firmCode, status: { in: ["noticed", "owed"] } } }),
    deps.db.nearMiss.count({ where: { firmCode, endedAt: null } }),
  ]);
  return { offers, cases, notGranted, messages, openRecoveries, nearly };
}

/** The offers that a firm can still answer, with the reasons for each. */
export async function openOffersOf(deps: FirmViewDeps, firmCode: string): Promise<Offer[]> {
  const entitlements = await ownEntitlements(deps, firmCode);
  return offersOf(
    deps,
    entitlements.filter((entitlement) => isOpen(entitlement, deps.now)),
  );
}

export async function ownEntitlements({ db }: FirmViewDeps, firmCode: string): Promise<Entitlement[]> {
  return (await entitlementStore(db).listOfFirm(firmCode)).map(({ entitlement }) => entitlement);
}

async function offersOf({ db, compiled, now }: FirmViewDeps, entitlements: readonly Entitlement[]): Promise<Offer[]> {
  const explained = await explainStored(
    db,
    compiled,
    entitlements.map(({ decisionId }) => decisionId),
  );
  const terms = await termsBeside(
    db,
    entitlements.map(({ id }) => id),
  );
  return entitlements.flatMap((entitlement) => {
    const reasons = explained.get(entitlement.decisionId);
    const beside = terms.get(entitlement.id);
    if (!reasons) return [];
    const arrival = arrivalOfOffer(entitlement, reasons.compiled.policy, now);
    return [{ ...offerOf(entitlement, reasons), arrival, ...(beside && { beside }) }];
  });
}

function offerOf({ id, policyId, amountFen, confirmBefore }: Entitlement, { compiled, explanation }: Explained): Offer {
  const { policy } = compiled;
  return {
    id,
    policyId,
    policyVersion: policy.version,
    title: policy.title,
    amountFen: String(amountFen),
    confirmBefore: confirmBefore.toISOString(),
    conditions: explanation.conditions,
    calculation: calculationOf(explanation),
    document: documentOf(policy.document),
    payWithin: payWithinOf(policy.timeLimits),
  };
}

/** What the office promises, or else what the policy has to keep; nothing where it says nothing. */
export function payWithinOf({ promised, statutory }: TimeLimits = {}): Offer["payWithin"] {
  if (promised) return { kind: "promised", ...promised };
  return statutory && { kind: "statutory", ...statutory };
}

/** How the amount came about, in the order of computing. */
export function calculationOf({ computation }: Explanation): Bilingual | undefined {
  if (computation.length === 0) return undefined;
  const said = (lang: "zh" | "en") => computation.map(({ label, text }) => `${label[lang]} ${text[lang]}`);
  return { zh: `${said("zh").join("；")}。`, en: `${said("en").join("; ")}.` };
}

export function documentOf({ issuer, no }: Readonly<{ issuer: string; no?: string }>): string {
  return no ? `${issuer}（${no}）` : issuer;
}

/** Answered benefits, each with the newest attempt to pay. */
export async function casesOf(
  { db, compiled, now }: FirmViewDeps,
  entitlements: readonly Entitlement[],
): Promise<BenefitCase[]> {
  const ids = entitlements.map(({ id }) => id);
  const payments = await db.payment.findMany({
    where: { entitlementId: { in: ids } },
    orderBy: { attempt: "asc" },
    select: {
      id: true,
      entitlementId: true,
      attempt: true,
      status: true,
      reasonCode: true,
      settledOn: true,
      batchId: true,
      channel: true,
    },
  });
  const batchIds = payments.flatMap(({ batchId }) => batchId ?? []);
  const batches = await db.paymentBatch.findMany({
    where: { id: { in: batchIds } },
    select: { id: true, approvedAt: true, sentAt: true },
  });
  const batchOf = new Map(batches.map((batch) => [batch.id, batch]));
  const waiting = payments.filter(({ status }) => status === "reserved").map(({ id }) => id);
  const doubts = await accountCheckStore(db).doubtsOf(waiting, now);
  const newest = new Map(payments.map((payment) => [payment.entitlementId, payment]));
  const titles = await titlesOf(db, compiled, entitlements);
  const arrivals = await arrivalOfParts(db, ids);
  return entitlements.map((entitlement) => {
    const payment = newest.get(entitlement.id);
    const batch = payment?.batchId ? batchOf.get(payment.batchId) : undefined;
    return {
      id: entitlement.id,
      policyId: entitlement.policyId,
      title: titles.get(entitlement.policyVersionId) ?? entitlement.policyId,
      amountFen: String(entitlement.amountFen),
      arrival: arrivals.get(entitlement.id),
      status: entitlement.status,
      confirmBefore: entitlement.confirmBefore.toISOString(),
      ...answeredAt(entitlement),
      reviewedAt: batch?.approvedAt?.toISOString(),
      sentAt: batch?.sentAt?.toISOString(),
      payment: payment && {
        status: payment.status as NonNullable<BenefitCase["payment"]>["status"],
        attempt: payment.attempt,
        reasonCode: payment.reasonCode ?? undefined,
        reason: payment.reasonCode === null ? undefined : bankReasonZh(payment.reasonCode),
        doubt: doubts.get(payment.id),
        goesToNoAccount: payment.channel !== "bank-transfer",
      },
    };
  });
}

function answeredAt(entitlement: Entitlement) {
  const iso = (name: string) => {
    const value = (entitlement as Readonly<Record<string, unknown>>)[name];
    return value instanceof Date ? value.toISOString() : undefined;
  };
  return {
    confirmedAt: iso("confirmedAt"),
    paidAt: iso("paidAt"),
    receivedAt: iso("receivedAt"),
    closedAt: iso("closedAt"),
    closedReason: "closedReason" in entitlement ? entitlement.closedReason : undefined,
  };
}

async function titlesOf(db: Tx, compiled: CompiledPolicies, entitlements: readonly Entitlement[]) {
  const ids = [...new Set(entitlements.map(({ policyVersionId }) => policyVersionId))];
  return titlesOfVersions(db, compiled, ids);
}

/** Policy version id → title in both languages. */
export async function titlesOfVersions(db: Tx, compiled: CompiledPolicies, ids: readonly string[]) {
  const titles = new Map<string, Bilingual>();
  for (const id of ids) titles.set(id, (await compiled.load(policyVersionStore(db), id)).policy.title);
  return titles;
}

/** Newest answers that granted nothing: what was not met, and what nobody has delivered yet. */
async function notGrantedTo({ db, compiled }: FirmViewDeps, firmCode: string): Promise<NotGranted[]> {
  const newest = await db.decision.findMany({
    where: { firmCode },
    distinct: ["policyVersionId", "period"],
    orderBy: [{ policyVersionId: "asc" }, { period: "desc" }, { decidedAt: "desc" }, { id: "desc" }],
    select: { id: true, policyId: true, outcome: true },
  });
  const refused = newest.filter(({ outcome }) => outcome !== "eligible");
  const explained = await explainStored(
    db,
    compiled,
    refused.map(({ id }) => id),
  );
  return refused.flatMap(({ id, policyId, outcome }) => {
    const reasons = explained.get(id);
    return reasons ? [notGranted(policyId, outcome as NotGranted["outcome"], reasons)] : [];
  });
}

function notGranted(
  policyId: string,
  outcome: NotGranted["outcome"],
  { compiled, explanation, profile }: Explained,
): NotGranted {
  return {
    policyId,
    title: compiled.policy.title,
    outcome,
    open: explanation.conditions.filter(({ result }) => result !== "true"),
    missing: explanation.missing.map(({ fact, label, department }) => {
      const state = profile[fact];
      const reason = state === undefined ? "not-obtained" : state.state === "unknown" ? state.reason : undefined;
      return { label, source: department, reason };
    }),
  };
}

export async function messagesOf(
  { db }: FirmViewDeps,
  firmCode: string,
  limit: number,
  before?: Date,
): Promise<MessageBrief[]> {
  const rows = await db.inboxMessage.findMany({
    where: { firmCode, ...(before && { createdAt: { lt: before } }) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: { id: true, subject: true, subjectEn: true, createdAt: true, readAt: true },
  });
  return rows.map(({ id, subject, subjectEn, createdAt, readAt }) => ({
    id,
    subject: subjectEn === null ? subject : { zh: subject, en: subjectEn },
    createdAt: createdAt.toISOString(),
    read: readAt !== null,
  }));
}

/** An account with all but the last digits hidden. */
export async function accountView(
  db: Tx,
  where: { id: string } | { firmCode: string; status: "active" },
): Promise<MaskedAccount | undefined> {
  const account = await db.bankAccount.findFirst({ where });
  if (!account) return undefined;
  const { holderName, accountNo, bankName, source } = account;
  return { holderName, accountNoMasked: maskAccountNo(accountNo), bankName, source };
}

function isOpen({ status, confirmBefore }: Entitlement, now: Date): boolean {
  return status === "offered" && now < confirmBefore;
}
