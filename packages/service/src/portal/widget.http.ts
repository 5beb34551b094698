import { widgetPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { problemOf, sendProblem } from "../platform/problem.http.ts";
import { forAll, sendOpen } from "./open-data.http.ts";
import { policyBrief } from "./policy-views.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";

type WidgetDeps = Pick<PortalDeps, "db" | "compiled">;

const choice = z.object({ lang: z.enum(["zh", "en"]).catch("zh"), large: z.enum(["0", "1"]).catch("0") });

/**
 * Any site may frame this one page, since there is nothing in it to press but a link that opens a window: no form,
 * no cookie, no script, nobody's name. Whatever goes wrong is answered without a page, for a page of errors has all these.
 */
const framed = {
  ...forAll,
  helmet: {
    ...forAll.helmet,
    frameguard: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["*"],
      },
    },
  },
  errorHandler: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(problemOf(error, request), reply),
};

/** GET /widget/:policy: one policy for the pages of others, chambers of commerce and parks. */
export function widgetRoutes(app: FastifyInstance, deps: WidgetDeps): void {
  app.get<{ Params: { policy: string } }>("/widget/:policy", framed, async (request, reply) => {
    const { lang, large } = choice.parse(request.query);
    const policy = await policyBrief(deps, request.params.policy);
    const path = policy ? `/policies/${encodeURIComponent(policy.id)}` : "/policies";
    const html = widgetPage({ context: { lang, largeText: large === "1" }, policy, href: `${path}?lang=${lang}` });
    return sendOpen(request, reply.code(policy ? 200 : 404), "text/html; charset=utf-8", html);
  });
}
