import { decide, type Explanation, explainDecision, type Profile } from "@apply-free/rules";
import { dateToDay } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";

export type Explained = Readonly<{ compiled: CompiledPolicy; explanation: Explanation; profile: Profile }>;

/**
 * Explains stored decisions. Deciding is pure, so the stored facts and the stored rule give the same
 * answer again, with every sentence; `replay` proves that they do.
 */
export async function explainStored(
  db: Tx,
  compiled: CompiledPolicies,
  decisionIds: readonly string[],
): Promise<ReadonlyMap<string, Explained>> {
  const rows = await db.decision.findMany({
    where: { id: { in: [...decisionIds] } },
    select: { id: true, policyVersionId: true, asOf: true, facts: true },
  });
  const explained = new Map<string, Explained>();
  for (const { id, policyVersionId, asOf, facts } of rows) {
    const known = await compiled.load(policyVersionStore(db), policyVersionId);
    const profile = facts as unknown as Profile;
    const decision = await decide(known.policy, profile, { asOf: dateToDay(asOf) });
    explained.set(id, { compiled: known, explanation: explainDecision(known.policy, decision), profile });
  }
  return explained;
}
