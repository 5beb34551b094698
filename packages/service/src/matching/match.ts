import { decide, type Profile } from "@apply-free/rules";
import type { Clock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { answerDigest } from "./answer-digest.ts";
import { type DecisionDigest, periodOf, type StoredDecision } from "./decision.ts";

export const ENGINE = "apply-free-rules/1";

/** One answer of a run. `isNew` = it says something that the newest stored one did not. */
export type Match = Readonly<{
  stored: StoredDecision;
  compiled: CompiledPolicy;
  isNew: boolean;
  /** Registration status (登记状态), whether or not the policy asks for it. */
  firmStatus: string | undefined;
}>;

/**
 * Decides one firm under one policy and makes the record of it. Pure: same facts, same day, same
 * version give the same record with the same id.
 */
export async function matchFirm(
  compiled: CompiledPolicy,
  firmCode: string,
  profile: Profile,
  run: Readonly<{ id: string; asOf: Day }>,
  clock: Clock,
  latest: ReadonlyMap<string, DecisionDigest>,
): Promise<Match> {
  const { policy, version, needs } = compiled;
  const facts = restrictTo(profile, needs);
  const decision = await decide(policy, facts, { asOf: run.asOf });
  const period = periodOf(policy.payout.period, run.asOf);
  const newest = latest.get(decisionKey(firmCode, version.id, period));
  const { outcome, amount, missing, trace } = decision;
  const answerSha256 = answerDigest({ outcome, amount, missing, facts });
  const isNew = newest?.answerSha256 !== answerSha256;
  const inputSha256 = digestOf({ facts, policyVersionSha256: version.sha256, asOf: run.asOf });
  const stored: StoredDecision = {
    id: isNew || !newest ? derivedId("decision", firmCode, version.id, period, inputSha256) : newest.id,
    answerSha256,
    firmCode,
    policyId: policy.id,
    policyVersionId: version.id,
    runId: run.id,
    period,
    asOf: run.asOf,
    decision,
    facts,
    inputSha256,
    // Of the decision that is stored under this id: the day in a trace goes on, the stored one does not.
    resultSha256: isNew || !newest ? digestOf({ outcome, amount, missing, trace }) : newest.resultSha256,
    engine: ENGINE,
    decidedAt: clock.now(),
  };
  return { stored, compiled, isNew, firmStatus: statusIn(profile) };
}

function statusIn(profile: Profile): string | undefined {
  const status = profile["ent.status"];
  return status?.state === "known" && typeof status.value === "string" ? status.value : undefined;
}

export function decisionKey(firmCode: string, policyVersionId: string, period: string): string {
  return `${firmCode}|${policyVersionId}|${period}`;
}

/** Stores no more about a firm than its policy looks at; a needed fact nobody delivered is listed as such. */
function restrictTo(profile: Profile, needed: readonly string[]): Profile {
  const kept: Record<string, Profile[string]> = Object.create(null);
  for (const id of needed) kept[id] = profile[id] ?? { state: "unknown", reason: "not-obtained" };
  return kept;
}
