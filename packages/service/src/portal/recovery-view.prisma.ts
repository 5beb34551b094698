import type { Bilingual, ReceiptView, RecoveryBrief, RecoveryView } from "@apply-free/ui";
import { type Day, dateToDay, dayOf } from "../kernel/day.ts";
import type { Recovery as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { overdueFen, standingOf } from "../recovery/instalments.ts";
import { toRecovery } from "../recovery/recovery.prisma.ts";
import { cameBackOf, debtOf, outstandingOf, type Recovery } from "../recovery/recovery.ts";
import { titlesOfVersions } from "./firm-views.prisma.ts";

type Deps = Readonly<{ db: Tx; compiled: CompiledPolicies }>;

/** A recovery as it is, and as its row in a list. */
export type RecoveryRow = Readonly<{ recovery: Recovery; brief: RecoveryBrief }>;

export async function recoveryRows({ db, compiled }: Deps, rows: readonly Row[], today: Day): Promise<RecoveryRow[]> {
  const awards = await db.entitlement.findMany({
    where: { id: { in: rows.map(({ entitlementId }) => entitlementId) } },
    select: { id: true, policyVersionId: true },
  });
  const versions = new Map(awards.map(({ id, policyVersionId }) => [id, policyVersionId]));
  const titles = await titlesOfVersions(db, compiled, [...new Set(versions.values())]);
  return rows.map((row) => {
    const recovery = toRecovery(row);
    const version = versions.get(row.entitlementId) ?? "";
    return { recovery, brief: briefOf(recovery, titles.get(version) ?? version, today) };
  });
}

function briefOf(recovery: Recovery, policyTitle: Bilingual, today: Day): RecoveryBrief {
  const { id, status, claimedFen, correctedFen, stateBy, openedAt } = recovery;
  const isOwed = status === "owed" || status === "closed";
  return {
    ...{ id, policyTitle, status, stateBy, openedAt: openedAt.toISOString() },
    claimedFen: String(claimedFen - correctedFen),
    debtFen: isOwed ? String(debtOf(recovery)) : undefined,
    cameBackFen: String(cameBackOf(recovery)),
    overdueFen: String(overdueFen(calendarOf(recovery, today))),
  };
}

function calendarOf(recovery: Recovery, today: Day) {
  if (recovery.status !== "owed" && recovery.status !== "closed") return [];
  return standingOf(recovery, debtOf(recovery), cameBackOf(recovery), today);
}

/** Everything that both sides see of one recovery. */
export async function recoveryView(deps: Deps, row: Row, today: Day): Promise<RecoveryView> {
  const [found] = await recoveryRows(deps, [row], today);
  if (!found) throw new Error("one recovery has one row");
  const { recovery, brief } = found;
  const { ground, facts, reference, statement } = recovery;
  const decided = "decidedFen" in recovery ? recovery : undefined;
  return {
    ...brief,
    ...{ ground: ground.kind, document: ground.document, facts, reference },
    statement: statement && { text: statement.text, at: statement.at.toISOString() },
    decision: decided && {
      callsInRest: decided.callsInRest ?? false,
      ...{ decidedFen: String(decided.decidedFen), reasons: decided.reasons, at: decided.decidedAt.toISOString() },
    },
    instalments: calendarOf(recovery, today).map(({ amountFen, paidFen, ...each }) => ({
      ...{ ...each, amountFen: String(amountFen), paidFen: String(paidFen) },
    })),
    receipts: await receiptsOf(deps.db, recovery.id),
    benefits: outstandingOf(recovery) > 0n ? await benefitsOf(deps, recovery.firmCode) : [],
  };
}

async function receiptsOf(db: Tx, recoveryId: string): Promise<ReceiptView[]> {
  const lines = await db.statementLine.findMany({
    where: { recoveryId },
    orderBy: [{ bookedOn: "asc" }, { reference: "asc" }],
  });
  const offsets = await db.recoveryOffset.findMany({
    where: { recoveryId, status: { in: ["agreed", "applied"] } },
    orderBy: [{ agreedAt: "asc" }, { id: "asc" }],
  });
  return [
    ...lines.map(({ bookedOn, amountFen, reference }) => ({
      ...{ kind: "bank" as const, on: dateToDay(bookedOn), amountFen: String(amountFen), reference },
    })),
    ...offsets.map(({ id, agreedAt, settledAt, amountFen, status }) => ({
      kind: status === "applied" ? ("offset" as const) : ("held" as const),
      ...{ on: dayOf(settledAt ?? agreedAt), amountFen: String(amountFen), reference: id },
    })),
  ];
}

/** What of a firm could be set off: agreed to, not at the bank, and nothing kept back of it yet. */
async function benefitsOf({ db, compiled }: Deps, firmCode: string): Promise<RecoveryView["benefits"]> {
  const rows = await db.$queryRaw<Readonly<{ id: string; policyVersionId: string; amountFen: bigint }>[]>`
    SELECT id, policy_version_id AS "policyVersionId", amount_fen AS "amountFen" FROM entitlement owed
    WHERE firm_code = ${firmCode} AND status = 'confirmed' AND set_off_fen(id) = 0 AND NOT EXISTS (
      SELECT FROM payment WHERE entitlement_id = owed.id AND status IN ('batched', 'submitted', 'accepted', 'settled'))
    ORDER BY offered_at, id`;
  const titles = await titlesOfVersions(
    db,
    compiled,
    rows.map(({ policyVersionId }) => policyVersionId),
  );
  return rows.map(({ id, policyVersionId, amountFen }) => ({
    ...{ id, title: titles.get(policyVersionId) ?? policyVersionId, amountFen: String(amountFen) },
  }));
}
