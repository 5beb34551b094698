import { closingDay, type FundShare, isWindowed, type WindowedFund } from "@apply-free/rules";
import { admit, allot, type Entitlement, FUND_SHORT, keepPlace, withdraw } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { addDays, type Day, startOfDay } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { BudgetStore } from "./budget-store.ts";
import type { ClaimPools, FundAllocation } from "./claim-pool.ts";
import type { Award } from "./fund-rules.ts";
import { claimsOf, giveOut } from "./give-out.ts";
import { type Move, reservation, reservationKey } from "./posting.ts";

type Stores = Readonly<{
  policyVersions: Pick<PolicyVersionStore, "listLatest">;
  claimPools: ClaimPools;
  entitlements: EntitlementStore;
  budget: Pick<BudgetStore, "lock" | "move">;
  journal: Journal;
}>;
export type AllocateDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock; compiled: CompiledPolicies }>;

export type Allocated = Readonly<{ served: number; waiting: number; turnedAway: number }>;

/**
 * Gives out every fund whose window has closed, once, by the rule that its policy declares. A lottery
 * waits until its seed is told. Running again adds nothing.
 */
export async function allocateFunds(deps: AllocateDeps): Promise<Allocated> {
  const { transaction, clock, compiled } = deps;
  const due = await transaction(async ({ policyVersions, claimPools }) => {
    const found: Due[] = [];
    for (const version of await policyVersions.listLatest()) {
      const policy = compiled.get(version);
      const { fund } = policy.policy;
      if (!isWindowed(fund)) continue;
      for (const award of await claimPools.openAwards(version.policyId)) {
        const closedOn = closingDay(fund, award.period) as Day;
        if (closedOn < today(clock)) found.push({ award, policy, fund, closedOn });
      }
    }
    return found;
  });
  const totals = { served: 0, waiting: 0, turnedAway: 0 };
  for (const each of due) {
    const { served, waiting, turnedAway } = await allocateOne(deps, each);
    totals.served += served;
    totals.waiting += waiting;
    totals.turnedAway += turnedAway;
  }
  return totals;
}

type Due = Readonly<{ award: Award; policy: CompiledPolicy; fund: WindowedFund; closedOn: Day }>;
const none: Allocated = { served: 0, waiting: 0, turnedAway: 0 };

function allocateOne({ transaction, clock }: AllocateDeps, { award, policy, fund, closedOn }: Due): Promise<Allocated> {
  return transaction(async (stores) => {
    const { claimPools, budget } = stores;
    const pool = await claimPools.lock(award, startOfDay(addDays(closedOn, 1)));
    const told = await claimPools.seedOf(policy.version.id, award.period);
    if (pool.length === 0 || (fund.rule === "lottery" && !told)) return none;
    // Many firms and one fund are decided together, so the line is locked before it is looked at.
    const { availableFen } = await budget.lock(award.budgetLine);
    const at = clock.now();
    const inputs = { claims: claimsOf(policy, pool), fundFen: availableFen, ...(told && { seed: told.seed }) };
    const allocation = giveOut(award, policy, inputs, closedOn, at);
    if ((await claimPools.insert(allocation)) === "already") return none;
    await recordAllocation(stores, allocation, fund);
    const owed = new Map(pool.map((each) => [each.owed.entitlement.id, each.owed]));
    const moves: Move[] = [];
    const outcomes: Outcome["kind"][] = [];
    for (const share of allocation.result.shares) {
      const outcome = await applyShare(stores, owed, share, fund, at);
      outcomes.push(outcome.kind);
      if (outcome.kind === "served") moves.push(outcome.move);
    }
    await budget.move(moves, at);
    const count = (kind: Outcome["kind"]) => outcomes.filter((each) => each === kind).length;
    return { served: count("served"), waiting: count("waiting"), turnedAway: count("turned-away") };
  });
}

async function recordAllocation({ journal }: Stores, allocation: FundAllocation, { rule }: WindowedFund) {
  const { id: subject, policyId, period, inputsSha256, resultSha256, fundFen, result, allocatedAt: at } = allocation;
  const served = result.shares.filter(({ allottedFen }) => allottedFen > 0n).length;
  const money = { fundFen: String(fundFen), leftFen: String(result.leftFen) };
  const payload = {
    policyId,
    period,
    rule,
    claims: result.shares.length,
    served,
    ...money,
    inputsSha256,
    resultSha256,
  };
  await journal.append({ type: "fund-allocated", subject, actor: "system:budget", at, payload });
}

type Outcome = Readonly<{ kind: "served"; move: Move } | { kind: "waiting" | "turned-away" }>;

async function applyShare(
  { entitlements, journal }: Stores,
  owed: ReadonlyMap<string, Versioned>,
  { id, allottedFen, place }: FundShare,
  { whenShort }: WindowedFund,
  at: Date,
): Promise<Outcome> {
  const found = owed.get(id);
  if (found?.entitlement.status !== "waitlisted") throw new Error(`${id} was given a share it did not ask for`);
  const { entitlement, rowVersion } = found;
  const save = (changed: Entitlement) => entitlements.save(changed, rowVersion);
  const actor = "system:budget";
  if (allottedFen > 0n) {
    const amountFen = fen(allottedFen);
    await save(admit(allot(entitlement, amountFen)));
    const payload = { amountFen: String(amountFen) };
    await journal.append({ type: "entitlement-admitted", subject: id, actor, at, payload });
    const { budgetLine: line, consentId } = entitlement;
    return { kind: "served", move: reservation({ line, amountFen }, reservationKey(id, consentId)) };
  }
  if (whenShort === "waiting-list") {
    await save(keepPlace(entitlement, place));
    return { kind: "waiting" };
  }
  await save(withdraw(entitlement, FUND_SHORT, at));
  const payload = { decisionId: entitlement.decisionId, reason: FUND_SHORT };
  await journal.append({ type: "entitlement-withdrawn", subject: id, actor, at, payload });
  return { kind: "turned-away" };
}
