import type { Profile } from "@apply-free/rules";
import { z } from "zod";
import { toEntitlement } from "../entitlement/entitlement.prisma.ts";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { FundAllocation as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ClaimPools, FundAllocation } from "./claim-pool.ts";
import type { Award } from "./fund-rules.ts";

export function claimPools(tx: Tx): ClaimPools {
  return {
    openAwards: (policyId) => tx.$queryRaw<Award[]>`
      SELECT DISTINCT policy_id AS "policyId", period, budget_line AS "budgetLine" FROM entitlement owed
      WHERE policy_id = ${policyId} AND status = 'waitlisted' AND NOT EXISTS (
        SELECT FROM fund_allocation done WHERE (done.policy_id, done.period) = (owed.policy_id, owed.period))
      ORDER BY period, budget_line`,
    async lock({ policyId, period, budgetLine }, before) {
      const locked = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM entitlement WHERE policy_id = ${policyId} AND period = ${period} AND budget_line = ${budgetLine}
          AND status = 'waitlisted' AND confirmed_at < ${before}::timestamptz ORDER BY id FOR UPDATE`;
      const rows = await tx.entitlement.findMany({
        where: { id: { in: locked.map(({ id }) => id) } },
        orderBy: { id: "asc" },
      });
      const decisions = await tx.decision.findMany({
        where: { id: { in: rows.map(({ decisionId }) => decisionId) } },
        select: { id: true, facts: true, asOf: true },
      });
      const grounds = new Map(decisions.map((decision) => [decision.id, decision]));
      return rows.map((row) => {
        const ground = grounds.get(row.decisionId);
        if (!ground) throw new Error(`entitlement ${row.id} has no decision`);
        const owed = { entitlement: toEntitlement(row), rowVersion: row.rowVersion };
        return { owed, facts: ground.facts as unknown as Profile, asOf: dateToDay(ground.asOf) };
      });
    },
    async seedOf(policyVersionId, period) {
      const where = { policyVersionId_period: { policyVersionId, period } };
      return (await tx.lotterySeed.findUnique({ where })) ?? undefined;
    },
    async tellSeed(seed) {
      const { count } = await tx.lotterySeed.createMany({ data: [{ ...seed }], skipDuplicates: true });
      return count === 1 ? "told" : "already";
    },
    async insert(allocation) {
      const { count } = await tx.fundAllocation.createMany({ data: [toRow(allocation)], skipDuplicates: true });
      return count === 1 ? "inserted" : "already";
    },
    async list() {
      return (await tx.fundAllocation.findMany({ orderBy: [{ allocatedAt: "asc" }, { id: "asc" }] })).map(toAllocation);
    },
  };
}

function toRow({ result, claims, closedOn, ...allocation }: FundAllocation) {
  return {
    ...allocation,
    closedOn: dayToDate(closedOn),
    claims: claims.map((claim) => ({ ...claim, amountFen: String(claim.amountFen) })),
    shares: result.shares.map(({ because, ...share }) => ({
      ...share,
      because: { ...because },
      allottedFen: String(share.allottedFen),
    })),
    leftFen: result.leftFen,
  };
}

const amount = z.string().transform(BigInt);
const claims = z.array(
  z.object({ id: z.string(), amountFen: amount, agreedAt: z.string(), score: z.string().exactOptional() }),
);
const shares = z.array(
  z.object({
    id: z.string(),
    allottedFen: amount,
    place: z.int(),
    because: z.object({ zh: z.string(), en: z.string() }),
  }),
);

function toAllocation({ seed, leftFen, ...row }: Row): FundAllocation {
  return {
    ...row,
    closedOn: dateToDay(row.closedOn),
    claims: claims.parse(row.claims),
    fundFen: fen(row.fundFen),
    ...(seed !== null && { seed }),
    result: { shares: shares.parse(row.shares), leftFen },
  };
}
