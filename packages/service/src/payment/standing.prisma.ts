import type { Amount, Trace } from "@apply-free/rules";
import { restsOnExpiryAlone } from "../entitlement/expired-policy.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { partStandings } from "./part-standing.prisma.ts";
import type { Standings } from "./payment-store.ts";
import type { Standing } from "./recheck.ts";

type Row = Readonly<{
  entitlementId: string;
  id: string;
  outcome: string;
  amount: Amount;
  missing: string[];
  firmStatus: unknown;
  outdated: boolean;
  trace: Partial<Trace> | null;
  askedFen: bigint | null;
}>;

export function standings(tx: Tx): Standings {
  return {
    async of(entitlementIds) {
      const rows = await standingsOf(tx, [...entitlementIds]);
      const parts = await partStandings(tx, entitlementIds);
      return new Map([...rows.map((row) => [row.entitlementId, toStanding(row)] as const), ...parts]);
    },
  };
}

/**
 * The newest decision about each; of a top-up, what the review behind it has found, unless a newer one is open; the registration status by the newest word of any department,
 * because a firm may cease to exist between two matchings; and whether a payment of it came back
 * after the last matching had counted it as paid.
 */
function standingsOf(tx: Tx, ids: string[]): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT newest.*,
      -- Of an award in parts what is due is the whole of it.
      coalesce((SELECT asked_fen FROM stacking_terms AS terms WHERE terms.entitlement_id = newest."entitlementId"),
        (SELECT award_fen FROM award_part WHERE award_part.entitlement_id = newest."entitlementId")) AS "askedFen",
      (SELECT value FROM fact WHERE fact.firm_code = newest.firm_code AND fact_id = 'ent.status'
        ORDER BY as_of DESC, obtained_at DESC LIMIT 1) AS "firmStatus",
      EXISTS (SELECT 1 FROM payment
        JOIN statement_line AS line ON line.end_to_end_id = payment.end_to_end_id AND line.result = 'returned'
        JOIN bank_file AS file ON file.id = line.bank_file_id
        WHERE payment.entitlement_id = newest."entitlementId"
          AND file.received_at >= coalesce((SELECT max(started_at) FROM match_run WHERE whole), '-infinity')) AS outdated
    FROM (
      SELECT DISTINCT ON (owed.id) owed.id AS "entitlementId", owed.firm_code,
        decision.id, decision.outcome, decision.amount, decision.missing,
        CASE WHEN decision.outcome = 'ineligible' THEN decision.trace END AS trace
      FROM entitlement AS owed JOIN decision ON decision.firm_code = owed.firm_code
        AND decision.policy_id = owed.policy_id AND decision.period = owed.period
      WHERE owed.id = ANY(${ids}::text[])
      ORDER BY owed.id, decision.decided_at DESC, decision.id DESC
    ) AS newest
    UNION ALL
    SELECT owed.id, owed.firm_code, owed.decision_id, CASE WHEN EXISTS (${review}) THEN 'undetermined' ELSE 'eligible' END,
      jsonb_build_object('kind', 'exact', 'fen', owed.amount_fen::text),
      CASE WHEN EXISTS (${review}) THEN '["review"]' ELSE '[]' END::jsonb,
      NULL::jsonb, NULL::bigint,
      (SELECT value FROM fact WHERE fact.firm_code = owed.firm_code AND fact_id = 'ent.status'
        ORDER BY as_of DESC, obtained_at DESC LIMIT 1), false
    FROM entitlement AS owed JOIN review_follow_up AS follow ON follow.top_up_id = owed.id
    WHERE owed.id = ANY(${ids}::text[])`;
}

const review = Prisma.sql`SELECT FROM reassessment WHERE entitlement_id = follow.award_id AND status = 'open'`;

function toStanding({ id, outcome, amount, missing, firmStatus, outdated, trace, askedFen }: Row): Standing {
  return {
    decision: { id, outcome, amount, missing },
    firmStatus: typeof firmStatus === "string" ? firmStatus : undefined,
    outdated,
    expired: restsOnExpiryAlone(trace ?? {}),
    ...(askedFen !== null && { askedFen }),
  };
}
