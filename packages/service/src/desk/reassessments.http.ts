import { type Json, labelOf, type Vocabulary } from "@apply-free/rules";
import { type OpenedReassessment, type ReassessmentBrief, reassessmentsPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { type Reader, valueFor } from "../facts/privacy.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { today } from "../kernel/clock.ts";
import { dayOf, daysBetween } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { titlesOfVersions } from "../portal/firm-views.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { toReassessment } from "../reassessment/reassessment.prisma.ts";
import { consequenceOf, type Reassessment } from "../reassessment/reassessment.ts";
import { settleReassessment } from "../reassessment/settle-reassessment.ts";
import { readerOf } from "./data-reader.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_SHOWN = 200;
const params = z.object({ id: z.string().max(60) });
const word = z.object({ verdict: z.enum(["upheld", "dismissed"]), reason: z.string().trim().min(1).max(1000) });
const settlers = ["operator", "finance-checker"] as const;
const readers = [...settlers, "author", "finance-maker", "auditor"] as const;

/** Paid awards whose facts turned out to be otherwise, and a person's word on the difference. */
export function reassessmentRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/reassessments", async (request, reply) => {
    staffOf(request, ...readers);
    const reassessments = await briefsOf(deps, [...(await openOnes(deps)), ...(await closedOnes(deps))]);
    return sendPage(reply, reassessmentsPage({ context: await contextOf(request, deps), reassessments }));
  });

  app.get("/desk/reassessments/:id", async (request, reply) => {
    const reader = readerOf(staffOf(request, ...readers));
    const { id } = input(params, request.params);
    const row = await deps.db.reassessment.findUnique({ where: { id } });
    if (!row) throw new DomainError("reassessment-not-found", "没有这次复核。No such review.", { id });
    const opened = await openedOf(deps, toReassessment(row), reader, isOneOf(request, settlers));
    return sendPage(reply, reassessmentsPage({ context: await contextOf(request, deps), reassessments: [], opened }));
  });

  app.post("/desk/reassessments/:id", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...settlers);
    const { id } = input(params, request.params);
    await settleReassessment(deps, { id, by, ...input(word, request.body) });
    deps.pump();
    return reply.redirect(`/desk/reassessments/${id}`, 303);
  });
}

/** Those that wait for a person's word: the largest difference first, of equal ones the oldest. */
async function openOnes({ db }: DeskDeps): Promise<Reassessment[]> {
  // Where it is not known what is due, all of the award is at stake.
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reassessment WHERE status = 'open'
    ORDER BY abs(coalesce(due_fen, 0) - paid_fen) DESC, opened_at, id LIMIT ${MOST_SHOWN}`;
  const rows = await db.reassessment.findMany({ where: { id: { in: ids.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []).map(toReassessment);
}

async function closedOnes({ db }: DeskDeps): Promise<Reassessment[]> {
  const rows = await db.reassessment.findMany({
    where: { status: { not: "open" } },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    take: MOST_SHOWN,
  });
  return rows.map(toReassessment);
}

async function briefsOf(
  { db, compiled, clock }: DeskDeps,
  found: readonly Reassessment[],
): Promise<ReassessmentBrief[]> {
  const awards = await db.entitlement.findMany({
    where: { id: { in: found.map(({ entitlementId }) => entitlementId) } },
    select: { id: true, firmCode: true, policyVersionId: true },
  });
  const codes = awards.map(({ firmCode }) => firmCode);
  const names = await firmNames(db, codes);
  const titles = await titlesOfVersions(
    db,
    compiled,
    awards.map(({ policyVersionId }) => policyVersionId),
  );
  const byId = new Map(awards.map((award) => [award.id, award]));
  return found.map((each): ReassessmentBrief => {
    const { firmCode = "", policyVersionId = "" } = byId.get(each.entitlementId) ?? {};
    const { id, paidFen, dueFen, status, openedAt } = each;
    return {
      ...{ id, firmCode, firmName: names.get(firmCode) ?? firmCode, status, openedAt: openedAt.toISOString() },
      ageDays: daysBetween(dayOf(openedAt), today(clock)),
      policyTitle: titles.get(policyVersionId) ?? policyVersionId,
      paidFen: String(paidFen),
      dueFen: dueFen === undefined ? undefined : String(dueFen),
      consequence: shown(each),
    };
  });
}

function shown(each: Reassessment): ReassessmentBrief["consequence"] {
  const consequence = consequenceOf(each);
  if (consequence.kind === "top-up" || consequence.kind === "recovery") {
    return { kind: consequence.kind, fen: String(consequence.fen) };
  }
  return { kind: "in-doubt" };
}

async function openedOf(
  deps: DeskDeps,
  found: Reassessment,
  reader: Reader,
  mayClose: boolean,
): Promise<OpenedReassessment> {
  const [brief] = await briefsOf(deps, [found]);
  if (!brief) throw new Error("one review has one brief");
  const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
  const people = peopleOf(deps.db);
  const { entitlementId, deliveryId, asOf, changed } = found;
  const opened = { ...brief, entitlementId, deliveryId, asOf, mayClose: mayClose && found.status === "open" };
  const facts = changed.map(({ factId, was, now, sourceId }) => ({
    label: labelOf(vocabulary, factId),
    was: textOf(reader, vocabulary, factId, was, sourceId),
    now: textOf(reader, vocabulary, factId, now, sourceId),
    source: sourceId,
  }));
  if (found.status === "open") return { ...opened, changed: facts };
  const followed = await deps.db.reviewFollowUp.findUnique({ where: { reassessmentId: found.id } });
  const led = followed && { recoveryId: followed.recoveryId ?? undefined, topUpId: followed.topUpId ?? undefined };
  await people.load([found.closedBy]);
  const person = people.get(found.closedBy);
  return { ...opened, changed: facts, closedBy: person.name ?? person.id, reason: found.reason, led: led ?? undefined };
}

function textOf(
  reader: Reader,
  vocabulary: Vocabulary,
  factId: string,
  value: Json | undefined,
  sourceId: string | undefined,
) {
  if (value === undefined) return { zh: "没有数据", en: "no data" };
  return valueFor(reader, vocabulary, factId, value, sourceId);
}
