import { type Bilingual, type RateProps, ratePage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { enterpriseOf } from "../access/access.http.ts";
import type { EnterprisePrincipal } from "../access/account.ts";
import { toRating } from "../grievance/grievance.prisma.ts";
import { rateCase } from "../grievance/rate-case.ts";
import { ratingChannels, ratingLevels } from "../grievance/rating.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { subjectNames } from "./grievance-view.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const params = z.object({ id: z.string().max(60) });
const form = z.object({
  level: z.enum(ratingLevels).optional(),
  channel: z.enum(ratingChannels),
  words: z.string().trim().max(2000).default(""),
});

/** A firm says how it was served. */
export function ratingRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/cases/:id/rate", async (request, reply) => {
    return show(request, reply, deps, enterpriseOf(request), input(params, request.params).id);
  });

  app.post("/cases/:id/rate", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { id } = input(params, request.params);
    const { level, ...typed } = input(form, request.body);
    if (level === undefined) {
      return show(request, reply, deps, enterprise, id, { typed, problem: missing }, statusOf["bad-input"]);
    }
    const { firmCode, accountId: by } = enterprise;
    try {
      await rateCase(deps, { firmCode, by, entitlementId: id, level, ...typed });
    } catch (cause) {
      if (!(cause instanceof DomainError && cause.code === "rating-closed")) throw cause;
      const again = { typed: { level, ...typed }, problem: closed };
      return show(request, reply, deps, enterprise, id, again, statusOf["rating-closed"]);
    }
    return reply.redirect(`/cases/${encodeURIComponent(id)}/rate`, 303);
  });
}

const missing: Bilingual = { zh: "请选一个满意程度。", en: "Choose how satisfied you are." };
const closed: Bilingual = { zh: "这项评价已过修改期限。", en: "The time to change this rating is over." };

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  { firmCode }: EnterprisePrincipal,
  id: string,
  again: Pick<RateProps, "typed" | "problem"> = {},
  status = 200,
): Promise<FastifyReply> {
  const own = await deps.db.entitlement.count({ where: { id, firmCode } });
  if (own === 0) throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id });
  const about = { of: "case", entitlementId: id } as const;
  const rows = await deps.db.rating.findMany({ where: { entitlementId: id }, orderBy: { channel: "desc" } });
  const said = rows.map(toRating).map(({ channel, level, words, changeUntil }) => {
    return { channel, level, words, changeUntil, mayChange: today(deps.clock) <= changeUntil };
  });
  const context = { ...(await contextOf(request, deps)), path: `/cases/${encodeURIComponent(id)}/rate` };
  const title = (await subjectNames(deps, [about]))(about);
  return sendPage(reply, ratePage({ context, caseId: id, title, said, ...again }), status);
}
