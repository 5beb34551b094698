import type { Amount } from "@apply-free/rules";
import type { Tx } from "../platform/store.prisma.ts";
import type { Standings } from "./payment-store.ts";
import type { Standing } from "./recheck.ts";

export function standings(tx: Tx): Standings {
  return {
    async of(entitlementIds) {
      const ids = [...entitlementIds];
      const decisions = await newestDecisions(tx, ids);
      const statuses = await newestStatuses(tx, [...new Set(decisions.map(({ firmCode }) => firmCode))]);
      const returned = await returnedSinceMatching(tx, ids);
      return new Map(
        decisions.map(({ entitlementId, firmCode, id, outcome, amount, missing }): [string, Standing] => [
          entitlementId,
          {
            decision: { id, outcome, amount, missing },
            firmStatus: statuses.get(firmCode),
            outdated: returned.has(entitlementId),
          },
        ]),
      );
    },
  };
}

type NewestDecision = Readonly<{
  entitlementId: string;
  firmCode: string;
  id: string;
  outcome: string;
  amount: Amount;
  missing: string[];
}>;

function newestDecisions(tx: Tx, ids: string[]): Promise<NewestDecision[]> {
  return tx.$queryRaw<NewestDecision[]>`
    SELECT DISTINCT ON (owed.id) owed.id AS "entitlementId", owed.firm_code AS "firmCode",
      decision.id, decision.outcome, decision.amount, decision.missing
    FROM entitlement AS owed JOIN decision ON decision.firm_code = owed.firm_code
      AND decision.policy_id = owed.policy_id AND decision.period = owed.period
    WHERE owed.id = ANY(${ids}::text[])
    ORDER BY owed.id, decision.decided_at DESC, decision.id DESC`;
}

/** Registration may end between two matchings; the newest word of any department counts. */
async function newestStatuses(tx: Tx, firmCodes: string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ firmCode: string; value: unknown }[]>`
    SELECT DISTINCT ON (firm_code) firm_code AS "firmCode", value FROM fact
    WHERE fact_id = 'ent.status' AND firm_code = ANY(${firmCodes}::text[])
    ORDER BY firm_code, as_of DESC, obtained_at DESC`;
  return new Map(rows.flatMap(({ firmCode, value }) => (typeof value === "string" ? [[firmCode, value]] : [])));
}

async function returnedSinceMatching(tx: Tx, ids: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT payment.entitlement_id AS id FROM payment
    JOIN statement_line AS line ON line.end_to_end_id = payment.end_to_end_id AND line.result = 'returned'
    JOIN bank_file AS file ON file.id = line.bank_file_id
    WHERE payment.entitlement_id = ANY(${ids}::text[])
      AND file.received_at >= coalesce((SELECT max(started_at) FROM match_run), '-infinity')`;
  return new Set(rows.map(({ id }) => id));
}
