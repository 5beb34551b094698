import { type Amount, type Decision, explainDecision, labelOf, type Trace, type Vocabulary } from "@apply-free/rules";
import type {
  AuditCaseProps,
  AuditConsent,
  AuditFact,
  AuditHit,
  AuditNotice,
  AuditPayment,
  AuditRecovery,
  AuditReview,
  Bilingual,
  JournalEventView,
} from "@apply-free/ui";
import type {
  CaseChain,
  CaseFact,
  CaseNotice,
  CasePayment,
  CasePerson,
  CaseRecovery,
  CaseReview,
} from "../audit/case-chain.ts";
import type { CaseSummary } from "../audit/case-search.ts";
import type { JournalEntry } from "../audit/journal-listing.ts";
import { maskedValue, privacyOf, type Reader, seesValue, valueFor } from "../facts/privacy.ts";
import { formatYuan } from "../kernel/money.ts";
import { bankReasonZh } from "../notice/notifying-journal.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { clausesOf } from "../portal/policy-view.ts";

/** A whole case as the auditor's page shows it: newest first where things happen more than once. */
export function auditCaseView(chain: CaseChain, compiled: CompiledPolicy): Omit<AuditCaseProps, "context" | "replay"> {
  const { id, firm, policy, offer, receipt } = chain;
  const { publishedBy, approvedBy, publishedAt, version, sha256, validFrom, validTo } = policy;
  return {
    caseId: id,
    firm,
    policyTitle: compiled.policy.title,
    period: chain.decision.period,
    amountFen: offer && String(offer.amountFen),
    status: offer?.status,
    payments: chain.payments.map(paymentView).reverse(),
    consents: chain.consents.map(consentView).reverse(),
    notices: chain.notices.map(noticeView),
    offer: offer && {
      at: offer.offeredAt.toISOString(),
      confirmBefore: offer.confirmBefore.toISOString(),
      amountFen: String(offer.amountFen),
      ...(offer.beside && { beside: { ...offer.beside, askedFen: String(offer.beside.askedFen) } }),
      remindersSent: offer.remindersSent,
    },
    receipt: receipt && { at: receipt.receivedAt.toISOString(), actor: receipt.actor && nameOf(receipt.actor) },
    disclosures: chain.disclosures.map(({ id: disclosure, maskedName, publishedAt: at }) => ({
      id: disclosure,
      maskedName,
      publishedAt: at.toISOString(),
    })),
    awardId: chain.awardId,
    reviews: chain.reviews.map(reviewView).reverse(),
    recoveries: chain.recoveries.map(recoveryView).reverse(),
    decision: decisionView(chain, compiled),
    facts: chain.facts.map((fact) => factView(fact, compiled)),
    version: {
      policyId: policy.id,
      version,
      sha256,
      publishedBy: nameOf(publishedBy),
      approvedBy: nameOf(approvedBy),
      publishedAt: publishedAt.toISOString(),
      validFrom,
      validTo,
    },
    clauses: clausesOf(compiled.policy),
    events: chain.events.map(eventView),
  };
}

/** On a case's page people's data stay hidden; who needs them gives a reason on the page of facts. */
const AUDITOR: Reader = { kind: "auditor", hasReason: false };

function withoutPeople(trace: Trace, vocabulary: Vocabulary): Trace {
  const { fact, actual } = trace;
  const children = trace.children.map((child) => withoutPeople(child, vocabulary));
  const isOpen = fact === undefined || actual === undefined || !vocabulary.facts.has(fact);
  if (isOpen || seesValue(AUDITOR, privacyOf(vocabulary, fact), undefined)) return { ...trace, children };
  return { ...trace, actual: maskedValue(actual).zh, children };
}

function decisionView({ decision }: CaseChain, { policy, vocabulary }: CompiledPolicy): AuditCaseProps["decision"] {
  const { id, runId, asOf, decidedAt, outcome, amount, missing, trace, engine, inputSha256, resultSha256 } = decision;
  // Sentences come from the stored trace, as it was decided; only the wording is of today.
  const stored: Decision = {
    policy: policy.id,
    version: policy.version,
    asOf,
    outcome,
    amount,
    missing,
    trace: withoutPeople(trace, vocabulary),
    computation: [],
  };
  const { conditions, outcome: sentence } = explainDecision(policy, stored);
  return {
    id,
    runId,
    asOf,
    decidedAt: decidedAt.toISOString(),
    outcome,
    amount: amountView(amount),
    engine,
    inputSha256,
    resultSha256,
    trace: { result: trace.result, sentence, children: conditions },
  };
}

