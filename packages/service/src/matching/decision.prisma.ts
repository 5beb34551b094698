import { dayToDate } from "../kernel/day.ts";
import type { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DecisionStore, StoredDecision } from "./decision.ts";

export function decisionStore(tx: Tx): DecisionStore {
  return {
    latestOf(firmCodes) {
      return tx.decision.findMany({
        where: { firmCode: { in: [...firmCodes] } },
        distinct: ["firmCode", "policyVersionId", "period"],
        orderBy: [
          { firmCode: "asc" },
          { policyVersionId: "asc" },
          { period: "asc" },
          { decidedAt: "desc" },
          { id: "desc" },
        ],
        select: {
          id: true,
          firmCode: true,
          policyVersionId: true,
          period: true,
          answerSha256: true,
          resultSha256: true,
        },
      });
    },
    async insertAll(decisions) {
      // A rerun after a crash derives the same rows; the unique key knows them.
      await tx.decision.createMany({ data: decisions.map(toRow), skipDuplicates: true });
    },
  };
}

function toRow({ decision, asOf, ...stored }: StoredDecision) {
  const { outcome, amount, missing, trace } = decision;
  return {
    ...stored,
    asOf: dayToDate(asOf),
    outcome,
    amount: amount as Prisma.InputJsonObject,
    missing: [...missing],
    facts: stored.facts as unknown as Prisma.InputJsonObject,
    trace: trace as unknown as Prisma.InputJsonObject,
  };
}
