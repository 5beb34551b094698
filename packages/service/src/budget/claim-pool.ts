import type { Allocation, Claim, Profile } from "@apply-free/rules";
import type { Versioned } from "../entitlement/entitlement-store.ts";
import type { Day } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";
import type { Award } from "./fund-rules.ts";

/** A consent that waits for its window to close, with the facts of the decision it rests on. */
export type PooledClaim = Readonly<{ owed: Versioned; facts: Profile; asOf: Day }>;

/** A fund as it was given out: everything that the result follows from, and the result. */
export type FundAllocation = Award &
  Readonly<{
    id: string;
    /** The version whose rule it was. */
    policyVersionId: string;
    closedOn: Day;
    claims: readonly Claim[];
    fundFen: Fen;
    /** Of a lottery. */
    seed?: string;
    result: Allocation;
    /** Of rule, claims, fund and seed. */
    inputsSha256: string;
    resultSha256: string;
    allocatedAt: Date;
  }>;

export type LotterySeed = Readonly<{
  policyVersionId: string;
  period: string;
  seed: string;
  toldBy: string;
  toldAt: Date;
}>;

/** Windows of funds as one transaction sees them. */
export type ClaimPools = {
  /** Awards of a policy that somebody waits for and that have not been decided. */
  openAwards(policyId: string): Promise<Award[]>;
  /** Consents of before this instant, locked. */
  lock(award: Award, before: Date): Promise<PooledClaim[]>;
  seedOf(policyVersionId: string, period: string): Promise<LotterySeed | undefined>;
  /** `already` = a seed was told before. */
  tellSeed(seed: LotterySeed): Promise<"told" | "already">;
  /** `already` = this award was decided before. */
  insert(allocation: FundAllocation): Promise<"inserted" | "already">;
  list(): Promise<FundAllocation[]>;
};
