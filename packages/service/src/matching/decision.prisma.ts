import type { Amount, Profile } from "@apply-free/rules";
import { dayToDate } from "../kernel/day.ts";
import type { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { answerDigest } from "./answer-digest.ts";
import type { DecisionStore, StoredDecision } from "./decision.ts";

export function decisionStore(tx: Tx): DecisionStore {
  return {
    async latestOf(firmCodes) {
      const rows = await tx.decision.findMany({
        where: { firmCode: { in: [...firmCodes] } },
        distinct: ["firmCode", "policyVersionId", "period"],
        orderBy: [
          { firmCode: "asc" },
          { policyVersionId: "asc" },
          { period: "asc" },
          { decidedAt: "desc" },
          { id: "desc" },
        ],
        omit: { trace: true },
      });
      return rows.map(({ id, firmCode, policyVersionId, period, outcome, ...row }) => ({
        id,
        firmCode,
        policyVersionId,
        period,
        answerSha256: answerDigest({
          outcome,
          amount: row.amount as Amount,
          missing: row.missing as string[],
          facts: row.facts as Profile,
        }),
      }));
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
