import {
  type Bilingual,
  type DeskGrievance,
  grievancesPage,
  type OpenedGrievance,
  type Rectified,
} from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { StaffPrincipal } from "../access/account.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { answerGrievance } from "../grievance/answer-grievance.ts";
import { toGrievance, toRating } from "../grievance/grievance.prisma.ts";
import { caseOf, type Grievance } from "../grievance/grievance.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { grievanceViews } from "../portal/grievance-view.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_SHOWN = 200;
const params = z.object({ id: z.string().max(60) });
const form = z.object({
  answer: z.string().trim().max(2000).default(""),
  how: z.enum(["corrected", "explained"]),
});
const office = ["operator", "author"] as const;

/** What people are owed an answer to, soonest deadline first. */
export function deskGrievanceRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/grievances", async (request, reply) => {
    staffOf(request, ...office, "auditor");
    const open = await deps.db.grievance.findMany({
      where: { status: "open" },
      orderBy: [{ answerBy: "asc" }, { openedAt: "asc" }],
      take: MOST_SHOWN,
    });
    const closed = await deps.db.grievance.findMany({
      where: { status: { not: "open" } },
      orderBy: { closedAt: "desc" },
      take: MOST_SHOWN - open.length,
    });
    const grievances = await viewsOf(deps, [...open, ...closed].map(toGrievance));
    const rectified = await rectifiedOf(deps);
    return sendPage(reply, grievancesPage({ context: await contextOf(request, deps), grievances, rectified }));
  });

  app.get("/desk/grievances/:id", async (request, reply) => {
    const person = staffOf(request, ...office, "auditor");
    return show(request, reply, deps, person);
  });

  app.post("/desk/grievances/:id/answer", async (request, reply) => {
    const person = staffOf(request, ...office);
    const { id } = input(params, request.params);
    const { answer, how } = input(form, request.body);
    if (answer === "") return show(request, reply, deps, person, missing);
    await answerGrievance(deps, { id, by: person.accountId, isCorrected: how === "corrected", answer });
    deps.pump();
    return reply.redirect(`/desk/grievances/${encodeURIComponent(id)}`, 303);
  });
}

const missing: Bilingual = { zh: "请写明答复。", en: "Write an answer." };

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  person: StaffPrincipal,
  problem?: Bilingual,
): Promise<FastifyReply> {
  const { id } = input(params, request.params);
  const row = await deps.db.grievance.findUnique({ where: { id } });
  if (!row) throw new DomainError("grievance-not-found", "没有这件诉求。There is no such case.", { id });
  const grievance = toGrievance(row);
  const [view] = await viewsOf(deps, [grievance]);
  if (!view) throw new Error(`grievance ${id} has no view`);
  const { about, openedAt, openedBy, status } = grievance;
  const rating = about.of === "rating" && (await deps.db.rating.findUnique({ where: { id: about.ratingId } }));
  const opened: OpenedGrievance = {
    ...view,
    rating: rating ? toRating(rating) : undefined,
    entitlementId: caseOf(about),
    openedAt: openedAt.toISOString(),
    mayAnswer: status === "open" && person.role !== "auditor" && person.accountId !== openedBy,
  };
  const context = { ...(await contextOf(request, deps)), path: `/desk/grievances/${encodeURIComponent(id)}` };
  const html = grievancesPage({ context, grievances: [], opened, problem });
  return sendPage(reply, html, problem ? statusOf["bad-input"] : 200);
}

/** How bad ratings were answered. A day ends at midnight in China. */
async function rectifiedOf({ db, clock }: DeskDeps): Promise<Rectified> {
  const [row] = await db.$queryRaw<Rectified[]>`
    SELECT count(*) FILTER (WHERE closed_on <= answer_by)::int AS "inTime",
      count(*) FILTER (WHERE closed_on > answer_by)::int AS "tooLate",
      count(*) FILTER (WHERE closed_on IS NULL)::int AS "open",
      count(*) FILTER (WHERE closed_on IS NULL AND answer_by < ${today(clock)}::date)::int AS "overdue"
    FROM (SELECT answer_by, (closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on
      FROM grievance WHERE kind = 'rectification') AS task`;
  return row ?? { inTime: 0, tooLate: 0, open: 0, overdue: 0 };
}

async function viewsOf(deps: DeskDeps, grievances: readonly Grievance[]): Promise<DeskGrievance[]> {
  const views = await grievanceViews({ ...deps, today: today(deps.clock) }, grievances);
  const codes = grievances.flatMap(({ firmCode }) => firmCode ?? []);
  const names = await firmNames(deps.db, codes);
  return views.map((view, index) => {
    const code = grievances[index]?.firmCode;
    return { ...view, ...(code !== undefined && { firm: { code, name: names.get(code) ?? code } }) };
  });
}
