import { type BandProposalView, type BandsProps, bandsPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { StaffPrincipal } from "../access/account.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { DomainError } from "../kernel/errors.ts";
import { fromDecimalYuan } from "../kernel/money.ts";
import { approvalBands } from "../payment/approval-band.prisma.ts";
import type { ApprovalBand } from "../payment/approval-band.ts";
import { confirmBand, dropBand, proposeBand } from "../payment/change-band.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const params = z.object({ id: z.string().max(60) });
const query = z.object({ done: z.enum(["proposed", "confirmed", "dropped"]).optional() });
const proposeForm = z.object({ amount: z.string().max(40), document: z.string().max(1000) });
const dropForm = z.object({ reason: z.string().max(2000) });

const readers = ["finance-maker", "finance-checker", "auditor", "operator"] as const;
const proposers = ["finance-maker", "finance-checker"] as const;

/** Above which amount two checkers sign: one person proposes, another confirms, and all of it stays to be read. */
export function bandRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/bands", async (request, reply) => {
    const reader = staffOf(request, ...readers);
    return show(request, reply, deps, reader, { done: input(query, request.query).done });
  });

  app.post("/desk/bands", async (request, reply) => {
    const reader = staffOf(request, ...proposers);
    const { amount, document } = input(proposeForm, request.body);
    return act(request, reply, deps, reader, { amount, document }, async () => {
      await proposeBand(deps, { aboveFen: inFen(amount), document, proposedBy: reader.accountId });
      return "proposed";
    });
  });

  app.post("/desk/bands/:id/confirm", async (request, reply) => {
    const reader = staffOf(request, "finance-checker");
    const { id } = input(params, request.params);
    return act(request, reply, deps, reader, nothingTyped, async () => {
      await confirmBand(deps, { id, confirmedBy: reader.accountId });
      return "confirmed";
    });
  });

  app.post("/desk/bands/:id/drop", async (request, reply) => {
    const reader = staffOf(request, ...proposers);
    const { id } = input(params, request.params);
    const { reason } = input(dropForm, request.body);
    return act(request, reply, deps, reader, nothingTyped, async () => {
      await dropBand(deps, { id, droppedBy: reader.accountId, reason });
      return "dropped";
    });
  });
}

const nothingTyped = { amount: "", document: "" };

function inFen(amount: string) {
  const aboveFen = fromDecimalYuan(amount.replaceAll(/[,，\s]/g, ""));
  if (aboveFen !== undefined) return aboveFen;
  throw new DomainError("bad-input", "限额请填元，最多两位小数。The amount is in 元, with two decimals at most.", {
    field: "amount",
  });
}

async function act(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  reader: StaffPrincipal,
  typed: Readonly<{ amount: string; document: string }>,
  work: () => Promise<NonNullable<BandsProps["done"]>>,
): Promise<FastifyReply> {
  try {
    return await reply.redirect(`/desk/bands?done=${await work()}`, 303);
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code === "band-proposal-not-found") throw cause;
    return show(request, reply, deps, reader, { problem: { message: cause.message, ...typed } }, statusOf[cause.code]);
  }
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  reader: StaffPrincipal,
  outcome: Pick<BandsProps, "done" | "problem">,
  status = 200,
): Promise<FastifyReply> {
  const context = { ...(await contextOf(request, deps)), path: "/desk/bands" };
  return sendPage(reply, bandsPage({ ...(await bandsOf(deps, reader)), ...outcome, context }), status);
}

async function bandsOf({ db }: DeskDeps, reader: StaffPrincipal) {
  const [bands, open] = [await approvalBands(db).list(), await approvalBands(db).openProposal()];
  const people = peopleOf(db);
  await people.load([...bands.flatMap(({ actor, proposedBy = actor }) => [actor, proposedBy]), open?.proposedBy ?? ""]);
  const nameOf = (id: string) => people.get(id).name ?? id;
  return {
    bands: bands.map((band) => ({ nth: band.nth, aboveFen: String(band.aboveFen), ...originOf(band, nameOf) })),
    proposal: open && {
      ...{ id: open.id, aboveFen: String(open.aboveFen), document: open.document },
      ...{ proposedBy: nameOf(open.proposedBy), proposedAt: open.proposedAt.toISOString() },
      may: mayDo(reader, open.proposedBy),
    },
    mayPropose: (proposers as readonly string[]).includes(reader.role),
  };
}

/** What the house began with was decided by nobody. */
function originOf({ actor, proposedBy, document, at }: ApprovalBand, nameOf: (id: string) => string) {
  if (actor.startsWith("system:")) return { at: at.toISOString() };
  const confirmedBy = nameOf(actor);
  return { at: at.toISOString(), document, confirmedBy, ...(proposedBy && { proposedBy: nameOf(proposedBy) }) };
}

function mayDo({ accountId, role }: StaffPrincipal, proposer: string): BandProposalView["may"] {
  if (!(proposers as readonly string[]).includes(role)) return "no-role";
  if (accountId === proposer) return "proposed-it";
  return role === "finance-checker" ? "confirm" : "not-a-checker";
}
