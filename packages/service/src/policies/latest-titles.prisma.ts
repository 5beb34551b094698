import type { Bilingual } from "@apply-free/rules";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "./compiled-policies.ts";
import { policyVersionStore } from "./policy-version.prisma.ts";

/** Policy id → title of its newest version, also of one that has ended. */
export async function latestTitles(db: Tx, compiled: CompiledPolicies): Promise<ReadonlyMap<string, Bilingual>> {
  const versions = await policyVersionStore(db).listLatest();
  return new Map(versions.map((version) => [version.policyId, compiled.get(version).policy.title]));
}
