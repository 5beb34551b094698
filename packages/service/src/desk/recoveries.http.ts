import { type DeskRecovery, type OpenedRecovery, recoveriesPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { today } from "../kernel/clock.ts";
import { addDays, type Day, dayOf, daysBetween } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, fromDecimalYuan, toDecimalYuan } from "../kernel/money.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { type RecoveryRow, recoveryRows, recoveryView } from "../portal/recovery-view.prisma.ts";
import { agreeOffset } from "../recovery/agree-offset.ts";
import { decideRecovery } from "../recovery/decide-recovery.ts";
import { parseInstalments } from "../recovery/instalments.ts";
import { openRecovery } from "../recovery/open-recovery.ts";
import { toRecovery } from "../recovery/recovery.prisma.ts";
import { claimOf, mayBeDecided, type Recovery } from "../recovery/recovery.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { byUrgency } from "./queue-order.ts";

const MOST_SHOWN = 200;
/** As the form proposes it: all in one instalment, so many days after the decision. */
const PAY_WITHIN_DAYS = 30;
const params = z.object({ id: z.string().max(60) });
const words = z.string().trim().min(1);
const openForm = z.object({
  entitlementId: words.max(60),
  kind: z.enum(["repealed-decision", "revoked-title"]),
  document: words.max(200),
  facts: words.max(2000),
  amountYuan: z.string().max(30),
});
const ruling = z.object({
  decidedYuan: z.string().max(30),
  reasons: words.max(4000),
  instalments: z.string().max(4000).default(""),
  callsInRest: z.literal("yes").optional(),
});
const offsetForm = z.object({ entitlementId: z.string().max(60), ground: words.max(500) });
const openers = ["operator", "author"] as const;
const deciders = ["operator", "finance-checker"] as const;
const readers = ["operator", "author", "finance-maker", "finance-checker", "auditor"] as const;

/** What firms are asked to pay back: the queue with its ages, the notice, the decision, the offset. */
export function deskRecoveryRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/recoveries", async (request, reply) => {
    staffOf(request, ...readers);
    const day = today(deps.clock);
    const found = await recoveryRows(deps, await mostPressing(deps), day);
    const context = await contextOf(request, deps);
    const recoveries = (await queueOf(deps, found, day)).sort(byUrgency);
    const mayOpen = isOneOf(request, openers);
    return sendPage(reply, recoveriesPage({ context, recoveries, totals: await totalsOf(deps, recoveries), mayOpen }));
  });

  app.post("/desk/recoveries", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...openers);
    const { amountYuan, ...asked } = input(openForm, request.body);
    const { id } = await openRecovery(deps, { ...asked, claimedFen: yuan(amountYuan), by });
    deps.pump();
    return reply.redirect(`/desk/recoveries/${id}`, 303);
  });

  app.get("/desk/recoveries/:id", async (request, reply) => {
    staffOf(request, ...readers);
    const opened = await openedOf(request, deps, input(params, request.params).id);
    const context = await contextOf(request, deps);
    const totals = { receivableFen: "0", overdueFen: "0", recoveredFen: "0" };
    return sendPage(reply, recoveriesPage({ context, recoveries: [], totals, mayOpen: false, opened }));
  });

  app.post("/desk/recoveries/:id/decide", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...deciders);
    const { id } = input(params, request.params);
    const { decidedYuan, reasons, instalments, callsInRest } = input(ruling, request.body);
    const decidedFen = yuan(decidedYuan);
    const calendar = decidedFen === 0n ? [] : parseInstalments(instalments, today(deps.clock));
    const isCalledIn = callsInRest === "yes" && calendar.length > 1;
    await decideRecovery(deps, { id, by, decidedFen, reasons, instalments: calendar, callsInRest: isCalledIn });
    deps.pump();
    return reply.redirect(`/desk/recoveries/${id}`, 303);
  });

  app.post("/desk/recoveries/:id/offset", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...deciders);
    const { id: recoveryId } = input(params, request.params);
    const { entitlementId, ground } = input(offsetForm, request.body);
    await agreeOffset(deps, { recoveryId, entitlementId, basis: "law", ground, by });
    deps.pump();
    return reply.redirect(`/desk/recoveries/${recoveryId}`, 303);
  });
}

