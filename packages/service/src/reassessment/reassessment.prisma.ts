import type { Outcome, Profile } from "@apply-free/rules";
import { z } from "zod";
import { type Day, dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Prisma, Reassessment as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ChangedFact, Reassessment, ReassessmentTerms } from "./reassessment.ts";
import type { ReassessmentStore } from "./reassessment-store.ts";

type AwardRow = Readonly<{
  entitlementId: string;
  firmCode: string;
  policyVersionId: string;
  paidFen: bigint;
  grantedFen: bigint;
  askedFen: bigint | null;
  asOf: string;
  facts: Profile;
}>;

export function reassessmentStore(tx: Tx): ReassessmentStore {
  return {
    async awardsTouchedBy(deliveryId) {
      const rows = await tx.$queryRaw<AwardRow[]>`
        WITH touched AS (
          SELECT owed.id FROM fact
          JOIN entitlement owed ON owed.firm_code = fact.firm_code AND owed.status IN ('paid', 'received')
          JOIN decision ON decision.id = owed.decision_id AND decision.as_of >= fact.as_of
          WHERE fact.delivery_id = ${deliveryId} AND jsonb_exists(decision.facts, fact.fact_id)
            AND (decision.facts #> ARRAY[fact.fact_id, 'value'] IS DISTINCT FROM fact.value
              OR EXISTS (SELECT FROM review_follow_up WHERE award_id = owed.id)
              OR EXISTS (SELECT FROM reassessment r WHERE r.entitlement_id = owed.id AND r.status = 'open'))
          UNION
          -- A complete list speaks by whom it leaves out, too: a title that is not on it any more.
          SELECT owed.id FROM delivery
          JOIN decision ON decision.as_of >= delivery.as_of
          JOIN entitlement owed ON owed.decision_id = decision.id AND owed.status IN ('paid', 'received')
          CROSS JOIN LATERAL jsonb_each(decision.facts) AS used
          WHERE delivery.id = ${deliveryId} AND delivery.complete AND used.value->>'source' = delivery.source_id
            AND used.value->'value' <> 'null' AND NOT EXISTS (
              SELECT FROM fact WHERE delivery_id = delivery.id AND firm_code = owed.firm_code AND fact_id = used.key)
        )
        SELECT owed.id AS "entitlementId", owed.firm_code AS "firmCode",
          owed.policy_version_id AS "policyVersionId", standing_fen(owed.id) AS "paidFen",
          coalesce(part.award_fen, owed.amount_fen) AS "grantedFen", coalesce(
            (SELECT asked_fen FROM stacking_terms terms WHERE terms.entitlement_id = owed.id), owed.claimed_fen) AS "askedFen",
          to_char(decision.as_of, 'YYYY-MM-DD') AS "asOf", decision.facts
        FROM touched JOIN entitlement owed ON owed.id = touched.id JOIN decision ON decision.id = owed.decision_id
        LEFT JOIN award_part part ON part.entitlement_id = owed.id
        WHERE NOT EXISTS (SELECT FROM review_follow_up WHERE top_up_id = owed.id)
          -- A later part is looked at with its award.
          AND coalesce(part.part, 1) = 1
        ORDER BY owed.id`;
      return rows.map(({ askedFen, ...row }) => ({
        ...row,
        asOf: row.asOf as Day,
        ...(askedFen !== null && { askedFen }),
      }));
    },
    async openCasesTouchedBy(deliveryId) {
      const rows = await tx.$queryRaw<Readonly<{ firmCode: string }>[]>`
        SELECT DISTINCT owed.firm_code AS "firmCode"
        FROM fact
        JOIN entitlement owed ON owed.firm_code = fact.firm_code AND owed.status IN ('offered', 'confirmed', 'waitlisted')
        JOIN decision ON decision.id = owed.decision_id
        WHERE fact.delivery_id = ${deliveryId} AND jsonb_exists(decision.facts, fact.fact_id)
          AND decision.facts #> ARRAY[fact.fact_id, 'value'] IS DISTINCT FROM fact.value
        ORDER BY 1`;
      return rows.map(({ firmCode }) => firmCode);
    },
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM reassessment WHERE id = ${id} FOR UPDATE`;
      const row = await tx.reassessment.findUnique({ where: { id } });
      if (row) return toReassessment(row);
      throw new DomainError("reassessment-not-found", "没有这次复核。No such review.", { id });
    },
    async openOf(entitlementId) {
      const row = await tx.reassessment.findFirst({ where: { entitlementId, status: "open" } });
      return row ? toReassessment(row) : undefined;
    },
    async lastClosedOf(entitlementId) {
      const row = await tx.reassessment.findFirst({
        where: { entitlementId, status: { in: ["upheld", "dismissed"] } },
        orderBy: [{ closedAt: "desc" }, { id: "desc" }],
      });
      return row ? toReassessment(row) : undefined;
    },
    async insert(reassessment) {
      const { id, entitlementId, deliveryId, asOf, changed, outcome, paidFen, dueFen = null, openedAt } = reassessment;
      await tx.reassessment.create({
        data: {
          ...{ id, entitlementId, deliveryId, outcome, paidFen, dueFen, openedAt, status: reassessment.status },
          asOf: dayToDate(asOf),
          changed: [...changed] as unknown as Prisma.InputJsonValue,
        },
      });
    },
    async save(reassessment) {
      const { id, status } = reassessment;
      if (reassessment.status === "open") throw new Error(`${id} is open, and nothing of it can have changed`);
      const { closedBy, closedAt, reason } = reassessment;
      await tx.reassessment.update({ where: { id }, data: { status, closedBy, closedAt, reason } });
    },
  };
}

export function toReassessment(row: Row): Reassessment {
  const { id, entitlementId, deliveryId, outcome, paidFen, dueFen, openedAt } = row;
  const terms: ReassessmentTerms = {
    ...{ id, entitlementId, deliveryId, paidFen, openedAt },
    asOf: dateToDay(row.asOf),
    changed: row.changed as unknown as readonly ChangedFact[],
    outcome: outcome as Outcome,
    ...(dueFen !== null && { dueFen }),
  };
  return { ...terms, ...stateIn.parse(row) };
}

const stateIn = z.discriminatedUnion("status", [
  z.object({ status: z.literal("open") }),
  z.object({
    status: z.enum(["upheld", "dismissed", "superseded"]),
    closedBy: z.string(),
    closedAt: z.date(),
    reason: z.string(),
  }),
]);
