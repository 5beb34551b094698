import { allocate, type Claim, type Fund, scoreOf } from "@apply-free/rules";
import { dayOf } from "../kernel/day.ts";
import { digestOf, sha256 } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import type { Fen } from "../kernel/money.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import type { FundAllocation, PooledClaim } from "./claim-pool.ts";
import type { Award } from "./fund-rules.ts";

/** What an allocation follows from. */
export type Inputs = Readonly<{ claims: readonly Claim[]; fundFen: Fen; seed?: string }>;

/** The claims of a pool, ranked by what was known when each was decided. */
export function claimsOf({ policy }: CompiledPolicy, pool: readonly PooledClaim[]): Claim[] {
  return pool.map(({ owed: { entitlement }, facts, asOf }) => {
    const { id, amountFen } = entitlement;
    if (!("confirmedAt" in entitlement)) throw new Error(`${id} has not agreed to anything`);
    const score = scoreOf(policy, facts, asOf);
    return { id, amountFen, agreedAt: entitlement.confirmedAt.toISOString(), ...(score !== undefined && { score }) };
  });
}

/** Gives a fund out, and writes down everything that it takes to do it again. Pure. */
export function giveOut(
  award: Award,
  { version, policy: { fund } }: CompiledPolicy,
  inputs: Inputs,
  closedOn: FundAllocation["closedOn"],
  allocatedAt: Date,
): FundAllocation {
  if (!fund) throw new Error(`${award.policyId} declares no fund`);
  const result = allocate(fund, inputs.claims, inputs.fundFen, { ...inputs, sha256 });
  return {
    ...award,
    ...inputs,
    id: derivedId("allocation", award.policyId, award.period, award.budgetLine),
    policyVersionId: version.id,
    closedOn,
    result,
    inputsSha256: inputsDigest(version.sha256, inputs),
    resultSha256: resultDigest(result),
    allocatedAt,
  };
}

/** In which part a stored allocation is not what its inputs give; empty when it can be done again. */
export function replayAllocation(stored: FundAllocation, { version, policy }: CompiledPolicy): string[] {
  const { claims, fundFen, seed, inputsSha256, resultSha256, result } = stored;
  const inputs: Inputs = { claims, fundFen, ...(seed !== undefined && { seed }) };
  return [
    ...(inputsDigest(version.sha256, inputs) === inputsSha256 ? [] : ["inputs"]),
    ...(resultDigest(result) === resultSha256 ? [] : ["result"]),
    ...(resultDigest(again(policy.fund, inputs)) === resultSha256 ? [] : ["shares"]),
    ...(claims.some(({ agreedAt }) => dayOf(new Date(agreedAt)) > stored.closedOn) ? ["window"] : []),
  ];
}

/** A fund or seed that cannot be given out again is a difference, not a crash. */
function again(fund: Fund | undefined, inputs: Inputs): FundAllocation["result"] {
  try {
    if (fund) return allocate(fund, inputs.claims, inputs.fundFen, { ...inputs, sha256 });
  } catch {
    // told below by another digest
  }
  return { shares: [], leftFen: -1n };
}

function inputsDigest(policyVersionSha256: string, { claims, fundFen, seed }: Inputs): string {
  const ordered = claims.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const written = ordered.map((claim) => ({ ...claim, amountFen: String(claim.amountFen) }));
  return digestOf({ policyVersionSha256, claims: written, fundFen: String(fundFen), seed: seed ?? null });
}

function resultDigest({ shares, leftFen }: FundAllocation["result"]): string {
  const written = shares.map(({ id, allottedFen, place }) => ({ id, allottedFen: String(allottedFen), place }));
  return digestOf({ shares: written, leftFen: String(leftFen) });
}
