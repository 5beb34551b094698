import { policiesPage, policyPage, publicListPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { resultList } from "../publication/publication.prisma.ts";
import { paidByPolicy } from "./paid-by-policy.prisma.ts";
import { briefOf, policiesInForce, policyOf } from "./policy-views.prisma.ts";
import { choicesAmong, fits } from "./policy-zone.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { publishedComments } from "./published-comments.prisma.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { filterOf, listQuery, queryOf } from "./result-query.ts";
import { zoneQuery } from "./zone-query.ts";

const PAGE = 50;
const saidQuery = z.object({ commented: z.string().max(10).optional() });
const policyParams = z.object({ id: z.string().max(100) });

/** What anybody may read: policies in plain words, and who was paid what. */
export function publicRoutes(app: FastifyInstance, deps: PortalDeps & Readonly<{ publicUrl: string }>): void {
  app.get("/policies", async (request, reply) => {
    const filter = input(zoneQuery, request.query);
    const inForce = await policiesInForce(deps, today(deps.clock));
    const paid = await paidByPolicy(deps.db);
    const policies = inForce.filter((each) => fits(each, filter)).map((each) => briefOf(each, paid(each.policy.id)));
    const html = policiesPage({
      ...choicesAmong(inForce),
      policies,
      filter,
      jsonHref: `/policies.json?${queryOf(filter)}`,
      context: await contextOf(request, deps),
    });
    return sendPage(reply, html);
  });

  app.get("/policies/:id", async (request, reply) => {
    const { id } = input(policyParams, request.params);
    const policy = await policyOf(deps, id);
    if (!policy) throw new DomainError("policy-not-found", "没有这项政策。No such policy.", { id });
    const context = await contextOf(request, deps);
    const address = new URL(`/widget/${encodeURIComponent(id)}?lang=${context.lang}`, deps.publicUrl).href;
    const comments = await publishedComments(deps.db, id);
    const isCommented = input(saidQuery, request.query).commented === "1";
    return sendPage(reply, policyPage({ ...policy, comments, isCommented, widget: address, context }));
  });

  app.get("/results", async (request, reply) => {
    const { policy, q, cursor } = input(listQuery, request.query);
    const list = resultList(deps.db);
    const filter = filterOf(policy, q);
    const [page, total, policies] = await Promise.all([
      list.page(filter, PAGE, cursor),
      list.total(filter),
      list.policies(),
    ]);
    const html = publicListPage({
      context: await contextOf(request, deps),
      rows: page.results.map((row) => ({ ...row, amountFen: String(row.amountFen) })),
      policies,
      filter: { policy, q },
      count: total.count,
      totalFen: String(total.totalFen),
      nextHref: page.next && `/results?${queryOf({ policy, q, cursor: page.next })}`,
      files: {
        csv: `/results.csv?${queryOf({ policy, q })}`,
        json: `/results.json?${queryOf({ policy, q })}`,
        atom: `/results.atom?${queryOf({ policy, q })}`,
      },
    });
    return sendPage(reply, html);
  });
}
