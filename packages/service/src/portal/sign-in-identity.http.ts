import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { cookieOptions, doorstepOf, setSessionCookie } from "../access/access.http.ts";
import { CALLBACK_PATH } from "../access/openid-provider.http.ts";
import { beginIdentitySignIn, finishIdentitySignIn, type IdentitySignInDeps } from "../access/sign-in-by-identity.ts";
import { DomainError, type ErrorCode } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { homeOf, localPath, type SignInRouteDeps, showSignIn } from "./sign-in.http.ts";

const asked = z.object({ next: z.string().optional() });
const COOKIE = "identity-sign-in";
const COOKIE_PATH = "/sign-in/identity";

// Each begins a row in the store and a question to somebody else's server.
const rateLimit = { max: 30, timeWindow: "1 minute" } as const;

/** To an identity provider and back. */
export function identityRoutes(app: FastifyInstance, deps: SignInRouteDeps & IdentitySignInDeps): void {
  const cookie = { ...cookieOptions(deps.publicUrl), path: COOKIE_PATH };

  // By a link, not a form: the policy for forms lets them lead nowhere but here.
  app.get("/sign-in/identity", { config: { rateLimit } }, (request, reply) => {
    const next = localPath(input(asked, request.query).next);
    return orProblem(request, reply, deps, async () => {
      const { isKiosk } = doorstepOf(request);
      const { token, address, expiresAt } = await beginIdentitySignIn(deps, { next, isFresh: isKiosk });
      reply.setCookie(COOKIE, token, { ...cookie, expires: expiresAt });
      return reply.header("cache-control", "no-store").redirect(address.href, 303);
    });
  });

  app.get(CALLBACK_PATH, { config: { rateLimit } }, (request, reply) => {
    const token = request.cookies[COOKIE];
    // Pressed twice, or gone back to: whoever is in stays in.
    if (token === undefined && request.session) return reply.redirect(homeOf(request.session.principal.role), 303);
    reply.clearCookie(COOKIE, cookie);
    return orProblem(request, reply, deps, async () => {
      const callback = new URL(request.url, deps.publicUrl);
      const signedIn = await finishIdentitySignIn(deps, { token, callback }, doorstepOf(request));
      setSessionCookie(reply, deps.publicUrl, signedIn.token, signedIn.expiresAt);
      const target = localPath(signedIn.next) ?? homeOf(signedIn.principal.role);
      return reply.header("cache-control", "no-store").redirect(target, 303);
    });
  });
}

const problems = [
  "identity-expired",
  "identity-cancelled",
  "identity-refused",
  "identity-unknown",
  "identity-unavailable",
] as const satisfies readonly ErrorCode[];

/** What went wrong is said on the page where every way in begins. */
async function orProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SignInRouteDeps,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    const problem = problems.find((code) => code === cause.code);
    if (!problem) throw cause;
    request.log.info({ code: cause.code, reason: cause.details.reason }, "sign-in by identity failed");
    return showSignIn(request, reply, deps, { problem }, statusOf[problem]);
  }
}
