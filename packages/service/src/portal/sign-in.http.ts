import { type DemoAccount, type SignInProps, signInPage } from "@apply-free/ui";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { clearSessionCookie, setSessionCookie } from "../access/access.http.ts";
import { type SignInDeps, signIn, signOut } from "../access/sign-in.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, type ReaderDeps, sendPage } from "./reader.http.ts";

export type SignInRouteDeps = SignInDeps &
  ReaderDeps &
  Readonly<{
    publicUrl: string;
    /** Shown on the page of a demonstration, and nowhere else. */
    demoAccounts?: readonly DemoAccount[];
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
    return sendPage(reply, await page(request, deps, { next: localPath(next) }));
  });

  const tooManyTries = async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (error.statusCode !== 429) throw error;
    const { login = "", next } = form.partial().safeParse(request.body).data ?? {};
    return sendPage(reply, await page(request, deps, { next: localPath(next), login, problem: "too-many-tries" }), 429);
  };

  app.post("/sign-in", { config: { rateLimit }, errorHandler: tooManyTries }, async (request, reply) => {
    const parsed = form.safeParse(request.body);
    const { login = "", next } = parsed.data ?? {};
    try {
      if (!parsed.success) throw new DomainError("sign-in-failed", "请填写登录名和密码。Enter login and password.");
      const { token, expiresAt, principal } = await signIn(deps, parsed.data.login, parsed.data.password);
      if (request.session) await signOut(deps, request.session.token);
      setSessionCookie(reply, deps.publicUrl, token, expiresAt);
      return reply.redirect(localPath(next) ?? homeOf(principal.role), 303);
    } catch (cause) {
      if (!(cause instanceof DomainError) || cause.code !== "sign-in-failed") throw cause;
      return sendPage(
        reply,
        await page(request, deps, { next: localPath(next), login, problem: "sign-in-failed" }),
        401,
      );
    }
  });

  app.post("/sign-out", async (request, reply) => {
    if (request.session) await signOut(deps, request.session.token);
    clearSessionCookie(reply, deps.publicUrl);
    return reply.redirect("/sign-in", 303);
  });
}

/** Where each role begins. */
export function homeOf(role: string): string {
  if (role === "enterprise") return "/";
  if (role === "window-clerk") return "/desk/counter";
  if (role === "helper") return "/desk/helped";
  if (role === "data-officer") return "/desk/deliveries";
  return role === "auditor" ? "/audit" : "/desk";
}

async function page(
  request: FastifyRequest,
  deps: SignInRouteDeps,
  shown: Omit<SignInProps, "context">,
): Promise<string> {
  const context = await contextOf(request, deps);
  const path = request.method === "GET" ? context.path : "/sign-in";
  return signInPage({ ...shown, context: { ...context, path }, demoAccounts: deps.demoAccounts });
}

/** A way on within this site; anything else would lead a person who has just signed in to a stranger. */
function localPath(next: string | undefined): string | undefined {
  return next !== undefined && /^\/(?![/\\])[^\s]*$/.test(next) && next.length <= 500 ? next : undefined;
}
