import { type Decision, decide, RulesError } from "@apply-free/rules";
import { digestOf } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import { answerDigest } from "../matching/answer-digest.ts";
import { periodOf } from "../matching/decision.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import type { PolicyVersion } from "../policies/policy-version.ts";
import type { DecisionRecord } from "./decision-record.ts";
import { type FirstDifference, firstDifference } from "./first-difference.ts";

/** Whether a stored decision is what the stored facts and the stored rule give today. */
export type Replay = Readonly<{ decisionId: string; equal: boolean; differences: readonly Difference[] }>;

export type Difference = Readonly<{ part: ReplayedPart }> & FirstDifference;

export type ReplayedPart =
  /** The policy version's text is not the one that was published. */
  | "policy-version"
  /** Facts, version and day do not give the digest of the input. */
  | "input"
  /** Firm, version, period and input do not give the decision's id: it was moved to another case. */
  | "identity"
  /** The stored answer does not give the digest of the result. */
  | "result"
  /** Facts and stored answer do not give the digest by which the nightly matching knows them. */
  | "answer"
  /** Deciding again gives another answer. */
  | "outcome"
  | "amount"
  | "missing"
  | "trace"
  /** The stored rule cannot be read or decided by this release. */
  | "rule";

/** Decides again. Pure: the clock, the network and today's facts have no part in it. */
export async function replayDecision(record: DecisionRecord, compiled: CompiledPolicy): Promise<Replay> {
  const differences = [...digestDifferences(record, compiled), ...(await answerDifferences(record, compiled))];
  return { decisionId: record.id, equal: differences.length === 0, differences };
}

/** For a version that this release cannot compile: its decisions cannot be replayed, and that is a difference. */
export function unreadableRule({ id }: DecisionRecord, version: PolicyVersion, cause: RulesError): Replay {
  const difference = { part: "rule" as const, at: version.id, stored: version.sha256, recomputed: cause.message };
  return { decisionId: id, equal: false, differences: [difference] };
}

function digestDifferences(record: DecisionRecord, { version, policy }: CompiledPolicy): Difference[] {
  const { firmCode, policyVersionId, period, facts, asOf, outcome, amount, missing, trace, inputSha256 } = record;
  const { document, source } = version;
  const input = digestOf({ facts, policyVersionSha256: version.sha256, asOf });
  return [
    ...compare("policy-version", version.sha256, digestOf({ document, source })),
    ...compare("input", inputSha256, input),
    ...compare("identity", record.id, derivedId("decision", firmCode, policyVersionId, period, inputSha256)),
    ...compare("identity", [record.policyId, period], [policy.id, periodOf(policy.payout.period, asOf)]),
    ...compare("result", record.resultSha256, digestOf({ outcome, amount, missing, trace })),
    ...(record.answerSha256 === "" ? [] : compare("answer", record.answerSha256, answerDigest(record))),
  ];
}

async function answerDifferences(record: DecisionRecord, { policy }: CompiledPolicy): Promise<Difference[]> {
  let again: Decision;
  try {
    again = await decide(policy, record.facts, { asOf: record.asOf });
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    return [{ part: "rule", at: cause.where, stored: record.outcome, recomputed: cause.message }];
  }
  return [
    ...compare("outcome", record.outcome, again.outcome),
    ...compare("amount", record.amount, again.amount),
    ...compare("missing", record.missing, again.missing),
    ...compare("trace", record.trace, again.trace),
  ];
}

function compare(part: ReplayedPart, stored: unknown, recomputed: unknown): Difference[] {
  const difference = firstDifference(stored, recomputed);
  return difference ? [{ part, ...difference }] : [];
}
