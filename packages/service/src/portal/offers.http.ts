import { type ConfirmProblem, confirmPage, declinePage, declineReasons, homePage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { enterpriseOf } from "../access/access.http.ts";
import type { EnterprisePrincipal } from "../access/account.ts";
import { confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { declineBenefits } from "../confirmation/decline-benefits.ts";
import { DomainError } from "../kernel/errors.ts";
import { proofStore } from "../notice/proof.prisma.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { ownBounds } from "./delegates-view.prisma.ts";
import { accountView, homeOf, openOffersOf } from "./firm-views.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { homeOf as startOf } from "./sign-in.http.ts";
import { wardsOf } from "./wards-view.prisma.ts";

const list = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(60)).max(100));
const requestKey = z.string().regex(/^[\w-]{16,100}$/);
const confirmForm = z.looseObject({ chosen: list, requestKey });
const declineForm = z.object({
  chosen: list,
  requestKey,
  reason: z.enum(declineReasons).optional(),
  note: z.string().trim().max(500).optional(),
});
const declineAsked = z.object({ id: list });

/** The heart of the portal: what waits for the firm, and its answer. */
export function offerRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/", async (request, reply) => {
    const { session } = request;
    if (!session) return reply.redirect("/sign-in", 303);
    if (session.principal.role !== "enterprise") return reply.redirect(startOf(session.principal.role), 303);
    const home = await homeOf(viewDeps(deps), session.principal.firmCode);
    await noteSeen(deps, session.principal.firmCode, home.offers, "/");
    return sendPage(
      reply,
      homePage({
        ...home,
        mayDelegate: session.principal.standing === "representative",
        wards: await wardsOf(deps, session.principal.accountId),
        context: await contextOf(request, deps),
      }),
    );
  });

  app.get("/offers", async (request, reply) => showOffers(request, reply, deps, enterpriseOf(request)));

  app.post("/confirm", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { chosen: ticked, requestKey, ...fields } = input(confirmForm, request.body);
    const chosen = [...ticked, ...pickedIn(fields)];
    const seen = (id: string) => String(fields[`seen.${id}`] ?? "");
    try {
      const { receiptNo } = await confirmBenefits(deps, {
        ...actorOf(enterprise),
        requestKey,
        chosen: chosen.map((entitlementId) => ({ entitlementId, amountFenSeen: seen(entitlementId) })),
      });
      deps.pump();
      return reply.redirect(`/receipts/${receiptNo}`, 303);
    } catch (cause) {
      const problem = confirmProblem(cause, seen);
      if (!problem || !(cause instanceof DomainError)) throw cause;
      return showOffers(request, reply, deps, enterprise, { problem, chosen, status: statusOf[cause.code] });
    }
  });

  app.get("/offers/decline", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { id } = input(declineAsked, request.query);
    return showDecline(request, reply, deps, enterprise, { chosen: id });
  });

  app.post("/decline", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { chosen, requestKey, reason, note } = input(declineForm, request.body);
    if (reason === undefined) {
      return showDecline(request, reply, deps, enterprise, { chosen, note, problem: "reason-missing", status: 422 });
    }
    try {
      const { receiptNo } = await declineBenefits(deps, {
        ...actorOf(enterprise),
        requestKey,
        chosen: chosen.map((entitlementId) => ({ entitlementId })),
        reason: note ? `${reason}: ${note}` : reason,
      });
      deps.pump();
      return reply.redirect(`/receipts/${receiptNo}`, 303);
    } catch (cause) {
      if (!(cause instanceof DomainError)) throw cause;
      const { code } = cause;
      if (code !== "nothing-chosen" && code !== "confirmation-closed") throw cause;
      return showDecline(request, reply, deps, enterprise, {
        chosen,
        reason,
        note,
        problem: code,
        status: statusOf[code],
      });
    }
  });
}

