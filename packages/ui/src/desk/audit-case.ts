import type { Bilingual } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { RecoveryStatus } from "../kit/recovery.ts";
import type { BatchStatus, EntitlementStatus, Outcome, PaymentStatus } from "../kit/status.ts";
import type { Clause } from "../portal/policy-page.tsx";
import type { JournalEventView } from "./journal-table.tsx";

/** The whole chain of one case: payment ← batch ← consent ← notice, offer ← decision ← facts ← rule ← clauses. */
export type AuditCaseProps = Readonly<{
  context: PageContext;
  caseId: string;
  firm: Readonly<{ code: string; name: string; regionCode: string }>;
  policyTitle: Bilingual;
  /** A year, or `once`. */
  period: string;
  /** Absent when nothing was offered. */
  amountFen?: string | undefined;
  status?: EntitlementStatus | undefined;
  /** Newest first. */
  payments: readonly AuditPayment[];
  /** Every act of the firm about this benefit, newest first. */
  consents: readonly AuditConsent[];
  notices: readonly AuditNotice[];
  /** Absent when the decision led to none. */
  offer?: AuditOffer | undefined;
  /** 到账确认 */
  receipt?: Readonly<{ at: string; actor?: string | undefined }> | undefined;
  /** Entries of the public list. */
  disclosures: readonly Readonly<{ id: string; maskedName: string; publishedAt: string }>[];
  /** The award that this one is on top of. */
  awardId?: string | undefined;
  /** Looked at again after payment, newest first. */
  reviews: readonly AuditReview[];
  /** Asked back, newest first. */
  recoveries: readonly AuditRecovery[];
  decision: AuditDecision;
  facts: readonly AuditFact[];
  version: AuditVersion;
  clauses: readonly Clause[];
  events: readonly JournalEventView[];
  /** The answer to 重算, when it was asked for. */
  replay?: Replay | undefined;
}>;

export type AuditOffer = Readonly<{
  at: string;
  confirmBefore: string;
  amountFen: string;
  /** What its policy alone would give, and what rules about other benefits made of it. */
  beside?: Readonly<{ askedFen: string; reasons: readonly Bilingual[] }> | undefined;
  remindersSent?: number | undefined;
}>;

export type AuditPayment = Readonly<{
  id: string;
  attempt: number;
  endToEndId: string;
  amountFen: string;
  status: PaymentStatus;
  holderName: string;
  accountNoMasked: string;
  reasonCode?: string | undefined;
  reason?: string | undefined;
  /** What the bank booked for it, with the bank's own references. */
  bookings: readonly AuditBooking[];
  createdAt: string;
  batch?: AuditBatch | undefined;
}>;

export type AuditBooking = Readonly<{
  reference: string;
  direction: "debit" | "credit";
  bookedOn: string;
  fileSha256: string;
}>;

export type AuditBatch = Readonly<{
  id: string;
  messageId: string;
  status: BatchStatus;
  maker: string;
  checker?: string | undefined;
  sha256: string;
  draftedAt: string;
  approvedAt?: string | undefined;
  sentAt?: string | undefined;
}>;

export type AuditConsent = Readonly<{
  receiptNo: string;
  actor: string;
  at: string;
  answer: "confirmed" | "declined";
  amountFenSeen: string;
  requestSha256: string;
}>;

export type AuditNotice = Readonly<{
  id: string;
  kind: string;
  subject: string;
  createdAt: string;
  readAt?: string | undefined;
  /** By which ways it went out; none: the inbox was the only way. */
  sendings: readonly AuditSending[];
}>;

export type AuditSending = Readonly<{
  channel: "email" | "sms" | "webhook";
  status: "queued" | "sent" | "dead" | "bounced";
  attempts: number;
  sentAt?: string | undefined;
}>;

export type AuditReview = Readonly<{
  id: string;
  status: "open" | "upheld" | "dismissed" | "superseded";
  openedAt: string;
  paidFen: string;
  dueFen?: string | undefined;
  recoveryId?: string | undefined;
  topUpId?: string | undefined;
}>;

export type AuditRecovery = Readonly<{
  id: string;
  status: RecoveryStatus;
  reference: string;
  document: string;
  facts: string;
  claimedFen: string;
  correctedFen: string;
  openedAt: string;
  openedBy: string;
  statement?: Readonly<{ text: string; at: string; by: string }> | undefined;
  decision?: Readonly<{ decidedFen: string; reasons: string; at: string; by: string }> | undefined;
  receipts: readonly Readonly<{ reference: string; amountFen: string; bookedOn: string }>[];
  offsets: readonly Readonly<{
    id: string;
    amountFen: string;
    status: "agreed" | "applied" | "fell-away";
    entitlementId: string;
  }>[];
}>;

export type AuditDecision = Readonly<{
  id: string;
  runId: string;
  asOf: string;
  decidedAt: string;
  outcome: Outcome;
  /** Already worded: `12,600.00 元`, a range, or why it is unknown. */
  amount: Bilingual;
  engine: string;
  inputSha256: string;
  resultSha256: string;
  /** The tree of conditions, each branch valued; its root is the outcome. */
  trace: ConditionLine;
}>;

export type AuditFact = Readonly<{
  id: string;
  label: Bilingual;
  source?: Bilingual | undefined;
  value?: Bilingual | undefined;
  /** Why there is no value. */
  unknown?: Bilingual | undefined;
  asOf?: string | undefined;
  obtainedAt?: string | undefined;
  delivery?: Readonly<{ id: string; fileName?: string | undefined; sha256?: string | undefined }> | undefined;
}>;

export type AuditVersion = Readonly<{
  policyId: string;
  version: number;
  sha256: string;
  publishedBy: string;
  approvedBy: string;
  publishedAt: string;
  validFrom: string;
  validTo?: string | undefined;
}>;

export type Replay =
  | Readonly<{ equal: true; resultSha256: string; at: string }>
  | Readonly<{
      equal: false;
      storedSha256: string;
      resultSha256?: string | undefined;
      /** Where the two answers part. */
      differences: readonly Bilingual[];
      at: string;
    }>;
