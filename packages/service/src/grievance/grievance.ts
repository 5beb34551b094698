import type { Bilingual } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { DomainError, unreachable } from "../kernel/errors.ts";
import type { PolicyComment } from "./policy-comment.ts";

/** What somebody is owed an answer to (诉求), by a person and within working days. */
export type Grievance = GrievanceTerms & GrievanceState;

export type GrievanceKind = "rectification" | "complaint" | "objection";

export type GrievanceTerms = Readonly<{
  id: string;
  about: Subject;
  /** Absent: an official objects, on behalf of no firm. */
  firmCode?: string;
  /** In the words of whoever raised it; a bad rating may come without. */
  words: string;
  openedBy: string;
  openedAt: Date;
  /** Last day for the answer. */
  answerBy: Day;
}>;

/** What it hangs on; never only a text. */
export type Subject =
  | Readonly<{ of: "rating"; ratingId: string; entitlementId: string }>
  | Readonly<{ of: "case"; entitlementId: string; condition?: ConditionOfCase }>
  | Readonly<{ of: "fact"; factId: string }>
  | Readonly<{ of: "result"; disclosureId: string }>;

/** One condition of the decision, as the firm read it. */
export type ConditionOfCase = Readonly<{ decisionId: string; name: string; clause?: string; sentence: Bilingual }>;

export type GrievanceState =
  | Readonly<{ status: "open" }>
  | (Readonly<{ status: "corrected" | "explained"; answer: string }> & Closed)
  | (Readonly<{ status: "withdrawn" }> & Closed);
type Closed = Readonly<{ closedBy: string; closedAt: Date }>;

export type Answer = Readonly<{ by: string; at: Date; isCorrected: boolean; answer: string }>;

/**
 * A person says what was put right, or why nothing is to be. Whoever raised it does not answer it.
 * @throws DomainError grievance-not-open | maker-is-checker | bad-input
 */
export function answerTo(current: Grievance, { by, at, isCorrected, answer }: Answer): Grievance {
  requireOpen(current);
  if (current.openedBy === by) {
    const { id } = current;
    throw new DomainError("maker-is-checker", "提出人不能自己答复。Who raised it cannot answer it.", { id });
  }
  if (answer.trim() === "") throw new DomainError("bad-input", "请写明答复。Write an answer.");
  const status = isCorrected ? "corrected" : "explained";
  return { ...termsOf(current), status, answer, closedBy: by, closedAt: at };
}

/**
 * Whoever raised it takes it back. A bad rating stays to be answered: nobody can be talked out of it.
 * @throws DomainError grievance-not-open | not-allowed
 */
export function takeBack(current: Grievance, by: string, at: Date): Grievance {
  requireOpen(current);
  if (current.about.of === "rating") {
    throw new DomainError("not-allowed", "差评必须整改答复，不能撤回。A bad rating has to be answered.");
  }
  return { ...termsOf(current), status: "withdrawn", closedBy: by, closedAt: at };
}

/** Open after its last day. Answered late, it stays late. */
export function isLate(owed: Grievance | PolicyComment, today: Day, dayOf: (at: Date) => Day): boolean {
  const until = owed.status === "open" ? today : dayOf(owed.closedAt);
  return owed.status !== "withdrawn" && until > owed.answerBy;
}

export function kindOf({ of }: Subject): GrievanceKind {
  switch (of) {
    case "rating":
      return "rectification";
    case "case":
    case "fact":
      return "complaint";
    case "result":
      return "objection";
    default:
      return unreachable(of);
  }
}

/** Two about the same are one while the first is open. */
export function keyOf(about: Subject): string {
  switch (about.of) {
    case "rating":
      return `rating ${about.ratingId}`;
    case "case":
      return `case ${about.entitlementId}${about.condition ? ` ${about.condition.name}` : ""}`;
    case "fact":
      return `fact ${about.factId}`;
    case "result":
      return `result ${about.disclosureId}`;
    default:
      return unreachable(about);
  }
}

/** The case that a correction may change. */
export function caseOf(about: Subject): string | undefined {
  return "entitlementId" in about ? about.entitlementId : undefined;
}

function requireOpen({ id, status }: Grievance): void {
  if (status === "open") return;
  throw new DomainError("grievance-not-open", "这件诉求已经办结。This has been closed.", { id, status });
}

function termsOf({ id, about, firmCode, words, openedBy, openedAt, answerBy }: Grievance): GrievanceTerms {
  return { id, about, ...(firmCode !== undefined && { firmCode }), words, openedBy, openedAt, answerBy };
}
