import { dayOf, dayToDate } from "../kernel/day.ts";
import { toDecimalYuan } from "../kernel/money.ts";
import { hasRightCheckDigit } from "../kernel/subject-code.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { FirmDirectory, FirmEntry, MatchRunStore, OwnPayments } from "./ports.ts";

export function matchRunStore(tx: Tx): MatchRunStore {
  return {
    async open({ id, slot, isWhole: whole, asOf, startedAt }) {
      const run = await tx.matchRun.upsert({
        where: { slot },
        create: { id, slot, whole, asOf: dayToDate(asOf), startedAt },
        update: {},
      });
      return run.finishedAt ? "finished" : "opened";
    },
    async finish(id, counts, finishedAt) {
      await tx.matchRun.update({ where: { id }, data: { ...counts, finishedAt } });
    },
  };
}

export function firmDirectory(tx: Tx): FirmDirectory {
  const select = { code: true, name: true, email: true };
  const orderBy = { code: "asc" as const };
  return {
    async page(after, take) {
      const where = after === undefined ? {} : { code: { gt: after } };
      return entriesOf(tx, await tx.firm.findMany({ where, orderBy, take, select }));
    },
    async byCodes(codes) {
      return entriesOf(tx, await tx.firm.findMany({ where: { code: { in: [...codes] } }, orderBy, select }));
    },
  };
}

type FirmRow = Readonly<{ code: string; name: string; email: string | null }>;

async function entriesOf(tx: Tx, rows: readonly FirmRow[]): Promise<FirmEntry[]> {
  const doubtful = new Set(rows.map(({ code }) => code).filter((code) => !hasRightCheckDigit(code)));
  const confirmed = await confirmedAmong(tx, [...doubtful]);
  return rows.map(({ email, ...firm }) => ({
    ...firm,
    ...(email !== null && { email }),
    isConfirmed: confirmed.has(firm.code) || !doubtful.has(firm.code),
  }));
}

async function confirmedAmong(tx: Tx, codes: readonly string[]): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows = await tx.codeConfirmation.findMany({ where: { code: { in: [...codes] } }, select: { code: true } });
  return new Set(rows.map(({ code }) => code));
}

export function ownPayments(tx: Tx): OwnPayments {
  return {
    async paidTo(firmCodes) {
      const paid = await tx.entitlement.findMany({
        where: { firmCode: { in: [...firmCodes] }, status: { in: ["paid", "received"] } },
        select: { id: true, firmCode: true, policyVersionId: true, amountFen: true, paidAt: true },
      });
      const cameBack = await cameBackOf(
        tx,
        paid.map(({ id }) => id),
      );
      const versions = await tx.policyVersion.findMany({
        where: { id: { in: [...new Set(paid.map(({ policyVersionId }) => policyVersionId))] } },
        select: { id: true, document: true },
      });
      const familyOf = new Map(versions.map(({ id, document }) => [id, familyIn(document)]));
      return paid.flatMap(({ id, firmCode, policyVersionId, amountFen, paidAt }) => {
        const family = familyOf.get(policyVersionId);
        const kept = amountFen - (cameBack.get(id) ?? 0n);
        return family && paidAt && kept > 0n
          ? [{ firmCode, family, amountYuan: toDecimalYuan(kept), paidOn: dayOf(paidAt) }]
          : [];
      });
    },
  };
}

/** What firms have paid back of these awards, or had set off: it was not received after all. In 分. */
async function cameBackOf(tx: Tx, entitlementIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const recoveries = await tx.recovery.findMany({
    where: { entitlementId: { in: [...entitlementIds] } },
    select: { entitlementId: true, receivedFen: true, offsetFen: true },
  });
  const cameBack = new Map<string, bigint>();
  for (const { entitlementId, receivedFen, offsetFen } of recoveries) {
    cameBack.set(entitlementId, (cameBack.get(entitlementId) ?? 0n) + receivedFen + offsetFen);
  }
  return cameBack;
}

/** The ledger family that a policy's payments count towards, where it names one. */
function familyIn(document: unknown): string | undefined {
  const { policy } = document as { policy?: { payout?: { family?: string } } };
  return policy?.payout?.family;
}
