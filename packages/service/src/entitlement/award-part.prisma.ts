import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { Prisma, type AwardPart as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { AwardPart, AwardParts } from "./award-part.ts";

export function awardParts(tx: Tx, compiled: CompiledPolicies): AwardParts {
  return {
    async planOf(policyVersionId) {
      return (await compiled.load(policyVersionStore(tx), policyVersionId)).policy.benefit.instalments;
    },
    of: (entitlementIds) => partsOf(tx, entitlementIds),
    async put(parts) {
      for (const part of parts) {
        const { entitlementId } = part;
        const data = {
          ...part,
          dueOn: dayToDate(part.dueOn),
          stillRequired: part.stillRequired ? [...part.stillRequired] : Prisma.DbNull,
        };
        await tx.awardPart.upsert({ where: { entitlementId }, create: data, update: data });
      }
    },
    async resultOf(id) {
      const { resultSha256 } = await tx.decision.findUniqueOrThrow({ where: { id }, select: { resultSha256: true } });
      return resultSha256;
    },
    async laterThan(entitlementId) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT later.entitlement_id AS id FROM award_part own JOIN award_part later
          ON later.award_id = own.award_id AND later.part > own.part
        WHERE own.entitlement_id = ${entitlementId} ORDER BY later.part`;
      return rows.map(({ id }) => id);
    },
    async accountsBeside(entitlementId) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT owed.bank_account_id AS id FROM award_part own
        JOIN award_part other ON other.award_id = own.award_id AND other.part <> own.part
        JOIN entitlement owed ON owed.id = other.entitlement_id
        WHERE own.entitlement_id = ${entitlementId} AND owed.bank_account_id IS NOT NULL ORDER BY other.part`;
      return rows.map(({ id }) => id);
    },
    async waitsFor(entitlementId, day) {
      const [own] = await tx.$queryRaw<{ early: boolean; behind: boolean }[]>`
        SELECT part > 1 AND due_on > ${day}::date AS early, EXISTS (
          SELECT FROM award_part earlier JOIN entitlement owed ON owed.id = earlier.entitlement_id
          WHERE earlier.award_id = own.award_id AND earlier.due_on < own.due_on
            AND owed.status NOT IN ('paid', 'received')) AS behind
        FROM award_part own WHERE entitlement_id = ${entitlementId}`;
      if (own?.early) return "its-day";
      return own?.behind ? "an-earlier-part" : undefined;
    },
    async dueWithoutPayment(day) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT owed.id FROM award_part part JOIN entitlement owed ON owed.id = part.entitlement_id
        WHERE owed.status = 'confirmed' AND part.part > 1 AND part.due_on <= ${day}::date
          AND NOT EXISTS (SELECT FROM payment WHERE entitlement_id = owed.id)
        ORDER BY part.due_on, owed.id`;
      return rows.map(({ id }) => id);
    },
  };
}

/** By entitlement; what is paid in one sum is not among them. */
export async function partsOf(tx: Tx, entitlementIds: readonly string[]): Promise<ReadonlyMap<string, AwardPart>> {
  if (entitlementIds.length === 0) return new Map();
  const rows = await tx.awardPart.findMany({ where: { entitlementId: { in: [...entitlementIds] } } });
  return new Map(rows.map((row) => [row.entitlementId, toPart(row)]));
}

export function toPart({ dueOn, awardFen, amountFen, stillRequired, ...row }: Row): AwardPart {
  return {
    ...row,
    awardFen: fen(awardFen),
    amountFen: fen(amountFen),
    dueOn: dateToDay(dueOn),
    ...(stillRequired !== null && { stillRequired: z.array(z.string()).parse(stillRequired) }),
  };
}
