import { sessionsPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { clearSessionCookie, sessionOf } from "../access/access.http.ts";
import { type EndingDeps, endAllSessions, endOwnSession } from "../access/end-sessions.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import type { SignInRouteDeps } from "./sign-in.http.ts";

const PATH = "/sessions";
const params = z.object({ id: z.string().max(60) });
const doneQuery = z.object({ done: z.literal("1").optional() });

/** Where somebody is signed in, and how to end it there. For every role. */
export function sessionRoutes(app: FastifyInstance, deps: SignInRouteDeps & EndingDeps): void {
  app.get(PATH, async (request, reply) => {
    const { id: own, principal } = sessionOf(request);
    const now = deps.wallClock.now();
    const open = await deps.transaction(({ sessions }) => sessions.listOf(principal.accountId, now));
    const sessions = open.map(({ openedAt, lastSeenAt, expiresAt, ...session }) => ({
      ...session,
      openedAt: openedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
    const done = input(doneQuery, request.query).done !== undefined;
    return sendPage(reply, sessionsPage({ context: await contextOf(request, deps), sessions, own, done }));
  });

  app.post(`${PATH}/:id/end`, async (request, reply) => {
    const { principal } = sessionOf(request);
    await endOwnSession(deps, principal.accountId, input(params, request.params).id);
    return reply.redirect(`${PATH}?done=1`, 303);
  });

  app.post(`${PATH}/end-all`, async (request, reply) => {
    const { accountId } = sessionOf(request).principal;
    await endAllSessions(deps, { accountId, actor: accountId, reason: "own wish" });
    clearSessionCookie(reply, deps.publicUrl);
    return reply.redirect("/sign-in", 303);
  });
}
