import { type AnswerDays, usualAnswerDays } from "../kernel/answer-days.ts";
import type { Clock } from "../kernel/clock.ts";
import { today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import { commentNotice } from "../notice/notice.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";

/** What a firm or somebody of the public says of a policy (建言); the department answers within working days. */
export type PolicyComment = CommentTerms & CommentState;

export type CommentTerms = Readonly<{
  id: string;
  policyId: string;
  /** Absent: the public, whom nobody asks for a name. */
  firmCode?: string;
  words: string;
  openedBy: string;
  openedAt: Date;
  /** Last day for the answer. */
  answerBy: Day;
}>;

/** `set-aside`: not about the policy, or not fit for anybody to read; closed with the reason, never published. */
export type CommentState =
  | Readonly<{ status: "open" }>
  | (Readonly<{ status: "answered"; isPublished: boolean }> & Closed)
  | (Readonly<{ status: "set-aside" }> & Closed);
type Closed = Readonly<{ answer: string; closedBy: string; closedAt: Date }>;

export type CommentStore = {
  /** Locks the row until the transaction ends. @throws DomainError grievance-not-found */
  get(id: string): Promise<PolicyComment>;
  /** `false` where the same has been said already. */
  insert(comment: PolicyComment): Promise<boolean>;
  save(comment: PolicyComment): Promise<void>;
};

/** Whom nobody knows. */
export const PUBLIC = "public";

type OpenStores = Readonly<{ comments: CommentStore; journal: Journal }>;
export type CommentDeps = Readonly<{ transaction: Transaction<OpenStores>; clock: Clock; answerDays?: AnswerDays }>;
export type CommentForm = Readonly<{ policyId: string; firmCode?: string; by: string; words: string }>;

/** Saying the same again on the same day, as double clicks do, is one comment. */
export function commentOnPolicy(
  { transaction, clock, answerDays = usualAnswerDays }: CommentDeps,
  { policyId, firmCode, by, words }: CommentForm,
): Promise<void> {
  return transaction(async ({ comments, journal }) => {
    const openedOn = today(clock);
    const comment: PolicyComment = {
      id: derivedId("comment", policyId, firmCode ?? by, openedOn, words),
      ...{ policyId, words, openedBy: by, openedAt: clock.now(), status: "open" },
      ...(firmCode !== undefined && { firmCode }),
      answerBy: addWorkingDays(openedOn, answerDays.comment),
    };
    if (!(await comments.insert(comment))) return;
    const { id: subject, openedAt: at, answerBy } = comment;
    await journal.append({ type: "comment-opened", subject, actor: by, at, payload: { policyId, answerBy } });
  });
}

export type CommentAnswer = Readonly<{
  id: string;
  by: string;
  how: "publish" | "answer" | "set-aside";
  answer: string;
}>;
export type AnswerCommentDeps = Readonly<{
  transaction: Transaction<OpenStores & Readonly<{ notices: NoticeBoard }>>;
  clock: Clock;
}>;

/**
 * The department answers, once: published beside the policy, to the firm alone, or setting it aside with the reason.
 * A firm is told in the same transaction.
 * @throws DomainError grievance-not-found | grievance-not-open | bad-input
 */
export function answerComment(
  { transaction, clock }: AnswerCommentDeps,
  { id, by, how, answer }: CommentAnswer,
): Promise<void> {
  if (answer.trim() === "") throw new DomainError("bad-input", "请写明答复。Write an answer.");
  return transaction(async ({ comments, notices, journal }) => {
    const current = await comments.get(id);
    if (current.status !== "open") {
      const details = { id, status: current.status };
      throw new DomainError("grievance-not-open", "这条留言已经答复。This has been answered.", details);
    }
    const at = clock.now();
    const status = how === "set-aside" ? "set-aside" : "answered";
    const isPublished = how === "publish";
    const { status: _, ...terms } = current;
    const closed = { answer, closedBy: by, closedAt: at };
    await comments.save(
      status === "answered" ? { ...terms, ...closed, status, isPublished } : { ...terms, ...closed, status },
    );
    const { firmCode, policyId } = current;
    if (firmCode !== undefined) {
      const noticeId = derivedId("notice", "comment", id);
      await notices.post({ ...commentNotice(answer), id: noticeId, firmCode, kind: "comment-answered", at });
    }
    const payload = { policyId, status, isPublished } as const;
    await journal.append({ type: "comment-closed", subject: id, actor: by, at, payload });
  });
}

/** What was typed, without what a screen would obey: control characters, and marks that turn the direction of text. */
export function plainWords(typed: string): string {
  return typed
    .replaceAll("\r\n", "\n")
    .replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();
}
