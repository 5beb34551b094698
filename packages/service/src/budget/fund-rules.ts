import type { Fund } from "@apply-free/rules";

/** How funds are given out, as the policies declare it, and which windows have been decided. */
export type FundRules = {
  /** `undefined`: the policy does not say, and firms are served as they agree. */
  of(policyVersionId: string): Promise<Fund | undefined>;
  /** Whether the consents to this award have been served together already, from this line or one before it. */
  isAllocated(award: Award): Promise<boolean>;
};

/** What one fund is given out for. */
export type Award = Readonly<{ policyId: string; period: string; budgetLine: string }>;