function amountView(amount: Amount): Bilingual {
  switch (amount.kind) {
    case "exact":
      return { zh: `${yuan(amount.fen)} 元`, en: `CNY ${yuan(amount.fen)}` };
    case "range":
      return {
        zh: `${yuan(amount.minFen)} 至 ${yuan(amount.maxFen)} 元之间`,
        en: `between CNY ${yuan(amount.minFen)} and ${yuan(amount.maxFen)}`,
      };
    case "unknown":
      return { zh: "数据不足，金额未定", en: "not known: facts are missing" };
    case "none":
      return { zh: "无", en: "none" };
  }
}

const yuan = (fen: string) => formatYuan(BigInt(fen));

function factView(fact: CaseFact, { vocabulary }: CompiledPolicy): AuditFact {
  const { id, source, asOf, obtainedAt, delivery } = fact;
  return {
    id,
    label: labelOf(vocabulary, id),
    source,
    asOf,
    obtainedAt,
    delivery,
    ...(fact.state === "known"
      ? { value: valueFor(AUDITOR, vocabulary, id, fact.value, undefined) }
      : { unknown: fact.detail ? `${fact.reason}: ${fact.detail}` : fact.reason }),
  };
}

function paymentView({
  maskedAccountNo,
  amountFen,
  statementLines,
  batch,
  createdAt,
  ...payment
}: CasePayment): AuditPayment {
  return {
    ...payment,
    reason: payment.reason ?? (payment.reasonCode === undefined ? undefined : bankReasonZh(payment.reasonCode)),
    accountNoMasked: maskedAccountNo,
    amountFen: String(amountFen),
    createdAt: createdAt.toISOString(),
    bookings: statementLines.map(({ reference, direction, bookedOn, file }) => ({
      reference,
      direction,
      bookedOn,
      fileSha256: file.sha256,
    })),
    batch: batch && {
      id: batch.id,
      messageId: batch.messageId,
      status: batch.status,
      maker: nameOf(batch.maker),
      checker: batch.checker && nameOf(batch.checker),
      sha256: batch.sha256,
      draftedAt: batch.draftedAt.toISOString(),
      approvedAt: batch.approvedAt?.toISOString(),
      sentAt: batch.sentAt?.toISOString(),
    },
  };
}

function consentView({
  receiptNo,
  actor,
  at,
  answer,
  amountFen,
  requestSha256,
}: CaseChain["consents"][number]): AuditConsent {
  return {
    receiptNo,
    actor: nameOf(actor),
    at: at.toISOString(),
    answer,
    amountFenSeen: String(amountFen),
    requestSha256,
  };
}

function reviewView({ paidFen, dueFen, openedAt, ...review }: CaseReview): AuditReview {
  const due = dueFen === undefined ? undefined : String(dueFen);
  return { ...review, paidFen: String(paidFen), dueFen: due, openedAt: openedAt.toISOString() };
}

function recoveryView({ statement, decision, receipts, offsets, ...recovery }: CaseRecovery): AuditRecovery {
  const { id, status, reference, document, facts, claimedFen, correctedFen, openedAt, openedBy } = recovery;
  return {
    ...{ id, status, reference, document, facts, claimedFen: String(claimedFen), correctedFen: String(correctedFen) },
    ...{ openedAt: openedAt.toISOString(), openedBy: nameOf(openedBy) },
    statement: statement && { text: statement.text, at: statement.at.toISOString(), by: nameOf(statement.by) },
    decision: decision && {
      ...{ decidedFen: String(decision.decidedFen), reasons: decision.reasons },
      ...{ at: decision.at.toISOString(), by: nameOf(decision.by) },
    },
    receipts: receipts.map(({ amountFen, ...receipt }) => ({ ...receipt, amountFen: String(amountFen) })),
    offsets: offsets.map(({ amountFen, ...offset }) => ({ ...offset, amountFen: String(amountFen) })),
  };
}

function noticeView({ id, kind, subject, createdAt, readAt, sendings }: CaseNotice): AuditNotice {
  return {
    id,
    kind,
    subject,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString(),
    sendings: sendings.map(({ channel, status, attempts, sentAt }) => ({
      ...{ channel, status, attempts, sentAt: sentAt?.toISOString() },
    })),
  };
}

export function eventView({ seq, type, subject, actor, at, payload, seal }: JournalEntry): JournalEventView {
  return {
    seq: String(seq),
    type,
    subject,
    actor,
    at: at.toISOString(),
    payload,
    seal: seal && { index: String(seal.index), hash: seal.hash },
  };
}

export function hitView({
  id,
  firmName,
  firmCode,
  policyTitle,
  amountFen,
  status,
  outcome,
  receiptNo,
}: CaseSummary): AuditHit {
  const amount = amountFen === undefined ? undefined : String(amountFen);
  return { caseId: id, firmName, firmCode, policyTitle, amountFen: amount, status, outcome, receiptNo };
}

function nameOf({ id, name }: CasePerson): string {
  return name ?? id;
}
