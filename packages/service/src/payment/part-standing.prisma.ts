import type { Trace } from "@apply-free/rules";
import { toPart } from "../entitlement/award-part.prisma.ts";
import { restsOnExpiryAlone } from "../entitlement/expired-policy.ts";
import { dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { outcomeForPart } from "./part-standing.ts";
import type { Standing } from "./recheck.ts";

type Row = Readonly<{
  entitlementId: string;
  decisionId: string;
  outcome: string;
  missing: string[];
  trace: Partial<Trace>;
  firmStatus: unknown;
  lastMatchedAt: Date | null;
}>;

/** How later parts of awards stand: by the newest answer about firm and policy, whichever period it is of. */
export async function partStandings(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const later = await tx.awardPart.findMany({ where: { entitlementId: { in: [...ids] }, part: { gt: 1 } } });
  if (later.length === 0) return new Map();
  const parts = new Map(later.map((row) => [row.entitlementId, toPart(row)]));
  const rows = await tx.$queryRaw<Row[]>`
    SELECT DISTINCT ON (owed.id) owed.id AS "entitlementId", decision.id AS "decisionId",
      decision.outcome, decision.missing, decision.trace,
      (SELECT value FROM fact WHERE fact.firm_code = owed.firm_code AND fact_id = 'ent.status'
        ORDER BY as_of DESC, obtained_at DESC LIMIT 1) AS "firmStatus",
      (SELECT max(started_at) FROM match_run WHERE whole) AS "lastMatchedAt"
    FROM entitlement AS owed JOIN decision
      ON decision.firm_code = owed.firm_code AND decision.policy_id = owed.policy_id
    WHERE owed.id = ANY(${[...parts.keys()]}::text[])
    ORDER BY owed.id, decision.decided_at DESC, decision.id DESC`;
  return new Map(
    rows.flatMap(({ entitlementId, decisionId: id, firmStatus, trace, outcome, missing, lastMatchedAt }) => {
      const part = parts.get(entitlementId);
      if (!part) return [];
      const lastMatched = lastMatchedAt ? dayOf(lastMatchedAt) : undefined;
      const answer = outcomeForPart(part, { outcome, missing, trace, lastMatched });
      // How much it is was agreed to with the award; what is asked again is whether.
      const amount = { kind: "exact", fen: String(part.amountFen) } as const;
      const expired = part.stillRequired === undefined && answer.outcome === "ineligible" && restsOnExpiryAlone(trace);
      const standing: Standing = {
        decision: { id, ...answer, amount },
        firmStatus: typeof firmStatus === "string" ? firmStatus : undefined,
        outdated: false,
        expired,
      };
      return [[entitlementId, standing] as const];
    }),
  );
}
