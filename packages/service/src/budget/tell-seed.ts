import { closingDay } from "@apply-free/rules";
import { type Clock, today } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { ClaimPools } from "./claim-pool.ts";

type Stores = Readonly<{
  policyVersions: Pick<PolicyVersionStore, "listLatest">;
  claimPools: Pick<ClaimPools, "tellSeed">;
  journal: Journal;
}>;
export type TellSeedDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock; compiled: CompiledPolicies }>;

export type ToldSeed = Readonly<{ policyId: string; period: string; seed: string; actor: string }>;

/**
 * Tells the seed of a lottery, so that the lots can be drawn. Its digest was published with the policy,
 * so nobody can choose it now; told before the window closes, everyone could see who will win.
 *
 * @throws DomainError policy-not-found | lottery-not-open: its window has not closed, or it is no lottery |
 *   seed-differs: not the seed whose digest was published
 */
export function tellSeed({ transaction, clock, compiled }: TellSeedDeps, told: ToldSeed): Promise<void> {
  const { policyId, period, seed, actor } = told;
  return transaction(async ({ policyVersions, claimPools, journal }) => {
    const version = (await policyVersions.listLatest()).find((each) => each.policyId === policyId);
    if (!version) throw new DomainError("policy-not-found", "没有这项政策。No such policy.", { id: policyId });
    const { fund } = compiled.get(version).policy;
    if (fund?.rule !== "lottery" || closingDay(fund, period) >= today(clock)) {
      throw new DomainError(
        "lottery-not-open",
        "还不能公布种子：不是摇号政策，或确认尚未截止。The seed is told only for a lottery, and only after its window has closed.",
        { policyId, period },
      );
    }
    if (sha256(seed) !== fund.seedSha256) {
      throw new DomainError(
        "seed-differs",
        "与政策公布的摘要不符。This is not the seed whose digest was published with the policy.",
        { policyId },
      );
    }
    const at = clock.now();
    const answer = await claimPools.tellSeed({ policyVersionId: version.id, period, seed, toldBy: actor, toldAt: at });
    if (answer === "already") return;
    const payload = { period, seedSha256: fund.seedSha256 };
    await journal.append({ type: "lottery-seed-told", subject: version.id, actor, at, payload });
  });
}
