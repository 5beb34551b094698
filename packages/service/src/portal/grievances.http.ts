import { type Bilingual, type ComplainProps, complainPage, ticketsPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { enterpriseOf, sessionOf } from "../access/access.http.ts";
import { toGrievance } from "../grievance/grievance.prisma.ts";
import type { ConditionOfCase } from "../grievance/grievance.ts";
import type { Raiser } from "../grievance/grievance-store.ts";
import { type GrievanceForm, raiseGrievance, takeBackGrievance } from "../grievance/raise-grievance.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { conditionsOfCase } from "./case-conditions.prisma.ts";
import { grievanceViews, subjectNames } from "./grievance-view.prisma.ts";
import { ownComments } from "./own-comments.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const MOST_SHOWN = 50;
const params = z.object({ id: z.string().max(60) });
const ofFact = z.object({ fact: z.string().max(100) });
const form = z.object({ words: z.string().trim().max(2000).default(""), condition: z.string().max(200).default("") });

/** Complaints of firms, objections of anybody signed in, and what became of them. */
export function grievanceRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/tickets", async (request, reply) => {
    const { firmCode, by } = raiserOf(request);
    const rows = await deps.db.grievance.findMany({
      where: firmCode === undefined ? { firmCode: null, openedBy: by } : { firmCode },
      orderBy: [{ openedAt: "desc" }, { id: "asc" }],
      take: MOST_SHOWN,
    });
    const day = { ...deps, today: today(deps.clock) };
    const tickets = await grievanceViews(day, rows.map(toGrievance));
    const comments = firmCode === undefined ? [] : await ownComments(day, firmCode);
    return sendPage(reply, ticketsPage({ context: await contextOf(request, deps), tickets, comments }));
  });

  app.post("/tickets/:id/withdraw", async (request, reply) => {
    await takeBackGrievance(deps, { ...raiserOf(request), id: input(params, request.params).id });
    return reply.redirect("/tickets", 303);
  });

  app.get("/cases/:id/complain", async (request, reply) => {
    return sendPage(reply, await pageOfCase(request, deps));
  });

  app.post("/cases/:id/complain", async (request, reply) => {
    const { id } = input(params, request.params);
    const typed = input(form, request.body);
    const condition = await chosenCondition(request, deps, typed.condition);
    const about = { of: "case", entitlementId: id, ...(condition && { condition }) } as const;
    return raise(request, reply, deps, { about, ...typed }, (again) => pageOfCase(request, deps, again));
  });

  app.get("/my-data/complain", async (request, reply) => {
    return sendPage(reply, await pageOfFact(request, deps));
  });

  app.post("/my-data/complain", async (request, reply) => {
    const about = { of: "fact", factId: (await askedFact(request, deps)).id } as const;
    const typed = input(form, request.body);
    return raise(request, reply, deps, { about, ...typed }, (again) => pageOfFact(request, deps, again));
  });

  app.get("/results/:id/object", async (request, reply) => {
    return sendPage(reply, await pageOfResult(request, deps));
  });

  app.post("/results/:id/object", async (request, reply) => {
    const about = { of: "result", disclosureId: input(params, request.params).id } as const;
    const typed = input(form, request.body);
    return raise(request, reply, deps, { about, ...typed }, (again) => pageOfResult(request, deps, again));
  });
}

function raiserOf(request: FastifyRequest): Raiser {
  const { principal } = sessionOf(request);
  const by = principal.accountId;
  return principal.role === "enterprise" ? { by, firmCode: principal.firmCode } : { by };
}

type Again = Pick<ComplainProps, "typed" | "problem">;
type Raised = Pick<GrievanceForm, "about"> & Readonly<{ words: string; condition: string }>;

async function raise(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  { about, words, condition }: Raised,
  page: (again: Again) => Promise<string>,
): Promise<FastifyReply> {
  if (words === "") {
    const html = await page({ typed: { words, condition }, problem: missing });
    return sendPage(reply, html, statusOf["bad-input"]);
  }
  await raiseGrievance(deps, { ...raiserOf(request), about, words });
  return reply.redirect("/tickets", 303);
}

const missing: Bilingual = { zh: "请写明情况。", en: "Say what is wrong." };

async function pageOfCase(request: FastifyRequest, deps: PortalDeps, again: Again = {}): Promise<string> {
  const { firmCode } = enterpriseOf(request);
  const { id } = input(params, request.params);
  const conditions = await conditionsOfCase(deps, firmCode, id);
  const about = { of: "case", entitlementId: id } as const;
  const action = `/cases/${encodeURIComponent(id)}/complain`;
  const cancelHref = `/cases/${encodeURIComponent(id)}`;
  const subject = (await subjectNames(deps, [about]))(about);
  const context = { ...(await contextOf(request, deps)), path: action };
  return complainPage({ context, kind: "complaint", subject, action, cancelHref, conditions, ...again });
}

async function chosenCondition(
  request: FastifyRequest,
  deps: PortalDeps,
  name: string,
): Promise<ConditionOfCase | undefined> {
  const { firmCode } = enterpriseOf(request);
  const conditions = await conditionsOfCase(deps, firmCode, input(params, request.params).id);
  return conditions.find((condition) => condition.name === name);
}

/** A fact that somebody has said of the firm, or could say. @throws DomainError fact-not-disputable */
async function askedFact(request: FastifyRequest, { db, compiled }: PortalDeps) {
  enterpriseOf(request);
  const { fact } = input(ofFact, request.query);
  const definition = (await vocabularyInForce(db, compiled)).facts.get(fact);
  if (definition) return { id: fact, label: definition.label };
  throw new DomainError("fact-not-disputable", `没有数据项“${fact}”。There is no fact "${fact}".`, { factId: fact });
}

async function pageOfFact(request: FastifyRequest, deps: PortalDeps, again: Again = {}): Promise<string> {
  const { id, label: subject } = await askedFact(request, deps);
  const action = `/my-data/complain?fact=${encodeURIComponent(id)}`;
  const context = { ...(await contextOf(request, deps)), path: action };
  return complainPage({ context, kind: "complaint", subject, action, cancelHref: "/my-data", ...again });
}

async function pageOfResult(request: FastifyRequest, deps: PortalDeps, again: Again = {}): Promise<string> {
  sessionOf(request);
  const { id } = input(params, request.params);
  if ((await deps.db.disclosure.count({ where: { id } })) === 0) {
    throw new DomainError("not-found", "公示名单里没有这一条。There is no such entry.", { id });
  }
  const about = { of: "result", disclosureId: id } as const;
  const action = `/results/${encodeURIComponent(id)}/object`;
  const subject = (await subjectNames(deps, [about]))(about);
  const context = { ...(await contextOf(request, deps)), path: action };
  return complainPage({ context, kind: "objection", subject, action, cancelHref: "/results", ...again });
}
