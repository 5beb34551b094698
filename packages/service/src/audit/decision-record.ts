import type { Amount, Outcome, Profile, Trace } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";

/** A decision as it was stored: what was asked, what was known, what was answered. */
export type DecisionRecord = Readonly<{
  id: string;
  firmCode: string;
  policyId: string;
  policyVersionId: string;
  period: string;
  asOf: Day;
  outcome: Outcome;
  amount: Amount;
  missing: readonly string[];
  trace: Trace;
  facts: Profile;
  /** Empty in decisions of before it was kept. */
  answerSha256: string;
  inputSha256: string;
  resultSha256: string;
  engine: string;
}>;

/** Reading stored decisions. */
export type DecisionArchive = {
  /** @throws DomainError case-not-found */
  get(id: string): Promise<DecisionRecord>;
  /** Up to `limit` decisions whose id comes after `after`. */
  page(after: string | undefined, limit: number): Promise<readonly DecisionRecord[]>;
  count(): Promise<number>;
};
