import { cursorAt, parseCursor } from "../kernel/cursor.ts";
import { fen } from "../kernel/money.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type CaseFilter, type CaseSearch, type CaseSummary, searchTerms } from "./case-search.ts";

/**
 * A case is an entitlement, or the newest decision for a firm, policy and period under which
 * nothing was ever offered.
 */
const cases = Prisma.sql`
  SELECT e.id, e.firm_code, e.policy_id, e.policy_version_id, e.period, d.outcome, e.status, e.amount_fen,
    c.receipt_no, e.offered_at AS since
  FROM entitlement e JOIN decision d ON d.id = e.decision_id LEFT JOIN consent c ON c.id = e.consent_id
  UNION ALL
  SELECT * FROM (
    SELECT DISTINCT ON (d.firm_code, d.policy_id, d.period)
      d.id, d.firm_code, d.policy_id, d.policy_version_id, d.period, d.outcome, NULL, NULL::bigint, NULL, d.decided_at
    FROM decision d
    WHERE NOT EXISTS (SELECT FROM entitlement e
      WHERE (e.firm_code, e.policy_id, e.period) = (d.firm_code, d.policy_id, d.period))
    ORDER BY d.firm_code, d.policy_id, d.period, d.decided_at DESC, d.id DESC
  ) AS undecided`;

export function caseSearch(db: Tx): CaseSearch {
  return {
    async page(filter) {
      const { limit = 50 } = filter;
      const rows = await db.$queryRaw<Row[]>`
        SELECT k.id, k.firm_code AS "firmCode", f.name AS "firmName", k.policy_id AS "policyId",
          v.title AS "policyTitle", k.period, k.outcome, k.status, k.amount_fen AS "amountFen",
          k.receipt_no AS "receiptNo", k.since
        FROM (${cases}) AS k
        JOIN firm f ON f.code = k.firm_code
        JOIN policy_version v ON v.id = k.policy_version_id
        WHERE ${conditionsOf(filter)}
        ORDER BY k.since DESC, k.id DESC LIMIT ${limit + 1}`;
      const found = rows.slice(0, limit).map(toSummary);
      const last = found.at(-1);
      return rows.length > limit && last
        ? { cases: found, next: cursorAt({ at: last.since, id: last.id }) }
        : { cases: found };
    },
  };
}

function conditionsOf({ text, policyId, status, cursor }: CaseFilter): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  const terms = searchTerms(text);
  if (terms) {
    const { namePart, exact, amountFen = null } = terms;
    conditions.push(Prisma.sql`(
      position(${namePart} IN f.name) > 0 OR k.firm_code = ${exact} OR k.amount_fen = ${amountFen}::bigint
      OR k.receipt_no = ${exact} OR upper(k.id) = ${exact}
      OR EXISTS (SELECT FROM consent c, jsonb_array_elements(c.lines) line
        WHERE c.receipt_no = ${exact} AND line->>'entitlementId' = k.id)
      OR EXISTS (SELECT FROM payment p
        WHERE p.entitlement_id = k.id AND (upper(p.end_to_end_id) = ${exact} OR upper(p.id) = ${exact})))`);
  }
  if (policyId !== undefined) conditions.push(Prisma.sql`k.policy_id = ${policyId}`);
  if (status !== undefined) conditions.push(Prisma.sql`k.status = ${status}`);
  if (cursor !== undefined) {
    const { at, id } = parseCursor(cursor);
    conditions.push(Prisma.sql`(k.since, k.id) < (${at}, ${id})`);
  }
  return Prisma.join(conditions, " AND ");
}

type Row = Omit<CaseSummary, "status" | "amountFen" | "receiptNo"> & {
  status: CaseSummary["status"] | null;
  amountFen: bigint | null;
  receiptNo: string | null;
};

function toSummary({ status, amountFen, receiptNo, ...row }: Row): CaseSummary {
  return {
    ...row,
    ...(status && { status }),
    ...(amountFen !== null && { amountFen: fen(amountFen) }),
    ...(receiptNo && { receiptNo }),
  };
}
