import type { NearMiss } from "@apply-free/rules";
import type { Match } from "../matching/match.ts";

/** One fact away from one award (差一点), and watched since an instant: the firm need not come back for it. */
export type WatchedMiss = NearMiss &
  Readonly<{
    id: string;
    firmCode: string;
    policyId: string;
    policyVersionId: string;
    period: string;
    /** The first decision that was near. */
    decisionId: string;
    since: Date;
  }>;

/** `met`: it is the firm's now; `farther`: more than this is missing; `over`: the policy or its period ended. */
export type MissEnd = "met" | "farther" | "over";

export type NearMissStore = {
  /** What is watched for these firms now. */
  liveOf(firmCodes: readonly string[]): Promise<readonly WatchedMiss[]>;
  /** What is watched already stays as it is. */
  open(misses: readonly WatchedMiss[]): Promise<void>;
  end(ids: readonly string[], how: MissEnd, at: Date): Promise<void>;
};

/** Names one award of one firm: a policy, in whatever version, in one period. */
export function awardOf({ firmCode, policyId, period }: Pick<WatchedMiss, "firmCode" | "policyId" | "period">): string {
  return `${firmCode}|${policyId}|${period}`;
}

export function awardOfMatch({ stored }: Match): string {
  return awardOf(stored);
}
