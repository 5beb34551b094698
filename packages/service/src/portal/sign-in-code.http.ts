import { type AskCodeProps, askCodePage, type CodeProblem, enterCodePage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { cookieOptions, doorstepOf, setSessionCookie } from "../access/access.http.ts";
import { letterWays } from "../access/code-way.ts";
import { askCode, type CodeDeps, signInByCode } from "../access/sign-in-code.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { homeOf, localPath, type SignInRouteDeps } from "./sign-in.http.ts";

const PATH = "/sign-in/code";
const ENTER_PATH = "/sign-in/code/enter";
const COOKIE = "sign-in-code";

const asked = z.object({ next: z.string().optional() });
const askForm = z.object({
  login: z.string().trim().min(1).max(100),
  way: z.enum(["sms", "email"]).default("sms"),
});
/** As people type and paste: spaces between, digits of full width. */
export const digits = z
  .string()
  .max(40)
  .transform((typed) => typed.normalize("NFKC").replace(/\s/g, ""));
const enterForm = z.object({ code: digits, next: z.string().optional() });

/** Six digits by text message or mail, for firms' representatives. Only where one of the two is configured. */
export function codeRoutes(app: FastifyInstance, deps: SignInRouteDeps & CodeDeps): void {
  const cookie = { ...cookieOptions(deps.publicUrl), path: PATH };
  const ways = letterWays(deps.channels)
    .map(({ name }) => name)
    .toSorted((one, other) => other.localeCompare(one));
  const showAsk = async (request: FastifyRequest, reply: FastifyReply, shown: Shown<AskCodeProps>) => {
    const context = { ...(await contextOf(request, deps)), path: addressWith(PATH, shown.next) };
    return sendPage(reply, askCodePage({ ...shown, ways, context }), codeStatus(shown.problem));
  };
  const showEnter = async (request: FastifyRequest, reply: FastifyReply, shown: Shown<AskCodeProps>) => {
    const context = { ...(await contextOf(request, deps)), path: addressWith(ENTER_PATH, shown.next) };
    return sendPage(reply, enterCodePage({ ...shown, context }), codeStatus(shown.problem));
  };

  app.get(PATH, (request, reply) => showAsk(request, reply, { next: localPath(input(asked, request.query).next) }));

  app.post(PATH, async (request, reply) => {
    const next = localPath(input(asked, request.body).next);
    if (!askForm.safeParse(request.body).success)
      return showAsk(request, reply, { next, problem: { code: "bad-input" } });
    const { login, way } = input(askForm, request.body);
    try {
      const { token, expiresAt } = await askCode(deps, { login, way, from: request.ip });
      reply.setCookie(COOKIE, token, { ...cookie, expires: expiresAt });
      return reply.redirect(addressWith(ENTER_PATH, next), 303);
    } catch (cause) {
      return showAsk(request, reply, { login, way, next, problem: codeProblemOf(cause) });
    }
  });

  app.get(ENTER_PATH, (request, reply) =>
    showEnter(request, reply, { next: localPath(input(asked, request.query).next) }),
  );

  app.post(ENTER_PATH, async (request, reply) => {
    const { code, next: wanted } = input(enterForm, request.body);
    const next = localPath(wanted);
    try {
      const tried = { token: request.cookies[COOKIE], code, from: request.ip };
      const { token, expiresAt, principal } = await signInByCode(deps, tried, doorstepOf(request));
      reply.clearCookie(COOKIE, cookie);
      setSessionCookie(reply, deps.publicUrl, token, expiresAt);
      return reply.redirect(next ?? homeOf(principal.role), 303);
    } catch (cause) {
      return showEnter(request, reply, { next, problem: codeProblemOf(cause) });
    }
  });
}

type Shown<Props> = Omit<Props, "context" | "ways">;

function addressWith(path: string, next: string | undefined): string {
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** @throws what is no problem with a code */
export function codeProblemOf(cause: unknown): CodeProblem {
  if (!(cause instanceof DomainError)) throw cause;
  const { code, details } = cause;
  if (code === "code-expired") return { code };
  if (code === "code-wrong") return { code, left: Number(details.left) };
  if (code === "too-many-tries") return { code, retryAt: String(details.retryAt) };
  throw cause;
}

export function codeStatus(problem: CodeProblem | undefined): number {
  return problem ? statusOf[problem.code] : 200;
}
