import type { Tx } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { awardParts } from "./award-part.prisma.ts";
import type { AwardParts } from "./award-part.ts";
import type { Destinations } from "./destination.ts";

/** For tests: policies that pay in one sum, whatever their documents say. */
export function paidInOneSum(tx: Tx): AwardParts {
  return { ...awardParts(tx, new CompiledPolicies()), planOf: async () => undefined };
}

/** For tests: policies that pay to the firm's own account. */
export const toOwnAccounts: Destinations = {
  of: async () => ({}),
  accountAt: async () => {
    throw new Error("nothing of these tests goes elsewhere");
  },
};
