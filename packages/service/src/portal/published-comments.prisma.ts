import type { PublishedComment } from "@apply-free/ui";
import { dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";

const MOST_SHOWN = 20;

/** What was said of a policy and answered for all to read; never by whom. */
export async function publishedComments(db: Tx, policyId: string): Promise<PublishedComment[]> {
  const rows = await db.policyComment.findMany({
    where: { policyId, isPublished: true },
    orderBy: [{ closedAt: "desc" }, { id: "asc" }],
    take: MOST_SHOWN,
    select: { id: true, firmCode: true, words: true, openedAt: true, answer: true, closedAt: true },
  });
  return rows.map(({ id, firmCode, words, openedAt, answer, closedAt }) => ({
    ...{ id, words, answer: answer ?? "", saidOn: dayOf(openedAt), answeredOn: dayOf(closedAt ?? openedAt) },
    by: firmCode === null ? "public" : "firm",
  }));
}
