import { labelOf, type Trace } from "@apply-free/rules";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { GroundsStore } from "./notice-store.ts";
import { unmetOf } from "./unmet.ts";

export function groundsStore(tx: Tx, compiled: CompiledPolicies): GroundsStore {
  return {
    async of(decisionId) {
      const select = { outcome: true, policyVersionId: true, trace: true };
      const found = await tx.decision.findUnique({ where: { id: decisionId }, select });
      if (found?.outcome !== "ineligible") return [];
      const { vocabulary } = await compiled.load(policyVersionStore(tx), found.policyVersionId);
      return unmetOf(found.trace as unknown as Trace).map(({ fact, clause }) => ({
        label: labelOf(vocabulary, fact),
        ...(clause !== undefined && { clause }),
      }));
    },
  };
}
