import { type DemoAccount, type SignInProps, signedOutPage, signInPage } from "@apply-free/ui";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { clearSessionCookie, doorstepOf, setSessionCookie } from "../access/access.http.ts";
import { letterWays } from "../access/code-way.ts";
import type { IdentityProvider } from "../access/identity-provider.ts";
import { SIGNED_OUT_PATH } from "../access/openid-provider.http.ts";
import { type SignInDeps, signIn, signOut } from "../access/sign-in.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Channel } from "../notice/channel.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, type ReaderDeps, sendPage } from "./reader.http.ts";

export type SignInRouteDeps = SignInDeps &
  ReaderDeps &
  Readonly<{
    publicUrl: string;
    /** Shown on the page of a demonstration, and nowhere else. */
    demoAccounts?: readonly DemoAccount[];
    /** By which a code can be sent. */
    channels: readonly Channel[];
    /** Where people can sign in by an identity that they have already. */
    identityProvider?: IdentityProvider;
  }>;

const form = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
  next: z.string().optional(),
});
const asked = z.object({ next: z.string().optional() });

// Tries per minute and address, so that passwords cannot be guessed by machine (OWASP ASVS 6.3.1).
// Counted after the form is read, so that what was typed can be shown again.
const rateLimit = { max: 10, timeWindow: "1 minute", hook: "preHandler" } as const;

export function signInRoutes(app: FastifyInstance, deps: SignInRouteDeps): void {
  app.get("/sign-in", async (request, reply) => {
    const { next } = input(asked, request.query);
    return showSignIn(request, reply, deps, { next: localPath(next) });
  });

  const tooManyTries = async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (error.statusCode !== 429) throw error;
    const { login = "", next } = form.partial().safeParse(request.body).data ?? {};
    return showSignIn(request, reply, deps, { next: localPath(next), login, problem: "too-many-tries" }, 429);
  };

  app.post("/sign-in", { config: { rateLimit }, errorHandler: tooManyTries }, async (request, reply) => {
    const parsed = form.safeParse(request.body);
    const { login = "", next } = parsed.data ?? {};
    try {
      if (!parsed.success) throw new DomainError("sign-in-failed", "请填写登录名和密码。Enter login and password.");
      const { token, expiresAt, principal } = await signIn(deps, parsed.data, doorstepOf(request));
      setSessionCookie(reply, deps.publicUrl, token, expiresAt);
      return reply.redirect(localPath(next) ?? homeOf(principal.role), 303);
    } catch (cause) {
      if (!(cause instanceof DomainError)) throw cause;
      const { code: problem } = cause;
      if (problem !== "sign-in-failed" && problem !== "too-many-tries") throw cause;
      return showSignIn(request, reply, deps, { next: localPath(next), login, problem }, statusOf[problem]);
    }
  });

  app.post("/sign-out", async (request, reply) => {
    const { session } = request;
    if (session) await signOut(deps, session.token);
    clearSessionCookie(reply, deps.publicUrl);
    if (session?.isKiosk) return reply.redirect("/kiosk/end", 303);
    const elsewhere = session?.method === "identity" ? await deps.identityProvider?.signOutAddress() : undefined;
    if (!elsewhere) return reply.redirect("/sign-in", 303);
    request.session = null;
    // By a page that goes on by itself: the policy for forms lets none lead away from here, not even by a redirect.
    reply.header("refresh", `0; url=${elsewhere.href}`);
    const context = { ...(await contextOf(request, deps)), path: SIGNED_OUT_PATH };
    return sendPage(reply, signedOutPage({ context, elsewhereHref: elsewhere.href }));
  });

  app.get(SIGNED_OUT_PATH, async (request, reply) =>
    sendPage(reply, signedOutPage({ context: await contextOf(request, deps) })),
  );
}

/** Where each role begins. */
export function homeOf(role: string): string {
  if (role === "enterprise") return "/";
  if (role === "window-clerk" || role === "hotline-agent") return "/desk/counter";
  if (role === "helper") return "/desk/helped";
  if (role === "data-officer") return "/desk/deliveries";
  return role === "auditor" ? "/audit" : "/desk";
}

/** The page where every way in begins, with what went wrong on the last. */
export async function showSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SignInRouteDeps,
  shown: Omit<SignInProps, "context" | "ways" | "demoAccounts">,
  status = 200,
): Promise<FastifyReply> {
  const context = await contextOf(request, deps);
  const path = request.routeOptions.url === "/sign-in" && request.method === "GET" ? context.path : "/sign-in";
  const ways = { identity: deps.identityProvider !== undefined, code: letterWays(deps.channels).length > 0 };
  const { demoAccounts } = deps;
  return sendPage(reply, signInPage({ ...shown, context: { ...context, path }, ways, demoAccounts }), status);
}

/** A way on within this site; anything else would lead a person who has just signed in to a stranger. */
export function localPath(next: string | undefined): string | undefined {
  return next !== undefined && /^\/(?![/\\])[^\s]*$/.test(next) && next.length <= 500 ? next : undefined;
}
