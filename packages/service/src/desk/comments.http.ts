import { type CommentsProps, commentsPage, type DeskComment } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { isLate } from "../grievance/grievance.ts";
import { toComment } from "../grievance/policy-comment.prisma.ts";
import { answerComment, type PolicyComment, plainWords } from "../grievance/policy-comment.ts";
import { today } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { latestTitles } from "../policies/latest-titles.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_SHOWN = 200;
const params = z.object({ id: z.string().max(60) });
const form = z.object({
  answer: z.string().max(2000).default("").transform(plainWords),
  how: z.enum(["publish", "answer", "set-aside"]),
});
const office = ["author", "operator"] as const;

/** What is said of policies, soonest deadline first, and the department's answers. */
export function deskCommentRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/comments", async (request, reply) => {
    staffOf(request, ...office, "auditor");
    const open = await deps.db.policyComment.findMany({
      where: { status: "open" },
      orderBy: [{ answerBy: "asc" }, { id: "asc" }],
      take: MOST_SHOWN,
    });
    const closed = await deps.db.policyComment.findMany({
      where: { status: { not: "open" } },
      orderBy: [{ closedAt: "desc" }, { id: "asc" }],
      take: MOST_SHOWN - open.length,
    });
    const comments = await viewsOf(deps, [...open, ...closed].map(toComment));
    return sendPage(reply, commentsPage({ comments, context: await contextOf(request, deps) }));
  });

  app.get("/desk/comments/:id", async (request, reply) => {
    staffOf(request, ...office, "auditor");
    return show(request, reply, deps);
  });

  app.post("/desk/comments/:id/answer", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...office);
    const { id } = input(params, request.params);
    const { answer, how } = input(form, request.body);
    if (answer === "") return show(request, reply, deps, "empty", 422);
    await answerComment(deps, { id, by, how, answer });
    deps.pump();
    return reply.redirect("/desk/comments", 303);
  });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  problem?: CommentsProps["problem"],
  status = 200,
): Promise<FastifyReply> {
  const { id } = input(params, request.params);
  const row = await deps.db.policyComment.findUnique({ where: { id } });
  const [opened] = row ? await viewsOf(deps, [toComment(row)]) : [];
  if (!opened) throw new DomainError("grievance-not-found", "没有这条留言。There is no such comment.", { id });
  const context = { ...(await contextOf(request, deps)), path: `/desk/comments/${encodeURIComponent(id)}` };
  const mayAnswer = opened.status === "open" && isOneOf(request, office);
  return sendPage(reply, commentsPage({ context, comments: [], opened: { ...opened, mayAnswer }, problem }), status);
}

async function viewsOf(deps: DeskDeps, comments: readonly PolicyComment[]): Promise<DeskComment[]> {
  const titles = await latestTitles(deps.db, deps.compiled);
  const names = await firmNames(
    deps.db,
    comments.flatMap(({ firmCode }) => firmCode ?? []),
  );
  const now = today(deps.clock);
  return comments.map((comment) => {
    const { id, policyId, firmCode, words, openedAt, answerBy, status } = comment;
    return {
      ...{ id, words, answerBy, status, saidOn: dayOf(openedAt), isLate: isLate(comment, now, dayOf) },
      policy: titles.get(policyId) ?? policyId,
      ...(firmCode !== undefined && { firm: names.get(firmCode) ?? firmCode }),
      ...(comment.status !== "open" && { answer: comment.answer }),
      ...(comment.status === "answered" && { isPublished: comment.isPublished }),
    };
  });
}
