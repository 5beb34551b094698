import type { Amount } from "@apply-free/rules";
import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import type { Match } from "../matching/match.ts";
import { hasCeased } from "./ceased.ts";
import { type Entitlement, type EntitlementStatus, FUND_SHORT, type Grant, withdraw } from "./entitlement.ts";
import type { EntitlementStore, Versioned } from "./entitlement-store.ts";
import { restsOnExpiryAlone } from "./expired-policy.ts";

export type OfferStores = Readonly<{ entitlements: EntitlementStore; journal: Journal }>;

/** What a firm has been offered so far, and what its forebears have. */
export type Beneficiary = Readonly<{
  /** Nothing is offered to a code that may be nobody's. */
  isConfirmed: boolean;
  own: readonly Versioned[];
  inherited: readonly Versioned[];
}>;

export type OfferChange = Readonly<{
  kind: "offered" | "amount-changed" | "withdrawn";
  entitlement: Entitlement;
  match: Match;
}>;

/**
 * Brings what a firm is offered in line with the newest decisions: offers what it is entitled to,
 * corrects amounts nobody has agreed to yet, withdraws what no longer holds. What a firm has agreed
 * to is looked at again when its payment is drafted; what is paid is a recovery case with a hearing.
 */
export async function alignOffers(
  stores: OfferStores,
  matches: readonly Match[],
  beneficiary: Beneficiary,
  now: Date,
): Promise<OfferChange[]> {
  const changes: OfferChange[] = [];
  const relevant = matches.filter(({ isNew, stored }) => isNew || stored.decision.outcome === "eligible");
  for (const match of relevant) {
    const change = await alignOne(stores, match, beneficiary, now);
    if (change) changes.push(change);
  }
  return changes;
}

async function alignOne(
  stores: OfferStores,
  match: Match,
  { isConfirmed, own, inherited }: Beneficiary,
  now: Date,
): Promise<OfferChange | undefined> {
  const { policyId, period, decision } = match.stored;
  const isOfThisAward = ({ entitlement }: Versioned) =>
    entitlement.policyId === policyId && entitlement.period === period;
  // What is not known today takes nothing away: the offer stands, and money waits until it is known.
  if (decision.outcome === "undetermined") return undefined;
  const current = own.find(isOfThisAward);
  // Who became another subject in the middle of a period is granted its award once.
  const isGranted = inherited.filter(isOfThisAward).some(({ entitlement }) => agreed.has(entitlement.status));
  const isEligible = isConfirmed && decision.outcome === "eligible" && match.compiled.isOffered;
  const isOwed = isEligible && !hasCeased(match.firmStatus) && !isGranted;
  const amountFen = isOwed ? payable(decision.amount) : undefined;
  if (amountFen === undefined) return current && withdrawOne(stores, current, match, now);
  if (!current) return offerNew(stores, match, amountFen, now);
  const { entitlement } = current;
  // Told no by the fund's own rule: not asked again about the same award.
  if (entitlement.status === "withdrawn" && entitlement.closedReason === FUND_SHORT) return undefined;
  if (entitlement.status === "withdrawn") return reoffer(stores, current, match, amountFen, now);
  if (entitlement.status === "offered" && entitlement.amountFen !== amountFen) {
    return reoffer(stores, current, match, amountFen, now);
  }
  return undefined;
}

const agreed: ReadonlySet<EntitlementStatus> = new Set(["confirmed", "waitlisted", "paid", "received"]);

/** Only an exact amount above zero can be offered; a range or an unknown waits for its facts. */
function payable(amount: Amount): bigint | undefined {
  return amount.kind === "exact" && BigInt(amount.fen) > 0n ? BigInt(amount.fen) : undefined;
}

async function offerNew(stores: OfferStores, match: Match, amountFen: bigint, now: Date): Promise<OfferChange> {
  const entitlement: Entitlement = { ...grant(match, amountFen, now), status: "offered" };
  await stores.entitlements.insert(entitlement);
  await recordOffer(stores, match, entitlement, now);
  return { kind: "offered", entitlement, match };
}

async function reoffer(
  stores: OfferStores,
  { entitlement, rowVersion }: Versioned,
  match: Match,
  amountFen: bigint,
  now: Date,
): Promise<OfferChange> {
  const changed: Entitlement = { ...grant(match, amountFen, now), status: "offered" };
  await stores.entitlements.save(changed, rowVersion);
  await recordOffer(stores, match, changed, now, entitlement.amountFen);
  return { kind: entitlement.status === "offered" ? "amount-changed" : "offered", entitlement: changed, match };
}

async function withdrawOne(
  stores: OfferStores,
  { entitlement, rowVersion }: Versioned,
  match: Match,
  now: Date,
): Promise<OfferChange | undefined> {
  if (entitlement.status !== "offered" && entitlement.status !== "waitlisted") return undefined;
  const { decision, id } = match.stored;
  // Who agreed in time goes on waiting when the policy has ended, unless the firm has.
  const isKept = decision.outcome === "ineligible" && restsOnExpiryAlone(decision.trace);
  if (entitlement.status === "waitlisted" && isKept && !hasCeased(match.firmStatus)) return undefined;
  const reason = hasCeased(match.firmStatus) ? `firm status: ${match.firmStatus}` : reasonOf(decision.outcome);
  const withdrawn = withdraw(entitlement, reason, now);
  await stores.entitlements.save(withdrawn, rowVersion);
  const payload = { decisionId: id, reason };
  await stores.journal.append({
    type: "entitlement-withdrawn",
    subject: entitlement.id,
    actor: "system:matching",
    at: now,
    payload,
  });
  return { kind: "withdrawn", entitlement: withdrawn, match };
}

function reasonOf(outcome: string): string {
  return outcome === "eligible" ? "nothing more is due" : outcome;
}

function grant({ stored, compiled }: Match, amountFen: bigint, now: Date): Grant {
  const { firmCode, policyId, policyVersionId, period, id: decisionId } = stored;
  const { budgetLine, confirmWithinDays } = compiled.policy.payout;
  return {
    id: derivedId("entitlement", firmCode, policyId, period),
    firmCode,
    policyId,
    policyVersionId,
    period,
    decisionId,
    budgetLine,
    amountFen: fen(amountFen),
    offeredAt: now,
    // The day of the offer is not counted, and the last day counts whole (民法典 §§201, 203).
    confirmBefore: startOfDay(addDays(dayOf(now), confirmWithinDays + 1)),
    remindersSent: 0,
  };
}

function recordOffer(
  { journal }: OfferStores,
  { stored }: Match,
  { id, amountFen }: Entitlement,
  at: Date,
  superseded?: bigint,
) {
  const { id: decisionId, resultSha256 } = stored;
  const payload = { decisionId, resultSha256, amountFen: String(amountFen) };
  return journal.append({
    type: "entitlement-offered",
    subject: id,
    actor: "system:matching",
    at,
    payload: superseded === undefined ? payload : { ...payload, supersededFen: String(superseded) },
  });
}
