import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { representativeOf } from "../access/access.http.ts";
import { endInvitation, inviteHelper } from "../access/helper-invitation.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { showDelegates } from "./delegates.http.ts";
import { actorOf } from "./offers.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";

const PATH = "/delegates/helpers";
const form = z.object({ login: z.string().trim().max(100) });
const ended = z.object({ helper: z.string().max(60) });

/** Which helper cadres may read what waits for the firm; the list is on the page of its delegates. */
export function invitationRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.post(PATH, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    try {
      await inviteHelper(deps, { ...whose, ...input(form, request.body) });
      return await reply.redirect("/delegates?done=invited", 303);
    } catch (cause) {
      if (!(cause instanceof DomainError && cause.code === "helper-not-found")) throw cause;
      return showDelegates(request, reply, deps, { problem: cause.message }, 404);
    }
  });

  app.post(`${PATH}/end`, async (request, reply) => {
    await endInvitation(deps, { ...actorOf(representativeOf(request)), ...input(ended, request.body) });
    return reply.redirect("/delegates?done=dismissed", 303);
  });
}
