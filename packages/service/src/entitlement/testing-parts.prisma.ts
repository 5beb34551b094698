import type { Tx } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { awardParts } from "./award-part.prisma.ts";
import type { AwardParts } from "./award-part.ts";

/** For tests: policies that pay in one sum, whatever their documents say. */
export function paidInOneSum(tx: Tx): AwardParts {
  return { ...awardParts(tx, new CompiledPolicies()), planOf: async () => undefined };
}
