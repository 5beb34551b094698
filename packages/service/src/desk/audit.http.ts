import { auditCasePage, auditJournalPage, auditSearchPage, type JournalEventView, type Replay } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { caseArchive } from "../audit/case-chain.prisma.ts";
import { caseSearch } from "../audit/case-search.prisma.ts";
import { decisionArchive } from "../audit/decision-archive.prisma.ts";
import { journalListing } from "../audit/journal-listing.prisma.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { replayOne } from "../audit/replay-decisions.ts";
import { sealArchive } from "../audit/seal.prisma.ts";
import { verifyJournal } from "../audit/verify-journal.ts";
import { addDays, parseDay, startOfDay } from "../kernel/day.ts";
import type { EventType } from "../kernel/event.ts";
import { input } from "../platform/input.http.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { auditCaseView, eventView, hitView } from "./audit-view.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const caseParams = z.object({ id: z.string().max(60) });
const searchQuery = z.object({ q: z.string().max(100).optional(), cursor: z.string().max(200).optional() });
const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().trim().max(100).optional());
const journalQuery = z.object({
  type: text,
  subject: text,
  actor: text,
  from: text,
  to: text,
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** For auditors: find a case, see all of it, decide it again, read the journal. Nothing here changes anything. */
export function auditRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/audit", async (request, reply) => {
    staffOf(request, "auditor");
    const { q, cursor } = input(searchQuery, request.query);
    const found = await caseSearch(deps.db).page({
      ...(q !== undefined && { text: q }),
      ...(cursor !== undefined && { cursor }),
    });
    const html = auditSearchPage({
      context: await contextOf(request, deps),
      query: q,
      results: found.cases.map(hitView),
      nextHref: found.next && `/audit?${new URLSearchParams({ ...(q !== undefined && { q }), cursor: found.next })}`,
    });
    return sendPage(reply, html);
  });

  app.get("/audit/cases/:id", async (request, reply) => {
    staffOf(request, "auditor");
    return showCase(request, reply, deps);
  });

  app.post("/audit/cases/:id/replay", async (request, reply) => {
    staffOf(request, "auditor");
    const { id } = input(caseParams, request.params);
    const { decision } = await caseArchive(deps.db).chain(id);
    const source = { decisions: decisionArchive(deps.db), policyVersions: policyVersionStore(deps.db) };
    const { equal, differences } = await replayOne(source, decision.id);
    const at = deps.clock.now().toISOString();
    const { resultSha256 } = decision;
    const replay: Replay = equal
      ? { equal, resultSha256, at }
      : { equal, storedSha256: resultSha256, at, differences: differences.map((each) => `${each.part} ${each.at}`) };
    return showCase(request, reply, deps, replay);
  });

  app.get("/audit/journal", async (request, reply) => {
    staffOf(request, "auditor", "operator");
    const { type, subject, actor, from, to, before } = input(journalQuery, request.query);
    const filter = { type, subject, actor, from, to };
    const [first, last] = [parseDay(from ?? ""), parseDay(to ?? "")];
    const page = await journalListing(deps.db).page({
      ...(type !== undefined && { type: type as EventType }),
      ...(subject !== undefined && { subject }),
      ...(actor !== undefined && { actor }),
      ...(first && { from: startOfDay(first) }),
      ...(last && { until: startOfDay(addDays(last, 1)) }),
      ...(before !== undefined && { before: BigInt(before) }),
    });
    const html = auditJournalPage({
      context: await contextOf(request, deps),
      events: await withNames(deps, page.entries.map(eventView)),
      filter,
      types: await typesOf(deps),
      chain: await chainOf(deps),
      nextHref:
        page.next === undefined ? undefined : `/audit/journal?${queryOf({ ...filter, before: String(page.next) })}`,
    });
    return sendPage(reply, html);
  });
}

async function showCase(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  replay?: Replay,
): Promise<FastifyReply> {
  const { id } = input(caseParams, request.params);
  const chain = await caseArchive(deps.db).chain(id);
  const compiled = await deps.compiled.load(policyVersionStore(deps.db), chain.policy.versionId);
  const context = { ...(await contextOf(request, deps)), path: `/audit/cases/${id}` };
  const view = auditCaseView(chain, compiled);
  return sendPage(reply, auditCasePage({ ...view, events: await withNames(deps, view.events), context, replay }));
}

async function withNames({ db }: DeskDeps, events: readonly JournalEventView[]): Promise<JournalEventView[]> {
  const people = peopleOf(db);
  await people.load(events.map(({ actor }) => actor));
  return events.map((event) => ({ ...event, actorName: people.get(event.actor).name }));
}

async function chainOf({ db, clock }: DeskDeps) {
  const verdict = await verifyJournal(sealArchive(db));
  return {
    verified: verdict.verified,
    sealed: verdict.sealed,
    events: verdict.sealed + verdict.unsealed,
    checkedAt: clock.now().toISOString(),
    brokenAt: verdict.firstBreak && String(verdict.firstBreak.index),
    head: verdict.head.hash,
  };
}

async function typesOf({ db }: DeskDeps): Promise<string[]> {
  const rows = await db.journalEvent.findMany({ distinct: ["type"], select: { type: true }, orderBy: { type: "asc" } });
  return rows.map(({ type }) => type);
}

function queryOf(fields: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ).toString();
}
