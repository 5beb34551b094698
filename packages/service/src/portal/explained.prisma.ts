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
  const recent = recentOf(compiled);
  const explained = new Map<string, Explained>();
  for (const id of decisionIds) {
    const known = recent.get(id);
    if (known) explained.set(id, known);
  }
  const others = decisionIds.filter((id) => !explained.has(id));
  if (others.length === 0) return explained;
  const rows = await db.decision.findMany({
    where: { id: { in: others } },
    select: { id: true, policyVersionId: true, asOf: true, facts: true },
  });
  for (const { id, policyVersionId, asOf, facts } of rows) {
    const known = await compiled.load(policyVersionStore(db), policyVersionId);
    const profile = facts as unknown as Profile;
    const decision = await decide(known.policy, profile, { asOf: dateToDay(asOf) });
    const one = { compiled: known, explanation: explainDecision(known.policy, decision), profile };
    explained.set(id, one);
    keep(recent, id, one);
  }
  return explained;
}

/** A decision never changes (the store refuses it), so what was explained is kept: people look at the same ones again. */
const recents = new WeakMap<CompiledPolicies, Map<string, Explained>>();
const MOST_KEPT = 2_000;

function recentOf(compiled: CompiledPolicies): Map<string, Explained> {
  const recent = recents.get(compiled) ?? new Map<string, Explained>();
  recents.set(compiled, recent);
  return recent;
}

/** The one kept longest makes room. */
function keep(recent: Map<string, Explained>, id: string, explained: Explained): void {
  const [oldest] = recent.keys();
  if (recent.size >= MOST_KEPT && oldest !== undefined) recent.delete(oldest);
  recent.set(id, explained);
}
