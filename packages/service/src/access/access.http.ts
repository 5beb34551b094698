import { timingSafeEqual } from "node:crypto";
import type {} from "@fastify/cookie";
import type {} from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Clock, today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Transaction } from "../kernel/transaction.ts";
import {
  type EnterprisePrincipal,
  requireEnterprise,
  requireRepresentative,
  requireStaff,
  type StaffPrincipal,
} from "./account.ts";
import { type DelegationStore, refuseExpired } from "./delegation.ts";
import type { Doorstep } from "./open-session.ts";
import { type Session, type SessionStore, tokenHashOf } from "./session.ts";

export type AccessDeps = Readonly<{
  transaction: Transaction<Readonly<{ delegations: DelegationStore }>>;
  /** Read outside transactions: one statement needs none, and every request makes it. */
  sessions: Pick<SessionStore, "find">;
  wallClock: Clock;
  /** By which the business day is told, on which a delegation may have run out. */
  clock: Clock;
  /** The address that browsers use; forms are taken from pages of this origin only. */
  publicUrl: string;
}>;

export type RequestSession = Session & Readonly<{ token: string }>;

declare module "fastify" {
  interface FastifyRequest {
    session: RequestSession | null;
  }
}

/** Finds the session of each request and refuses forms that do not come from our own pages. */
export function installAccess(
  app: FastifyInstance,
  { transaction, sessions, wallClock, clock, publicUrl }: AccessDeps,
): void {
  app.decorateRequest("session", null);
  app.addHook("onRequest", async (request) => {
    const token = request.cookies[cookieName(publicUrl)];
    if (!token) return;
    const session = await sessions.find(tokenHashOf(token), wallClock.now());
    if (session) request.session = { ...session, token };
  });
  app.addHook("preValidation", async (request) => {
    await refuseFormerGuardian(request);
    if (request.method === "GET" || request.method === "HEAD") return;
    refuseForeignOrigin(request, publicUrl);
    if (request.session && !request.isMultipart())
      checkCsrf(request.session, (request.body as FormBody | undefined)?._csrf);
    const { principal } = request.session ?? {};
    if (principal?.role !== "enterprise" || principal.standing !== "delegate") return;
    if (!withoutDelegation.has(request.url)) {
      await transaction(({ delegations }) => refuseExpired(delegations, principal.accountId, today(clock)));
    }
  });

  // A delegate whose time is over may still read and hand over; what is a ward's a former guardian reads no more.
  async function refuseFormerGuardian({ session, url }: FastifyRequest) {
    const { principal } = session ?? {};
    if (principal?.role !== "enterprise" || principal.standing !== "guardian") return;
    if (leaving.has(url) || url.startsWith("/static/")) return;
    await transaction(({ delegations }) => refuseExpired(delegations, principal.accountId, today(clock)));
  }
}

const leaving: ReadonlySet<string> = new Set(["/sign-out", "/wards/back"]);

/** Leaving is always allowed; confirming refuses by itself, on its own page. */
const withoutDelegation: ReadonlySet<string> = new Set(["/sign-out", "/sessions/end-all", "/confirm"]);

type FormBody = Readonly<{ _csrf?: unknown }>;

/** For multipart forms, whose fields are known only after the hook above has run. */
export function checkCsrf({ csrfToken }: RequestSession, given: unknown): void {
  const wanted = Buffer.from(csrfToken);
  const sent = Buffer.from(typeof given === "string" ? given : "");
  if (sent.length === wanted.length && timingSafeEqual(sent, wanted)) return;
  throw new DomainError(
    "form-expired",
    "页面已过期，请返回刷新后再提交。This form has expired; reload the page and send it again.",
  );
}

// Browsers say where a form comes from; programs without a browser say nothing and carry no cookie by accident.
function refuseForeignOrigin({ headers }: FastifyRequest, publicUrl: string): void {
  const { origin } = headers;
  const foreign =
    origin !== undefined && origin !== "null"
      ? origin !== new URL(publicUrl).origin
      : headers["sec-fetch-site"] === "cross-site";
  if (foreign)
    throw new DomainError("form-expired", "这个表单不是从本网站提交的。This form was not sent from this site.");
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, token: string, expires: Date): void {
  reply.setCookie(cookieName(publicUrl), token, { ...cookieOptions(publicUrl), expires });
}

/** Where a request stands that is about to sign somebody in. */
export function doorstepOf(request: FastifyRequest): Doorstep {
  return { isKiosk: isKiosk(request), replaces: request.session?.token };
}

/** Says that a browser is a terminal which the next person uses; kept until it is closed or cleared. */
export const KIOSK_COOKIE = "kiosk";

export function isKiosk({ cookies }: FastifyRequest): boolean {
  return cookies?.[KIOSK_COOKIE] === "1"; // none where not even the address could be read
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(cookieName(publicUrl), cookieOptions(publicUrl));
}

/** @throws DomainError sign-in-required | not-allowed */
export function enterpriseOf(request: FastifyRequest): EnterprisePrincipal {
  return requireEnterprise(sessionOf(request).principal);
}

/** @throws DomainError sign-in-required | not-allowed | representative-only */
export function representativeOf(request: FastifyRequest): EnterprisePrincipal {
  return requireRepresentative(enterpriseOf(request));
}

/** @throws DomainError sign-in-required | not-allowed */
export function staffOf(request: FastifyRequest, ...allowed: readonly StaffPrincipal["role"][]): StaffPrincipal {
  return requireStaff(sessionOf(request).principal, ...allowed);
}

/** Whether the page offers what only these may do. @throws DomainError sign-in-required */
export function isOneOf(request: FastifyRequest, roles: readonly StaffPrincipal["role"][]): boolean {
  const { role } = sessionOf(request).principal;
  return role !== "enterprise" && roles.includes(role);
}

/** @throws DomainError sign-in-required */
export function sessionOf({ session }: FastifyRequest): RequestSession {
  if (session) return session;
  throw new DomainError("sign-in-required", "请先登录。Please sign in first.");
}

// The __Host- prefix binds the cookie to this host, but browsers accept it over https only.
function cookieName(publicUrl: string): string {
  return isHttps(publicUrl) ? "__Host-apply-free" : "apply-free";
}

/** For everything that must not leave this host, nor be read by a script. */
export function cookieOptions(publicUrl: string) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: isHttps(publicUrl) } as const;
}

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}
