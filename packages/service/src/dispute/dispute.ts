import type { Json } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";

/** A firm says that a fact about it is wrong (数据异议). */
export type Dispute = DisputeTerms & DisputeState;

export type DisputeTerms = Readonly<{
  id: string;
  firmCode: string;
  factId: string;
  /** Whose word it is against. */
  sourceId: string;
  /** The fact as it was known when it was disputed. */
  disputed: DisputedFact;
  /** What the firm says instead, in its words. */
  claim: string;
  grounds: string;
  evidence?: Readonly<{ name: string; bytes: Uint8Array }>;
  openedBy: string;
  openedAt: Date;
  /** Last day for the answer, by the department's own time in working days. */
  answerBy: Day;
}>;

/** Without a value: it was unknown. */
export type DisputedFact = Readonly<{ value?: Json; asOf?: Day }>;

export type DisputeState =
  | Readonly<{ status: "open" }>
  | (Readonly<{ status: "corrected"; answer: string; deliveryId: string }> & Closed)
  | (Readonly<{ status: "upheld"; answer: string }> & Closed)
  | (Readonly<{ status: "withdrawn" }> & Closed);
type Closed = Readonly<{ closedBy: string; closedAt: Date }>;

export type Word = Readonly<{ by: string; at: Date; answer: string }>;

/** The department says that the firm is right; the correction is a fact of its own. @throws DomainError dispute-not-open | bad-input */
export function correct(current: Dispute, { by, at, answer }: Word, deliveryId: string): Dispute {
  requireOpen(current);
  requireAnswer(answer);
  return { ...termsOf(current), status: "corrected", answer, deliveryId, closedBy: by, closedAt: at };
}

/** The department stands by what it said, and says why. @throws DomainError dispute-not-open | bad-input */
export function uphold(current: Dispute, { by, at, answer }: Word): Dispute {
  requireOpen(current);
  requireAnswer(answer);
  return { ...termsOf(current), status: "upheld", answer, closedBy: by, closedAt: at };
}

/** The firm takes it back. @throws DomainError dispute-not-open */
export function withdrawDispute(current: Dispute, by: string, at: Date): Dispute {
  requireOpen(current);
  return { ...termsOf(current), status: "withdrawn", closedBy: by, closedAt: at };
}

export function isOverdue({ status, answerBy }: Pick<Dispute, "status" | "answerBy">, today: Day): boolean {
  return status === "open" && today > answerBy;
}

function requireOpen({ id, status }: Dispute): void {
  if (status === "open") return;
  throw new DomainError("dispute-not-open", "这项异议已经办结。This dispute is closed.", { id, status });
}

function requireAnswer(answer: string): void {
  if (answer.trim() === "") throw new DomainError("bad-input", "请写明答复。Write an answer.");
}

function termsOf(current: Dispute): DisputeTerms {
  const { id, firmCode, factId, sourceId, disputed, claim, grounds, evidence, openedBy, openedAt, answerBy } = current;
  const terms = { id, firmCode, factId, sourceId, disputed, claim, grounds, openedBy, openedAt, answerBy };
  return evidence ? { ...terms, evidence } : terms;
}
