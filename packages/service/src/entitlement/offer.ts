import { type Amount, destinationsOf } from "@apply-free/rules";
import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import type { Match } from "../matching/match.ts";
import { type Beneficiary, isOfAward, mayBeOffered } from "./beneficiary.ts";
import { hasCeased } from "./ceased.ts";
import { type Entitlement, FUND_SHORT, type Grant, withdraw } from "./entitlement.ts";
import type { EntitlementStore, Versioned } from "./entitlement-store.ts";
import { restsOnExpiryAlone } from "./expired-policy.ts";
import { keyOfMatch, type Placed } from "./firm-bundle.ts";
import { type LineSuccession, type LineSuccessions, lineForNewOffers } from "./line-for-offers.ts";
import { keepTerms, placeBesideOthers } from "./place-beside-others.ts";
import type { PolicyRelations } from "./policy-relations.ts";
import type { StackingStore } from "./stacking-terms.ts";

export type OfferStores = Readonly<{
  entitlements: EntitlementStore;
  stacking: Pick<StackingStore, "of" | "put" | "drop" | "agreedFor">;
  lineSuccessions: LineSuccessions;
  journal: Journal;
}>;

/** When offers are made, and what has become of the lines that policies name. */
export type OfferDay = Readonly<{ now: Date; successions: readonly LineSuccession[] }>;

export type OfferChange = Readonly<{
  kind: "offered" | "amount-changed" | "withdrawn";
  entitlement: Entitlement;
  match: Match;
  /** It stands beside what else is offered; `false`: the firm may take it instead of something larger. */
  isProposed: boolean;
}>;

/**
 * Brings what a firm is offered in line with the newest decisions: offers what it is entitled to,
 * corrects amounts nobody has agreed to yet, withdraws what no longer holds. Where policies speak of
 * each other, what they give together is offered, and of what excludes each other each one, so that
 * the firm may choose. What a firm has agreed to is looked at again when its payment is drafted; what
 * is paid is a recovery case with a hearing.
 */
export async function alignOffers(
  stores: OfferStores,
  matches: readonly Match[],
  beneficiary: Beneficiary,
  relations: PolicyRelations,
  day: OfferDay,
): Promise<OfferChange[]> {
  const placed = await placeBesideOthers(stores, matches, beneficiary, relations);
  const changes: OfferChange[] = [];
  const relevant = matches.filter((match) => {
    return match.isNew || match.stored.decision.outcome === "eligible" || placed.has(keyOfMatch(match));
  });
  for (const match of relevant) {
    const change = await alignOne(stores, match, beneficiary, placed.get(keyOfMatch(match)), day);
    if (change) changes.push(change);
  }
  return changes;
}

async function alignOne(
  stores: OfferStores,
  match: Match,
  beneficiary: Beneficiary,
  place: Placed | undefined,
  day: OfferDay,
): Promise<OfferChange | undefined> {
  const { decision } = match.stored;
  // What is not known today takes nothing away: the offer stands, and money waits until it is known.
  if (decision.outcome === "undetermined") return undefined;
  const current = beneficiary.own.find(isOfAward(match));
  const isOwed = decision.outcome === "eligible" && mayBeOffered(match, beneficiary);
  const alone = isOwed ? payable(decision.amount) : undefined;
  if (alone !== undefined && (place?.kind === "wait" || !hasPlace(match, alone))) return undefined;
  const amountFen = place?.kind === "offered" && alone !== undefined ? place.terms.grantedFen : alone;
  const reason = place?.kind === "none" ? place.reason : undefined;
  if (amountFen === undefined || reason !== undefined)
    return current && withdrawOne(stores, current, match, day.now, reason);
  const change = await offerOne(
    stores,
    match,
    current,
    { amountFen, isOther: isOther(current, alone, amountFen, beneficiary) },
    day,
  );
  const offered = change?.entitlement ?? current?.entitlement;
  if (offered?.status === "offered") await keepTerms(stores, offered, place, beneficiary);
  const isProposed = place?.kind !== "offered" || place.terms.isProposed;
  return change && { ...change, isProposed };
}

