import type { ExplainedCondition } from "@apply-free/rules";
import type { ConditionOfCase } from "../grievance/grievance.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { explainStored } from "./explained.prisma.ts";

type Deps = Readonly<{ db: Tx; compiled: CompiledPolicies }>;

/**
 * The single conditions of the decision that a firm's case rests on, as the firm reads them.
 * @throws DomainError entitlement-not-found for another firm's case
 */
export async function conditionsOfCase(
  { db, compiled }: Deps,
  firmCode: string,
  id: string,
): Promise<readonly ConditionOfCase[]> {
  const own = await db.entitlement.findFirst({ where: { id, firmCode }, select: { decisionId: true } });
  if (!own) throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id });
  const { decisionId } = own;
  const explained = (await explainStored(db, compiled, [decisionId])).get(decisionId);
  const single = (explained?.explanation.conditions ?? []).flatMap(leavesOf);
  const byName = new Map(single.map((condition) => [condition.name, condition]));
  return [...byName.values()].map(({ name, clause, sentence }) => {
    return { decisionId, name, ...(clause !== undefined && { clause }), sentence };
  });
}

function leavesOf(condition: ExplainedCondition): readonly ExplainedCondition[] {
  return condition.children.length === 0 ? [condition] : condition.children.flatMap(leavesOf);
}
