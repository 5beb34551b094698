import type { Decision, Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";

/** One answer for one firm under one policy version, with all that it was made from. */
export type StoredDecision = Readonly<{
  id: string;
  firmCode: string;
  policyId: string;
  policyVersionId: string;
  runId: string;
  /** Award period: a year (`2025`) or `once`. */
  period: string;
  asOf: Day;
  decision: Decision;
  /** The facts that the policy looks at, as they were known. */
  facts: Profile;
  /** Of what makes an answer a new one, see `answerDigest`. */
  answerSha256: string;
  inputSha256: string;
  resultSha256: string;
  engine: string;
  decidedAt: Date;
}>;

/** What is needed of an earlier decision to see whether a new one says anything new. */
export type DecisionDigest = Readonly<{
  firmCode: string;
  policyVersionId: string;
  period: string;
  id: string;
  answerSha256: string;
  resultSha256: string;
}>;

/** Decisions as one transaction sees them. */
export type DecisionStore = {
  /** The newest decision of each of these firms under each policy version and period. */
  latestOf(firmCodes: readonly string[]): Promise<DecisionDigest[]>;
  insertAll(decisions: readonly StoredDecision[]): Promise<void>;
};

/** The award period that a day falls into. */
export function periodOf(kind: "once" | "year", asOf: Day): string {
  return kind === "once" ? "once" : asOf.slice(0, 4);
}