/** @throws DomainError bad-input */
function yuan(typed: string): Fen {
  const fen = fromDecimalYuan(typed);
  if (fen !== undefined && fen >= 0n) return fen;
  throw new DomainError("bad-input", `“${typed}”不是金额，请写成 1000.00。This is no amount of yuan.`);
}

async function queueOf({ db }: DeskDeps, found: readonly RecoveryRow[], day: Day): Promise<DeskRecovery[]> {
  const names = await firmNames(
    db,
    found.map(({ recovery }) => recovery.firmCode),
  );
  return found.map(({ recovery: { firmCode, openedAt }, brief }) => ({
    ...{ ...brief, firmCode, firmName: names.get(firmCode) ?? firmCode, ageDays: daysBetween(dayOf(openedAt), day) },
  }));
}

/** Those that are not over, the largest first; then what was over last. */
async function mostPressing({ db }: DeskDeps) {
  const live = await db.recovery.findMany({
    where: { status: { in: ["noticed", "owed"] } },
    orderBy: [{ claimedFen: "desc" }, { openedAt: "asc" }, { id: "asc" }],
    take: MOST_SHOWN,
  });
  const over = await db.recovery.findMany({
    where: { status: { notIn: ["noticed", "owed"] } },
    orderBy: [{ closedAt: "desc" }, { id: "asc" }],
    take: MOST_SHOWN - live.length,
  });
  return [...live, ...over];
}

async function totalsOf({ db }: DeskDeps, shown: readonly DeskRecovery[]) {
  const { _sum: sum } = await db.budgetLine.aggregate({ _sum: { receivableFen: true, recoveredFen: true } });
  const overdue = shown.reduce((total, { overdueFen }) => total + BigInt(overdueFen), 0n);
  return {
    receivableFen: String(sum.receivableFen ?? 0n),
    recoveredFen: String(sum.recoveredFen ?? 0n),
    overdueFen: String(overdue),
  };
}

async function openedOf(request: FastifyRequest, deps: DeskDeps, id: string): Promise<OpenedRecovery> {
  const row = await deps.db.recovery.findUnique({ where: { id } });
  if (!row) throw new DomainError("recovery-not-found", "没有这件追缴。No such recovery.", { id });
  const day = today(deps.clock);
  const view = await recoveryView(deps, row, day);
  const recovery = toRecovery(row);
  const { firmCode, openedBy, openedAt, entitlementId } = recovery;
  const people = peopleOf(deps.db);
  await people.load([openedBy, ...(row.decidedBy ? [row.decidedBy] : [])]);
  const nameOf = (account: string) => people.get(account).name ?? account;
  const names = await firmNames(deps.db, [firmCode]);
  const all = toDecimalYuan(claimOf(recovery));
  return {
    ...{ ...view, firmCode, firmName: names.get(firmCode) ?? firmCode, entitlementId, openedBy: nameOf(openedBy) },
    ageDays: daysBetween(dayOf(openedAt), day),
    reassessmentId: row.reassessmentId ?? undefined,
    decidedBy: row.decidedBy === null ? undefined : nameOf(row.decidedBy),
    ruling: rulingOf(request, recovery, day),
    proposed: { decidedYuan: all, instalments: `${addDays(day, PAY_WITHIN_DAYS)} ${all}` },
    maySetOff: isOneOf(request, deciders),
  };
}

function rulingOf(request: FastifyRequest, recovery: Recovery, day: Day): OpenedRecovery["ruling"] {
  if (recovery.status !== "noticed") return "decided";
  if (!isOneOf(request, deciders)) return "no-role";
  if (staffOf(request, ...deciders).accountId === recovery.openedBy) return "own";
  return mayBeDecided(recovery, day) ? "allowed" : "being-heard";
}