async function offerOne(
  stores: OfferStores,
  match: Match,
  current: Versioned | undefined,
  { amountFen, isOther }: Readonly<{ amountFen: bigint; isOther: boolean }>,
  day: OfferDay,
): Promise<OfferChange | undefined> {
  if (!current) return offerNew(stores, match, amountFen, day);
  const { entitlement } = current;
  // Told no by the fund's own rule: not asked again about the same award.
  if (entitlement.status === "withdrawn" && entitlement.closedReason === FUND_SHORT) return undefined;
  if (!isOther && entitlement.status !== "withdrawn") return undefined;
  return reoffer(stores, current, match, amountFen, day);
}

/** An offer rests on the decision that says what its policy alone gives, also where less of that is left. */
function isOther(
  current: Versioned | undefined,
  aloneFen: bigint | undefined,
  amountFen: bigint,
  { terms }: Beneficiary,
): boolean {
  if (current?.entitlement.status !== "offered") return false;
  const { id, amountFen: wasFen } = current.entitlement;
  return wasFen !== amountFen || (terms.get(id)?.askedFen ?? wasFen) !== aloneFen;
}

/** What goes to a bill or a loan is offered once it is known to which. */
function hasPlace({ stored: { facts, asOf }, compiled: { policy } }: Match, amountFen: bigint): boolean {
  return destinationsOf(policy, facts, asOf, amountFen) !== undefined;
}

/** Only an exact amount above zero can be offered; a range or an unknown waits for its facts. */
function payable(amount: Amount): bigint | undefined {
  return amount.kind === "exact" && BigInt(amount.fen) > 0n ? BigInt(amount.fen) : undefined;
}

async function offerNew(stores: OfferStores, match: Match, amountFen: bigint, day: OfferDay): Promise<OfferChange> {
  const entitlement: Entitlement = { ...grant(match, amountFen, day), status: "offered" };
  await stores.entitlements.insert(entitlement);
  await recordOffer(stores, match, entitlement, day.now);
  return { kind: "offered", entitlement, match, isProposed: true };
}

async function reoffer(
  stores: OfferStores,
  { entitlement, rowVersion }: Versioned,
  match: Match,
  amountFen: bigint,
  day: OfferDay,
): Promise<OfferChange> {
  const changed: Entitlement = { ...grant(match, amountFen, day), status: "offered" };
  await stores.entitlements.save(changed, rowVersion);
  await recordOffer(stores, match, changed, day.now, entitlement.amountFen);
  return {
    kind: entitlement.status === "offered" ? "amount-changed" : "offered",
    entitlement: changed,
    match,
    isProposed: true,
  };
}

async function withdrawOne(
  stores: OfferStores,
  { entitlement, rowVersion }: Versioned,
  match: Match,
  now: Date,
  besideOthers?: string,
): Promise<OfferChange | undefined> {
  if (entitlement.status !== "offered" && entitlement.status !== "waitlisted") return undefined;
  const { decision, id } = match.stored;
  // Who agreed in time goes on waiting when the policy has ended, unless the firm has.
  const isKept = decision.outcome === "ineligible" && restsOnExpiryAlone(decision.trace) && besideOthers === undefined;
  if (entitlement.status === "waitlisted" && isKept && !hasCeased(match.firmStatus)) return undefined;
  const alone = hasCeased(match.firmStatus) ? `firm status: ${match.firmStatus}` : reasonOf(decision.outcome);
  const reason = besideOthers ?? alone;
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
  return { kind: "withdrawn", entitlement: withdrawn, match, isProposed: false };
}

function reasonOf(outcome: string): string {
  return outcome === "eligible" ? "nothing more is due" : outcome;
}

function grant({ stored, compiled }: Match, amountFen: bigint, { now, successions }: OfferDay): Grant {
  const { firmCode, policyId, policyVersionId, period, id: decisionId } = stored;
  const { budgetLine, confirmWithinDays } = compiled.policy.payout;
  return {
    id: derivedId("entitlement", firmCode, policyId, period),
    firmCode,
    policyId,
    policyVersionId,
    period,
    decisionId,
    budgetLine: lineForNewOffers(budgetLine, successions),
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
