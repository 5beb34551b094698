import { labelOf, type Vocabulary } from "@apply-free/rules";
import { type DisputeBrief, disputesPage, type OpenedDispute } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { requireSource, type StaffPrincipal, sourceFilter } from "../access/account.ts";
import { answerDispute, mayAnswer } from "../dispute/answer-dispute.ts";
import { toDispute } from "../dispute/dispute.prisma.ts";
import { type Dispute, isOverdue } from "../dispute/dispute.ts";
import { valueFor } from "../facts/privacy.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { readerOf } from "./data-reader.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_SHOWN = 200;
const params = z.object({ id: z.string().max(60) });
const correction = z.object({
  value: z.string().trim().min(1).max(10_000),
  answer: z.string().trim().min(1).max(2000),
});
const refusal = z.object({ answer: z.string().trim().min(1).max(2000) });
const stewards = ["data-officer", "operator", "author"] as const;

/** What firms say is wrong, soonest deadline first, and the department's answer. */
export function deskDisputeRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/disputes", async (request, reply) => {
    const own = sourceFilter(staffOf(request, ...stewards, "auditor"));
    const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
    const open = await deps.db.dispute.findMany({
      where: { status: "open", ...own },
      orderBy: { answerBy: "asc" },
      take: MOST_SHOWN,
    });
    const closed = await deps.db.dispute.findMany({
      where: { status: { not: "open" }, ...own },
      orderBy: { closedAt: "desc" },
      take: MOST_SHOWN - open.length,
    });
    const rows = [...open, ...closed];
    const codes = rows.map(({ firmCode }) => firmCode);
    const names = await firmNames(deps.db, codes);
    const disputes = rows.map(toDispute).map((each) => briefOf(deps, each, vocabulary, names));
    return sendPage(reply, disputesPage({ context: await contextOf(request, deps), disputes }));
  });

  app.get("/desk/disputes/:id", async (request, reply) => {
    const person = staffOf(request, ...stewards, "auditor");
    return show(request, reply, deps, person, input(params, request.params).id);
  });

  app.get("/desk/disputes/:id/evidence", async (request, reply) => {
    const person = staffOf(request, ...stewards, "auditor");
    const { evidence, sourceId } = await load(deps, input(params, request.params).id);
    requireSource(person, sourceId);
    if (!evidence) throw new DomainError("not-found", "没有材料。There is no evidence.");
    // Never shown by the browser: what a stranger sent is saved, not run.
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(evidence.name)}`;
    return reply.type("application/octet-stream").header("content-disposition", disposition).send(evidence.bytes);
  });

  app.post("/desk/disputes/:id/correct", async (request, reply) => {
    const person = staffOf(request, ...stewards);
    return answer(request, reply, deps, person, input(correction, request.body));
  });

  app.post("/desk/disputes/:id/uphold", async (request, reply) => {
    const person = staffOf(request, ...stewards);
    return answer(request, reply, deps, person, input(refusal, request.body));
  });
}

type Answer = Readonly<{ answer: string; value?: string }>;

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  person: StaffPrincipal,
  given: Answer,
) {
  const { id } = input(params, request.params);
  const { accountId: by } = person;
  try {
    const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
    await answerDispute(deps, vocabulary, { id, by, ...officeOf(person), ...given });
    deps.pump();
    return await reply.redirect(`/desk/disputes/${id}`, 303);
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code !== "bad-input") throw cause;
    return show(request, reply, deps, person, id, cause);
  }
}

const officeOf = (person: StaffPrincipal) => (person.role === "data-officer" ? { officeOf: person.sourceId } : {});

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  person: StaffPrincipal,
  id: string,
  problem?: DomainError,
) {
  const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
  const dispute = await load(deps, id);
  requireSource(person, dispute.sourceId);
  const officers = await deps.db.account.count({ where: { role: "data-officer", sourceId: dispute.sourceId } });
  const unit = vocabulary.facts.get(dispute.factId)?.unit;
  const { value, asOf } = dispute.disputed;
  const opened: OpenedDispute = {
    ...briefOf(deps, dispute, vocabulary, await firmNames(deps.db, [dispute.firmCode])),
    factId: dispute.factId,
    unit,
    was:
      value === undefined ? undefined : valueFor(readerOf(person), vocabulary, dispute.factId, value, dispute.sourceId),
    asOf,
    claim: dispute.claim,
    grounds: dispute.grounds,
    evidenceName: dispute.evidence?.name,
    openedAt: dispute.openedAt.toISOString(),
    answer: "answer" in dispute ? dispute.answer : undefined,
    deliveryId: "deliveryId" in dispute ? dispute.deliveryId : undefined,
    mayAnswer:
      dispute.status === "open" &&
      person.role !== "auditor" &&
      mayAnswer(dispute, { ...officeOf(person), hasOfficers: officers > 0 }),
  };
  const read = await contextOf(request, deps);
  const context = request.method === "GET" ? read : { ...read, path: `/desk/disputes/${id}` };
  const html = disputesPage({ context, disputes: [], opened, problem: problem?.message });
  return sendPage(reply, html, problem ? statusOf[problem.code] : 200);
}

async function load({ db }: DeskDeps, id: string): Promise<Dispute> {
  const row = await db.dispute.findUnique({ where: { id } });
  if (row) return toDispute(row);
  throw new DomainError("dispute-not-found", "没有这项异议。No such dispute.", { id });
}

function briefOf(
  { clock }: Pick<DeskDeps, "clock">,
  dispute: Dispute,
  vocabulary: Vocabulary,
  names: ReadonlyMap<string, string>,
): DisputeBrief {
  const { id, factId, firmCode, sourceId, status, answerBy } = dispute;
  const overdue = isOverdue(dispute, today(clock));
  const label = labelOf(vocabulary, factId);
  return { id, label, firmCode, firmName: names.get(firmCode) ?? firmCode, sourceId, status, answerBy, overdue };
}
