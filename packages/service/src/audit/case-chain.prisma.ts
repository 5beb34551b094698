import type { Profile } from "@apply-free/rules";
import { toConsent } from "../confirmation/consent.prisma.ts";
import { dateToDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { Decision, Disclosure, Entitlement, InboxMessage, OutgoingMail } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type * as Case from "./case-chain.ts";
import { casePayments } from "./case-payments.prisma.ts";
import { toDecisionRecord } from "./decision-archive.prisma.ts";
import { journalEntries } from "./journal-listing.prisma.ts";
import type { JournalEntry } from "./journal-listing.ts";
import { type People, peopleOf } from "./people.prisma.ts";

export function caseArchive(db: Tx): Case.CaseArchive {
  return {
    async chain(id) {
      const { entitlement, decisions } = await findCase(db, id);
      const decision = decisions.find((known) => known.id === (entitlement?.decisionId ?? id));
      if (!decision) throw noCase(id);
      const people = peopleOf(db);
      const subject = entitlement?.id;
      const policy = await casePolicy(db, decision.policyVersionId, people);
      const facts = await caseFacts(db, decision);
      const consents = subject ? await caseConsents(db, decision.firmCode, subject, people) : [];
      const notices = subject ? await caseNotices(db, subject, decision) : [];
      const payments = subject ? await casePayments(db, subject, people) : [];
      const disclosures = subject ? await db.disclosure.findMany({ where: { entitlementId: subject } }) : [];
      const deliveries = facts.flatMap(({ delivery }) => delivery?.id ?? []);
      const shared = [decision.runId, decision.policyVersionId, ...deliveries];
      const batches = payments.flatMap(({ batch }) => batch?.id ?? []);
      const own = [subject ?? [], payments.map((payment) => payment.id), disclosures.map((row) => row.id)].flat();
      const subjects = [...shared, ...batches, ...own, ...notices.map((notice) => notice.id)];
      const events = await journalEntries(db, { subject: { in: subjects } });
      const firm = await db.firm.findUniqueOrThrow({
        where: { code: decision.firmCode },
        select: { code: true, name: true, regionCode: true },
      });
      const receipt = entitlement?.receivedAt && (await receiptOf(entitlement.receivedAt, events, people));
      return {
        id: subject ?? decision.id,
        firm,
        policy,
        facts,
        decision: toDecision(decision),
        otherDecisions: decisions.filter((other) => other !== decision).map(toDecisionSummary),
        ...(entitlement && { offer: toOffer(entitlement) }),
        consents,
        notices,
        payments,
        ...(receipt && { receipt }),
        disclosures: disclosures.map(toDisclosure),
        events,
      };
    },
  };
}

/** A decision that led to an offer leads to the offer's case. Decisions newest first. */
async function findCase(db: Tx, id: string): Promise<{ entitlement: Entitlement | null; decisions: Decision[] }> {
  const byId = await db.entitlement.findUnique({ where: { id } });
  const start = byId ?? (await db.decision.findUnique({ where: { id } }));
  if (!start) throw noCase(id);
  const { firmCode, policyId, period } = start;
  const key = { firmCode, policyId, period };
  const entitlement = byId ?? (await db.entitlement.findUnique({ where: { firmCode_policyId_period: key } }));
  const decisions = await db.decision.findMany({ where: key, orderBy: [{ decidedAt: "desc" }, { id: "desc" }] });
  return { entitlement, decisions };
}

async function casePolicy(db: Tx, versionId: string, people: People): Promise<Case.CasePolicy> {
  const version = await policyVersionStore(db).get(versionId);
  const { id, policyId, source, document: _, publishedBy, approvedBy, ...rest } = version;
  await people.load([publishedBy, approvedBy]);
  return {
    ...rest,
    id: policyId,
    versionId: id,
    clauses: source,
    publishedBy: people.get(publishedBy),
    approvedBy: people.get(approvedBy),
  };
}

async function caseFacts(db: Tx, decision: Decision): Promise<Case.CaseFact[]> {
  const facts = Object.entries(decision.facts as unknown as Profile);
  const deliveryIds = facts.flatMap(([, fact]) => (fact.state === "known" ? (fact.deliveryId ?? []) : []));
  const deliveries = await db.delivery.findMany({
    where: { id: { in: deliveryIds } },
    select: { id: true, fileName: true, sha256: true },
  });
  return facts
    .map(([id, fact]): Case.CaseFact => {
      if (fact.state === "unknown") return { id, ...fact };
      const { deliveryId, ...known } = fact;
      const delivery = deliveries.find((candidate) => candidate.id === deliveryId);
      return { id, ...known, ...(delivery && { delivery }) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function caseConsents(
  db: Tx,
  firmCode: string,
  entitlementId: string,
  people: People,
): Promise<Case.CaseConsent[]> {
  const consents = (await db.consent.findMany({ where: { firmCode }, orderBy: { at: "asc" } })).map(toConsent);
  await people.load(consents.map(({ actor }) => actor));
  return consents.flatMap(({ id, receiptNo, actor, at, requestSha256, totalFen, lines }) =>
    lines
      .filter((line) => line.entitlementId === entitlementId)
      .map(({ answer, amountFen }) => ({
        ...{ id, receiptNo, at, requestSha256, totalFen, answer },
        actor: people.get(actor),
        amountFen: fen(amountFen),
      })),
  );
}

/** What the firm was told of this benefit, and the offers of the same night, which name several at once. */
async function caseNotices(db: Tx, entitlementId: string, { firmCode }: Decision): Promise<Case.CaseNotice[]> {
  const messages = await db.inboxMessage.findMany({
    where: { firmCode, OR: [{ entitlementId }, { entitlementId: null }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const mails = await db.outgoingMail.findMany({ where: { id: { in: messages.map(({ id }) => id) } } });
  return messages.map((message) =>
    toNotice(
      message,
      mails.find(({ id }) => id === message.id),
    ),
  );
}

async function receiptOf(receivedAt: Date, events: readonly JournalEntry[], people: People) {
  const said = events.findLast(({ type }) => type === "receipt-confirmed");
  if (!said) return { receivedAt };
  await people.load([said.actor]);
  return { receivedAt, actor: people.get(said.actor) };
}

function toDecision(row: Decision): Case.CaseDecision {
  const { policyId: _, firmCode: __, facts: ___, ...record } = toDecisionRecord(row);
  return { ...record, runId: row.runId, decidedAt: row.decidedAt };
}

function toDecisionSummary(row: Decision): Case.CaseDecisionSummary {
  const { id, policyVersionId, asOf, outcome, amount, missing } = toDecisionRecord(row);
  return { id, policyVersionId, asOf, outcome, amount, missing, decidedAt: row.decidedAt };
}

function toOffer(row: Entitlement): Case.CaseOffer {
  const { id: entitlementId, offeredAt, confirmBefore, remindersSent } = row;
  return {
    ...{ entitlementId, offeredAt, confirmBefore, remindersSent },
    status: row.status as Case.CaseOffer["status"],
    amountFen: fen(row.amountFen),
    ...(row.confirmedAt && { confirmedAt: row.confirmedAt }),
    ...(row.closedAt && { closedAt: row.closedAt }),
    ...(row.closedReason && { closedReason: row.closedReason }),
    ...(row.paidAt && { paidAt: row.paidAt }),
  };
}

function toNotice({ id, kind, subject, createdAt, readAt }: InboxMessage, mail?: OutgoingMail): Case.CaseNotice {
  return {
    ...{ id, kind, subject, createdAt },
    ...(readAt && { readAt }),
    ...(mail && {
      mail: {
        status: mail.status as "queued" | "sent" | "dead",
        attempts: mail.attempts,
        ...(mail.sentAt && { sentAt: mail.sentAt }),
        ...(mail.lastError && { lastError: mail.lastError }),
      },
    }),
  };
}

function toDisclosure({ id, paymentId, maskedName, maskedCode, publishedAt, ...row }: Disclosure): Case.CaseDisclosure {
  const amountFen = fen(row.amountFen);
  return { id, paymentId, maskedName, maskedCode, publishedAt, amountFen, paidOn: dateToDay(row.paidOn) };
}

function noCase(id: string): DomainError {
  return new DomainError("case-not-found", `没有这个案卷：${id}。No case ${id}; look for it by name or receipt.`, {
    id,
  });
}
