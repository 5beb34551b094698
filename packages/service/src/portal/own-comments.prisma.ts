import type { OwnComment } from "@apply-free/ui";
import { isLate } from "../grievance/grievance.ts";
import { toComment } from "../grievance/policy-comment.prisma.ts";
import type { PolicyComment } from "../grievance/policy-comment.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { latestTitles } from "../policies/latest-titles.prisma.ts";

const MOST_SHOWN = 50;

/** What a firm has said of policies, newest first, with what became of it; whether or not it was published. */
export async function ownComments(
  { db, compiled, today }: Readonly<{ db: Tx; compiled: CompiledPolicies; today: Day }>,
  firmCode: string,
): Promise<OwnComment[]> {
  const rows = await db.policyComment.findMany({
    where: { firmCode },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    take: MOST_SHOWN,
  });
  if (rows.length === 0) return [];
  const titles = await latestTitles(db, compiled);
  return rows.map(toComment).map((comment) => ({
    ...{ id: comment.id, policyId: comment.policyId, words: comment.words, answerBy: comment.answerBy },
    policy: titles.get(comment.policyId) ?? { zh: comment.policyId, en: comment.policyId },
    ...{ status: standingOf(comment), late: isLate(comment, today, dayOf) },
    ...(comment.status !== "open" && { answer: comment.answer }),
  }));
}

function standingOf(comment: PolicyComment): OwnComment["status"] {
  return comment.status === "answered" && comment.isPublished ? "published" : comment.status;
}
