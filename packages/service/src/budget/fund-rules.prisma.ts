import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { FundRules } from "./fund-rules.ts";

export function fundRules(tx: Tx, compiled: CompiledPolicies): FundRules {
  return {
    of: async (policyVersionId) => (await compiled.load(policyVersionStore(tx), policyVersionId)).policy.fund,
    isAllocated: async ({ policyId, period }) => (await tx.fundAllocation.count({ where: { policyId, period } })) > 0,
  };
}
