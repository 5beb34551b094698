import type { CallBrief, OpenedCall, TriedContact } from "@apply-free/ui";
import { addDays, dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { CallOutcome, CallReason } from "../notice/call.ts";
import type { ChannelName } from "../notice/channel.ts";
import type { FirmCall } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { titlesOfVersions } from "../portal/firm-views.prisma.ts";

const MOST_SHOWN = 200;

/** Firms that a person has to call, longest waiting first. */
export async function openCalls(db: Tx): Promise<CallBrief[]> {
  const rows = await db.firmCall.findMany({
    where: { status: "open" },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    take: MOST_SHOWN,
  });
  return briefsOf(db, rows);
}

/** One of them, with what it is to be told and what was tried. @throws DomainError call-not-found */
export async function callView(
  { db, compiled }: Readonly<{ db: Tx; compiled: CompiledPolicies }>,
  id: string,
  mayRecord: boolean,
): Promise<OpenedCall> {
  const row = await db.firmCall.findUnique({ where: { id } });
  const [brief] = row ? await briefsOf(db, [row]) : [];
  if (!row || !brief) throw new DomainError("call-not-found", "没有这条待联系记录。No such call.", { id });
  const where = { firmCode: row.firmCode, status: "offered" };
  const open = await db.entitlement.findMany({ where, orderBy: { confirmBefore: "asc" } });
  const versions = open.map(({ policyVersionId }) => policyVersionId);
  const titles = await titlesOfVersions(db, compiled, versions);
  return {
    ...brief,
    offers: open.map(({ id: offerId, policyVersionId, amountFen, confirmBefore }) => ({
      id: offerId,
      title: titles.get(policyVersionId) ?? policyVersionId,
      amountFen: String(amountFen),
      lastDay: addDays(dayOf(confirmBefore), -1),
    })),
    tried: await triedWith(db, row),
    mayRecord: mayRecord && row.status === "open",
  };
}

async function briefsOf(db: Tx, rows: readonly FirmCall[]): Promise<(CallBrief & Readonly<{ email?: string }>)[]> {
  const firms = await db.firm.findMany({ where: { code: { in: rows.map(({ firmCode }) => firmCode) } } });
  const firmOf = new Map(firms.map((firm) => [firm.code, firm]));
  const callId = { in: rows.map(({ id }) => id) };
  const attempts = await db.callAttempt.groupBy({ by: ["callId"], where: { callId }, _count: true });
  const countOf = new Map(attempts.map((group) => [group.callId, group._count]));
  return rows.map(({ id, firmCode, reason, status, openedAt }) => {
    const { name = firmCode, phone, email } = firmOf.get(firmCode) ?? {};
    return {
      ...{ id, firmCode, firmName: name, openedAt: openedAt.toISOString(), attempts: countOf.get(id) ?? 0 },
      reason: reason as CallReason,
      status: status as "open" | "closed",
      ...(phone && { phone }),
      ...(email && { email }),
    };
  });
}

async function triedWith(db: Tx, { id, firmCode }: FirmCall): Promise<TriedContact[]> {
  const people = await db.callAttempt.findMany({ where: { callId: id }, orderBy: { at: "desc" } });
  const machines = await db.$queryRaw<
    {
      id: string;
      channel: ChannelName;
      result: "taken" | "failed" | "refused" | "bounced";
      error: string | null;
      at: Date;
    }[]
  >`SELECT dispatch.id || ' ' || nth AS id, channel, result, error, at
    FROM dispatch_attempt JOIN dispatch ON dispatch.id = dispatch_id
    WHERE firm_code = ${firmCode} ORDER BY at DESC LIMIT ${MOST_SHOWN}`;
  const tried = [
    ...people.map(({ id, at, outcome, note }) => ({ id, at, channel: "person", result: outcome as CallOutcome, note })),
    ...machines.map(({ error, ...attempt }) => ({ ...attempt, ...(error !== null && { note: error }) })),
  ] as const;
  return tried
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())
    .map(({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() }) as TriedContact);
}
