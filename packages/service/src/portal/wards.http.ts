import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enterpriseOf, representativeOf, sessionOf, setSessionCookie } from "../access/access.http.ts";
import { type ActForWardDeps, actForWard, returnToOwn } from "../access/act-for-ward.ts";
import { input } from "../platform/input.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";

const params = z.object({ id: z.string().max(60) });

/** A guardian turns to a ward and back again; each time with another session, as another account. */
export function wardRoutes(app: FastifyInstance, deps: PortalDeps & ActForWardDeps & Readonly<{ publicUrl: string }>) {
  app.post("/wards/:id/act", async (request, reply) => {
    const { accountId } = representativeOf(request);
    const { token } = sessionOf(request);
    const opened = await actForWard(deps, input(params, request.params).id, { accountId, token });
    setSessionCookie(reply, deps.publicUrl, opened.token, opened.expiresAt);
    return reply.redirect("/", 303);
  });

  app.post("/wards/back", async (request, reply) => {
    const { accountId } = enterpriseOf(request);
    const { token } = sessionOf(request);
    const opened = await returnToOwn(deps, { accountId, token });
    setSessionCookie(reply, deps.publicUrl, opened.token, opened.expiresAt);
    return reply.redirect("/", 303);
  });
}
