import { z } from "zod";
import { type Day, dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { Recovery as Row } from "../platform/generated/client.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Instalment } from "./instalments.ts";
import type { Ground, Recovery, RecoveryTerms } from "./recovery.ts";
import type { FollowUpStore, RecoveryStore } from "./recovery-store.ts";

export function recoveryStore(tx: Tx): RecoveryStore {
  const lock = async (which: Prisma.Sql) => {
    const locked = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM recovery WHERE ${which} ORDER BY id FOR UPDATE`;
    if (locked.length === 0) return [];
    const rows = await tx.recovery.findMany({
      where: { id: { in: locked.map(({ id }) => id) } },
      orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    });
    return rows.map(toRecovery);
  };
  return {
    async get(id) {
      const [found] = await lock(Prisma.sql`id = ${id}`);
      if (found) return found;
      throw new DomainError("recovery-not-found", "没有这件追缴。No such recovery.", { id });
    },
    async lockByReference(references) {
      const found = await lock(Prisma.sql`reference = ANY(${[...references]}::text[])`);
      return new Map(found.map((recovery) => [recovery.reference, recovery]));
    },
    lockOfAward: (entitlementId) => lock(Prisma.sql`entitlement_id = ${entitlementId}`),
    async listOwed() {
      const rows = await tx.recovery.findMany({ where: { status: "owed" }, orderBy: { id: "asc" } });
      return rows.map(toRecovery).filter((recovery) => recovery.status === "owed");
    },
    async insert(recovery) {
      const { id, entitlementId, firmCode, budgetLine, reference, ground, facts, claimedFen } = recovery;
      const { openedBy, openedAt, stateBy, status } = recovery;
      const reassessmentId = ground.kind === "review" ? ground.reassessmentId : null;
      const { count } = await tx.recovery.createMany({
        data: [
          {
            ...{ id, entitlementId, firmCode, budgetLine, reference, facts, claimedFen, openedBy, openedAt, status },
            ...{ ground: ground.kind, document: ground.document, reassessmentId, stateBy: dayToDate(stateBy) },
          },
        ],
        skipDuplicates: true,
      });
      return count === 1 ? "inserted" : "already";
    },
    async save(recovery) {
      await tx.recovery.update({ where: { id: recovery.id }, data: toChange(recovery) });
    },
  };
}

export function followUpStore(tx: Tx): FollowUpStore {
  return {
    async isFollowed(reassessmentId) {
      return (await tx.reviewFollowUp.count({ where: { reassessmentId } })) > 0;
    },
    async insert({ reassessmentId, awardId, correctedFen, withdrawnFen, recoveryId, topUp, at }) {
      const topUpFen = topUp?.amountFen ?? 0n;
      const data = {
        reassessmentId,
        awardId,
        correctedFen,
        withdrawnFen,
        recoveryId: recoveryId ?? null,
        topUpFen,
        at,
      };
      await tx.reviewFollowUp.create({ data: { ...data, topUpId: topUp?.entitlementId ?? null } });
    },
    async topUpsOf(awardId) {
      const rows = await tx.reviewFollowUp.findMany({
        where: { awardId, topUpId: { not: null } },
        orderBy: [{ at: "asc" }, { reassessmentId: "asc" }],
        select: { topUpId: true },
      });
      const parts = await tx.awardPart.findMany({
        where: { awardId, part: { gt: 1 } },
        orderBy: { part: "desc" },
        select: { entitlementId: true },
      });
      // What is not paid yet of the award itself is taken back last to first.
      return [...rows.flatMap(({ topUpId }) => topUpId ?? []), ...parts.map(({ entitlementId }) => entitlementId)];
    },
    async standingOf(awardId) {
      const [row] = await tx.$queryRaw<{ fen: bigint }[]>`SELECT standing_fen(${awardId}) AS fen`;
      return fen(row?.fen ?? 0n);
    },
    async resultOf(id) {
      const { resultSha256 } = await tx.decision.findUniqueOrThrow({ where: { id }, select: { resultSha256: true } });
      return resultSha256;
    },
  };
}

function toChange(recovery: Recovery) {
  const { status, statement, correctedFen } = recovery;
  const stated = statement && { statement: statement.text, statedBy: statement.by, statedAt: statement.at };
  const closedAt = "closedAt" in recovery ? recovery.closedAt : null;
  const change = { status, correctedFen, closedAt, ...stated };
  if (!("decidedFen" in recovery)) return change;
  const { decidedBy, decidedAt, decidedFen, reasons } = recovery;
  const instalments = recovery.instalments.map(({ dueOn, amountFen }) => ({ dueOn, amountFen: String(amountFen) }));
  const callsInRest = recovery.callsInRest ?? false;
  const decided = { ...change, callsInRest, decidedBy, decidedAt, decidedFen, reasons, instalments };
  if (recovery.status === "waived") return decided;
  const { receivedFen, heldFen, offsetFen } = recovery;
  return { ...decided, receivedFen, heldFen, offsetFen };
}

const money = z.bigint().transform(fen);
const decision = {
  decidedBy: z.string(),
  decidedAt: z.date(),
  decidedFen: money,
  reasons: z.string(),
  instalments: z.array(
    z
      .object({ dueOn: z.string(), amountFen: z.string() })
      .transform(({ dueOn, amountFen }): Instalment => ({ dueOn: dueOn as Day, amountFen: fen(amountFen) })),
  ),
};
const settled = { receivedFen: money, heldFen: money, offsetFen: money };
const stateIn = z.discriminatedUnion("status", [
  z.object({ status: z.literal("noticed") }),
  z.object({ status: z.literal("owed"), ...decision, ...settled }),
  z.object({ status: z.literal("waived"), ...decision, closedAt: z.date() }),
  z.object({ status: z.literal("dropped"), closedAt: z.date() }),
  z.object({ status: z.literal("closed"), ...decision, ...settled, closedAt: z.date() }),
]);

const groundKind = z.enum(["review", "repealed-decision", "revoked-title"]);

export function toRecovery(row: Row): Recovery {
  const { id, entitlementId, firmCode, budgetLine, reference, facts, openedBy, openedAt } = row;
  const terms: RecoveryTerms = {
    ...{ id, entitlementId, firmCode, budgetLine, reference, facts, openedBy, openedAt },
    ground: groundOf(row),
    claimedFen: fen(row.claimedFen),
    correctedFen: fen(row.correctedFen),
    stateBy: dateToDay(row.stateBy),
  };
  const { statement, statedBy, statedAt } = row;
  const isStated = statement !== null && statedBy !== null && statedAt !== null;
  const stated = isStated ? { statement: { text: statement, by: statedBy, at: statedAt } } : {};
  const found = stateIn.parse(row);
  return {
    ...terms,
    ...stated,
    ...("decidedFen" in found && row.callsInRest ? { ...found, callsInRest: true } : found),
  };
}

function groundOf({ id, ground, document, reassessmentId }: Row): Ground {
  const kind = groundKind.parse(ground);
  if (kind !== "review") return { kind, document };
  if (reassessmentId === null) throw new Error(`recovery ${id} rests on a review and names none`);
  return { kind, document, reassessmentId };
}
