import { type CommentPageProps, commentPage } from "@apply-free/ui";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { commentOnPolicy, PUBLIC, plainWords } from "../grievance/policy-comment.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { policiesInForce } from "./policy-views.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const MOST_CHARACTERS = 1_000;
const params = z.object({ id: z.string().max(100) });
const form = z.object({ words: z.string().max(20_000).default("").transform(plainWords) });

// Anybody may write without a name, so nobody may write much. Counted after the form is read, to show it again.
const rateLimit = { max: 5, timeWindow: "1 hour", hook: "preHandler" } as const;

/** 建言: what firms and the public have to say of a policy in force. */
export function policyCommentRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/policies/:id/comment", async (request, reply) => show(request, reply, deps));

  const tooMany = async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (error.statusCode !== 429) throw error;
    const { words } = form.safeParse(request.body).data ?? { words: "" };
    return show(request, reply, deps, { typed: words, problem: "too-many" }, 429);
  };

  app.post("/policies/:id/comment", { config: { rateLimit }, errorHandler: tooMany }, async (request, reply) => {
    const { id: policyId } = await openPolicy(request, deps);
    const { words } = input(form, request.body);
    if (words === "") return show(request, reply, deps, { problem: "empty" }, 422);
    if (words.length > MOST_CHARACTERS) return show(request, reply, deps, { typed: words, problem: "long" }, 422);
    const principal = request.session?.principal;
    const who =
      principal?.role === "enterprise" ? { by: principal.accountId, firmCode: principal.firmCode } : { by: PUBLIC };
    await commentOnPolicy(deps, { ...who, policyId, words });
    return reply.redirect(`/policies/${encodeURIComponent(policyId)}?commented=1`, 303);
  });
}

/** @throws DomainError policy-not-found */
async function openPolicy(request: FastifyRequest, deps: PortalDeps) {
  const { id } = input(params, request.params);
  const found = (await policiesInForce(deps, today(deps.clock))).find(({ policy }) => policy.id === id);
  if (found) return found.policy;
  throw new DomainError("policy-not-found", "没有这项政策。No such policy.", { id });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  again: Pick<CommentPageProps, "typed" | "problem"> = {},
  status = 200,
): Promise<FastifyReply> {
  const { id, title } = await openPolicy(request, deps);
  const path = `/policies/${encodeURIComponent(id)}/comment`;
  const context = { ...(await contextOf(request, deps)), path };
  return sendPage(reply, commentPage({ ...again, context, policy: { id, title } }), status);
}
