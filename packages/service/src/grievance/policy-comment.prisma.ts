import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { PolicyComment as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CommentStore, PolicyComment } from "./policy-comment.ts";

export function commentStore(tx: Tx): CommentStore {
  return {
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM policy_comment WHERE id = ${id} FOR UPDATE`;
      const row = await tx.policyComment.findUnique({ where: { id } });
      if (row) return toComment(row);
      throw new DomainError("grievance-not-found", "没有这条留言。There is no such comment.", { id });
    },
    async insert({ id, policyId, firmCode = null, words, openedBy, openedAt, answerBy, status }) {
      const row = { id, policyId, firmCode, words, openedBy, openedAt, answerBy: dayToDate(answerBy), status };
      const { count } = await tx.policyComment.createMany({ data: [row], skipDuplicates: true });
      return count === 1;
    },
    async save(comment) {
      if (comment.status === "open") throw new Error(`${comment.id} is open, and nothing of it can have changed`);
      const { id, status, answer, closedBy, closedAt } = comment;
      const isPublished = comment.status === "answered" && comment.isPublished;
      await tx.policyComment.update({ where: { id }, data: { status, answer, closedBy, closedAt, isPublished } });
    },
  };
}

export function toComment(row: Row): PolicyComment {
  const { id, policyId, firmCode, words, openedBy, openedAt, answerBy, status, isPublished } = row;
  const terms = {
    ...{ id, policyId, words, openedBy, openedAt, answerBy: dateToDay(answerBy) },
    ...(firmCode !== null && { firmCode }),
  };
  if (status === "open") return { ...terms, status };
  const { answer, closedBy, closedAt } = row;
  if (answer === null || closedBy === null || closedAt === null) throw new Error(`comment ${id} is closed by nobody`);
  const closed = { ...terms, answer, closedBy, closedAt };
  return status === "answered" ? { ...closed, status, isPublished } : { ...closed, status: "set-aside" };
}
