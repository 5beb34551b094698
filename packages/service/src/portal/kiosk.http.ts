import { kioskEndPage, kioskPage, kioskWarningPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { clearSessionCookie, cookieOptions, isKiosk, KIOSK_COOKIE } from "../access/access.http.ts";
import { KIOSK } from "../access/session.ts";
import { signOut } from "../access/sign-in.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { localPath, type SignInRouteDeps } from "./sign-in.http.ts";

const START = "/kiosk";
const WARNING = "/kiosk/still-there";
const END = "/kiosk/end";
const fromQuery = z.object({ from: z.string().optional() });

const WARNING_SECONDS = 60;
const UNTIL_WARNING_SECONDS = KIOSK.idleMinutes * 60 - WARNING_SECONDS;
/** Long enough to read that nothing stays. */
const END_SECONDS = 8;

/**
 * A terminal that everybody uses. It begins at /kiosk, which its browser opens by itself; from there on sessions
 * are short, nothing is stored, and pages go on to the end by themselves, with a warning before, without JavaScript.
 */
export function kioskRoutes(app: FastifyInstance, deps: SignInRouteDeps): void {
  app.addHook("onSend", async (request, reply) => {
    if (!isKiosk(request) && !request.session?.isKiosk) return;
    if (request.routeOptions.config.isForAll) return;
    reply.header("cache-control", "no-store");
    const isPage = String(reply.getHeader("content-type") ?? "").startsWith("text/html");
    if (!isPage || reply.hasHeader("refresh")) return;
    reply.header("refresh", `${UNTIL_WARNING_SECONDS}; url=${onwards(request)}`);
  });

  app.get(START, async (request, reply) => {
    await endSession(request, reply, deps);
    reply.setCookie(KIOSK_COOKIE, "1", cookieOptions(deps.publicUrl));
    const context = { ...(await contextOf(request, deps)), isKiosk: true };
    // Nobody is in, so there is nothing to end.
    reply.header("refresh", `3600; url=${START}`);
    return sendPage(reply, kioskPage({ context }));
  });

  app.get(WARNING, async (request, reply) => {
    if (!request.session?.isKiosk) return reply.redirect(START, 303);
    const from = localPath(input(fromQuery, request.query).from) ?? "/";
    reply.header("refresh", `${WARNING_SECONDS}; url=${END}`);
    const context = await contextOf(request, deps);
    return sendPage(reply, kioskWarningPage({ context, from, seconds: WARNING_SECONDS }));
  });

  // By GET, for a page can only go on to an address; it ends no session but a terminal's.
  app.get(END, async (request, reply) => {
    if (request.session && !request.session.isKiosk) return reply.redirect("/", 303);
    await endSession(request, reply, deps);
    reply.header("clear-site-data", '"cache", "cookies", "storage"');
    reply.header("refresh", `${END_SECONDS}; url=${START}`);
    return sendPage(reply, kioskEndPage({ context: { ...(await contextOf(request, deps)), path: START } }));
  });
}

function onwards({ session, method, url }: FastifyRequest): string {
  if (!session) return START;
  // A page that answers a form has no address of its own to come back to.
  return `${WARNING}?from=${encodeURIComponent(method === "GET" ? url : "/")}`;
}

async function endSession(request: FastifyRequest, reply: FastifyReply, deps: SignInRouteDeps): Promise<void> {
  if (!request.session) return;
  await signOut(deps, request.session.token);
  clearSessionCookie(reply, deps.publicUrl);
  request.session = null;
}