/** Of what excludes each other: `choice.<id>` says which one; empty says none. */
function pickedIn(fields: Readonly<Record<string, unknown>>): string[] {
  const picked = Object.entries(fields).filter(([name]) => name.startsWith("choice."));
  return picked.flatMap(([, value]) => z.string().min(1).max(60).safeParse(value).data ?? []);
}

export function viewDeps({ db, compiled, clock }: Pick<PortalDeps, "db" | "compiled" | "clock">) {
  return { db, compiled, now: clock.now() };
}

export function actorOf({ firmCode, accountId }: EnterprisePrincipal) {
  return { firmCode, actor: accountId };
}

/** That the firm saw its offers proves that it knows of them. */
export function noteSeen(
  { db, clock }: PortalDeps,
  firmCode: string,
  offers: readonly Readonly<{ id: string }>[],
  page: string,
): Promise<void> {
  const ids = offers.map(({ id }) => id);
  return proofStore(db).ofPage(firmCode, ids, { kind: "opened", evidence: page, at: clock.now() });
}

type Shown = Readonly<{ problem: ConfirmProblem; chosen: readonly string[]; status: number }>;

async function showOffers(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  { firmCode, accountId, standing }: EnterprisePrincipal,
  { problem, chosen, status = 200 }: Partial<Shown> = {},
): Promise<FastifyReply> {
  const seen = async () => {
    const offers = await openOffersOf(viewDeps(deps), firmCode);
    await noteSeen(deps, firmCode, offers, "/offers");
    return offers;
  };
  const [offers, account, bounds, reader] = await Promise.all([
    seen(),
    accountView(deps.db, { firmCode, status: "active" }),
    standing === "representative" ? undefined : ownBounds(deps, accountId),
    contextOf(request, deps),
  ]);
  const context = { ...reader, path: "/offers" };
  const named = problem && withTitles(problem, offers);
  const shown = { offers, account, bounds, chosen, problem: named };
  const html = confirmPage({ context, requestKey: deps.random.token(), ...shown });
  return sendPage(reply, html, status);
}

function withTitles(problem: ConfirmProblem, offers: readonly Readonly<{ id: string }>[]): ConfirmProblem {
  // Amounts are told as changed only for offers that are still there to be read again.
  if (problem.code !== "amount-changed") return problem;
  return { ...problem, changes: problem.changes.filter(({ id }) => offers.some((offer) => offer.id === id)) };
}

function confirmProblem(cause: unknown, seen: (id: string) => string): ConfirmProblem | undefined {
  if (!(cause instanceof DomainError)) return undefined;
  const { code, details } = cause;
  switch (code) {
    case "nothing-chosen":
    case "account-missing":
    case "changed-meanwhile":
      return { code };
    case "delegation-expired":
    case "delegation-out-of-scope":
    case "delegation-cap-exceeded":
    case "not-granted-together":
      return { code, because: cause.message };
    case "request-key-reused":
      return { code: "form-expired" };
    case "amount-changed": {
      const id = String(details.id);
      const seenFen = /^\d{1,18}$/.test(seen(id)) ? seen(id) : "0";
      return { code, changes: [{ id, seenFen, nowFen: String(details.amountFen) }] };
    }
    case "confirmation-closed":
    case "entitlement-not-open":
      return { code, titles: [] };
    default:
      return undefined;
  }
}

type DeclineShown = Readonly<{
  chosen: readonly string[];
  reason?: string | undefined;
  note?: string | undefined;
  problem?: "nothing-chosen" | "reason-missing" | "confirmation-closed";
  status?: number;
}>;

async function showDecline(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  { firmCode }: EnterprisePrincipal,
  { status = 200, ...shown }: DeclineShown,
): Promise<FastifyReply> {
  const offers = await openOffersOf(viewDeps(deps), firmCode);
  await noteSeen(deps, firmCode, offers, "/offers/decline");
  const context = { ...(await contextOf(request, deps)), path: "/offers/decline" };
  return sendPage(reply, declinePage({ ...shown, context, requestKey: deps.random.token(), offers }), status);
}
