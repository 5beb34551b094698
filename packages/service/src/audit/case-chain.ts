import type { Amount, Bilingual, Json, Trace } from "@apply-free/rules";
import type { EntitlementStatus } from "../entitlement/entitlement.ts";
import type { Day } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";
import type { ChannelName } from "../notice/channel.ts";
import type { BatchStatus } from "../payment/batch.ts";
import type { PaymentStatus } from "../payment/payment.ts";
import type { RecoveryStatus } from "../recovery/recovery.ts";
import type { JournalEntry } from "./journal-listing.ts";

/**
 * Everything that led to one payment, or to none, for one page of the auditor's: facts, rule,
 * decision, offer, consent, payment, receipt, publication, and the journal beneath them.
 * Account numbers are masked; nothing here needs them whole.
 */
export type CaseChain = Readonly<{
  /** Id of the entitlement, or of the decision where nothing was offered. */
  id: string;
  firm: Readonly<{ code: string; name: string; regionCode: string }>;
  policy: CasePolicy;
  /** What the decision looked at, as it was known then. */
  facts: readonly CaseFact[];
  decision: CaseDecision;
  /** Other answers for the same firm, policy and period, newest first. */
  otherDecisions: readonly CaseDecisionSummary[];
  offer?: CaseOffer;
  /** Every act of the firm about this benefit, oldest first: a refusal taken back leaves two. */
  consents: readonly CaseConsent[];
  notices: readonly CaseNotice[];
  /** Every attempt to pay, oldest first. */
  payments: readonly CasePayment[];
  /** The firm's word that the money arrived (到账确认). */
  receipt?: Readonly<{ receivedAt: Date; actor?: CasePerson }>;
  disclosures: readonly CaseDisclosure[];
  /** The award that this one is on top of. */
  awardId?: string;
  /** Looked at again after payment, oldest first. */
  reviews: readonly CaseReview[];
  /** Asked back, oldest first. */
  recoveries: readonly CaseRecovery[];
  /** In order of the journal. */
  events: readonly JournalEntry[];
}>;

export type CasePolicy = Readonly<{
  id: string;
  versionId: string;
  version: number;
  title: string;
  sha256: string;
  /** The clauses as published (source.md). */
  clauses: string;
  budgetLine: string;
  validFrom: Day;
  validTo?: Day;
  publishedBy: CasePerson;
  approvedBy: CasePerson;
  publishedAt: Date;
}>;

export type CaseFact = Readonly<{
  id: string;
  source?: string;
  asOf?: string;
  obtainedAt?: string;
  delivery?: Readonly<{ id: string; fileName: string; sha256: string }>;
}> &
  (Readonly<{ state: "known"; value: Json }> | Readonly<{ state: "unknown"; reason: string; detail?: string }>);

export type CaseDecisionSummary = Readonly<{
  id: string;
  policyVersionId: string;
  asOf: Day;
  outcome: "eligible" | "ineligible" | "undetermined";
  amount: Amount;
  missing: readonly string[];
  decidedAt: Date;
}>;

export type CaseDecision = CaseDecisionSummary &
  Readonly<{
    runId: string;
    period: string;
    trace: Trace;
    inputSha256: string;
    resultSha256: string;
    engine: string;
  }>;

export type CaseOffer = Readonly<{
  entitlementId: string;
  status: EntitlementStatus;
  amountFen: Fen;
  /** What its policy alone would give, and what rules about other benefits made of it. */
  beside?: Readonly<{ askedFen: Fen; reasons: readonly Bilingual[] }>;
  offeredAt: Date;
  /** The deadline itself is already too late. */
  confirmBefore: Date;
  remindersSent: number;
  confirmedAt?: Date;
  closedAt?: Date;
  closedReason?: string;
  paidAt?: Date;
}>;

export type CaseConsent = Readonly<{
  id: string;
  receiptNo: string;
  actor: CasePerson;
  at: Date;
  answer: "confirmed" | "declined";
  /** Digest of what the form said when it was sent. */
  requestSha256: string;
  /** Of this benefit. */
  amountFen: Fen;
  /** Of everything agreed to in the same act. */
  totalFen: Fen;
}>;

export type CaseNotice = Readonly<{
  id: string;
  kind: string;
  subject: string;
  createdAt: Date;
  readAt?: Date;
  /** By which ways it went out, first tried first; none: the inbox was the only way. */
  sendings: readonly CaseSending[];
}>;

export type CaseSending = Readonly<{
  channel: ChannelName;
  status: "queued" | "sent" | "dead" | "bounced";
  attempts: number;
  sentAt?: Date;
  lastError?: string;
}>;

export type CasePayment = Readonly<{
  id: string;
  attempt: number;
  endToEndId: string;
  status: PaymentStatus;
  amountFen: Fen;
  holderName: string;
  /** Last four digits only. */
  maskedAccountNo: string;
  bankCode: string;
  createdAt: Date;
  settledOn?: Day;
  reasonCode?: string;
  reason?: string;
  batch?: CaseBatch;
  /** What the bank booked for it. */
  statementLines: readonly CaseStatementLine[];
}>;

export type CaseBatch = Readonly<{
  id: string;
  messageId: string;
  status: BatchStatus;
  maker: CasePerson;
  checker?: CasePerson;
  count: number;
  totalFen: Fen;
  /** Of the pain.001 file; the approval is for exactly this. */
  sha256: string;
  draftedAt: Date;
  approvedAt?: Date;
  sentAt?: Date;
  closedAt?: Date;
}>;

export type CaseStatementLine = Readonly<{
  reference: string;
  direction: "debit" | "credit";
  amountFen: Fen;
  bookedOn: Day;
  result: "settled" | "returned" | "recovered" | "suspense";
  reasonCode?: string;
  note?: string;
  file: Readonly<{ id: string; sha256: string; receivedAt: Date }>;
}>;

export type CaseDisclosure = Readonly<{
  id: string;
  paymentId: string;
  maskedName: string;
  maskedCode: string;
  amountFen: Fen;
  paidOn: Day;
  publishedAt: Date;
}>;

export type CaseReview = Readonly<{
  id: string;
  status: "open" | "upheld" | "dismissed" | "superseded";
  openedAt: Date;
  /** What the award stood at. */
  paidFen: Fen;
  dueFen?: Fen;
  recoveryId?: string;
  topUpId?: string;
}>;

export type CaseRecovery = Readonly<{
  id: string;
  status: RecoveryStatus;
  reference: string;
  document: string;
  facts: string;
  claimedFen: Fen;
  /** Taken back of the claim by later corrections. */
  correctedFen: Fen;
  openedAt: Date;
  openedBy: CasePerson;
  statement?: Readonly<{ text: string; at: Date; by: CasePerson }>;
  decision?: Readonly<{ decidedFen: Fen; at: Date; by: CasePerson; reasons: string }>;
  receipts: readonly Readonly<{ reference: string; amountFen: Fen; bookedOn: Day }>[];
  offsets: readonly Readonly<{
    id: string;
    amountFen: Fen;
    status: "agreed" | "applied" | "fell-away";
    entitlementId: string;
  }>[];
}>;

/** Who acted. Jobs (`system:matching`) and accounts since removed have no name. */
export type CasePerson = Readonly<{ id: string; name?: string; role?: string }>;

/** Reading cases. */
export type CaseArchive = {
  /** @param id of an entitlement or of a decision @throws DomainError case-not-found */
  chain(id: string): Promise<CaseChain>;
};
