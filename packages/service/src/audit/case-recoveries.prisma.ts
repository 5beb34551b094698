import { dateToDay } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Recovery, RecoveryOffset, StatementLine } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CaseRecovery, CaseReview } from "./case-chain.ts";
import type { People } from "./people.prisma.ts";

/** What was asked back of one award, oldest first, with what the bank booked and what was set off. */
export async function caseRecoveries(db: Tx, entitlementId: string, people: People): Promise<CaseRecovery[]> {
  const rows = await db.recovery.findMany({ where: { entitlementId }, orderBy: [{ openedAt: "asc" }, { id: "asc" }] });
  const ids = rows.map(({ id }) => id);
  const lines = await db.statementLine.findMany({
    where: { recoveryId: { in: ids } },
    orderBy: [{ bookedOn: "asc" }, { reference: "asc" }],
  });
  const offsets = await db.recoveryOffset.findMany({
    where: { recoveryId: { in: ids } },
    orderBy: [{ agreedAt: "asc" }, { id: "asc" }],
  });
  await people.load(
    rows.flatMap(({ openedBy, decidedBy, statedBy }) => [openedBy, decidedBy ?? [], statedBy ?? []].flat()),
  );
  return rows.map((row) =>
    toCase(
      row,
      lines.filter(({ recoveryId }) => recoveryId === row.id),
      offsets.filter(({ recoveryId }) => recoveryId === row.id),
      people,
    ),
  );
}

function toCase(
  row: Recovery,
  lines: readonly StatementLine[],
  offsets: readonly RecoveryOffset[],
  people: People,
): CaseRecovery {
  const { id, reference, document, facts, openedAt, statement, statedAt, statedBy } = row;
  const { decidedFen, decidedAt, decidedBy, reasons } = row;
  const isDecided = decidedFen !== null && decidedAt !== null && decidedBy !== null && reasons !== null;
  return {
    ...{ id, reference, document, facts, openedAt, openedBy: people.get(row.openedBy) },
    status: row.status as CaseRecovery["status"],
    claimedFen: fen(row.claimedFen),
    correctedFen: fen(row.correctedFen),
    ...(statement !== null &&
      statedAt !== null && { statement: { text: statement, at: statedAt, by: people.get(statedBy ?? "") } }),
    ...(isDecided && {
      decision: { decidedFen: fen(decidedFen), at: decidedAt, by: people.get(decidedBy), reasons },
    }),
    receipts: lines.map(({ reference: booked, amountFen, bookedOn }) => ({
      ...{ reference: booked, amountFen: fen(amountFen), bookedOn: dateToDay(bookedOn) },
    })),
    offsets: offsets.map(({ id: offset, amountFen, status, entitlementId }) => ({
      ...{ id: offset, amountFen: fen(amountFen), status: status as "agreed", entitlementId },
    })),
  };
}

/** Reviews of one award after its payment, oldest first, and what each led to. */
export async function caseReviews(db: Tx, entitlementId: string): Promise<CaseReview[]> {
  const rows = await db.reassessment.findMany({
    where: { entitlementId },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
  });
  const followed = await db.reviewFollowUp.findMany({ where: { awardId: entitlementId } });
  return rows.map(({ id, status, openedAt, paidFen, dueFen }) => {
    const led = followed.find(({ reassessmentId }) => reassessmentId === id);
    return {
      ...{ id, status: status as CaseReview["status"], openedAt, paidFen: fen(paidFen) },
      ...(dueFen !== null && { dueFen: fen(dueFen) }),
      ...(led?.recoveryId && { recoveryId: led.recoveryId }),
      ...(led?.topUpId && { topUpId: led.topUpId }),
    };
  });
}
