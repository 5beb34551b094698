import {
  type AwardParts,
  isWholeAward,
  type PartClaim,
  partsByPlace,
  partsOfAward,
} from "../entitlement/award-part.ts";
import type { Destinations, Elsewhere } from "../entitlement/destination.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import { dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  awardParts: Pick<AwardParts, "planOf" | "put" | "resultOf">;
  destinations: Destinations;
  journal: Journal;
}>;

/**
 * What is agreed to as one: an award paid in one sum, or one part. `waits`: for the money of a later year.
 * `elsewhere`: id of the number that it goes to; absent: the firm's own account.
 */
export type Claim = Versioned & Readonly<{ waits: boolean; elsewhere?: string }>;

/**
 * Replaces each award that is paid in parts by its parts: in the order of their days, or one for each loan.
 * The calendar runs from the day of the consent, and is fixed with it.
 *
 * @throws DomainError account-missing: it goes to no account, and where it goes is not known exactly
 */
export async function intoParts(
  stores: Stores,
  open: readonly Versioned[],
  actor: string,
  at: Date,
): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const versioned of open) claims.push(...(await partsOf(stores, versioned, actor, at)));
  return claims;
}

async function partsOf(stores: Stores, award: Versioned, actor: string, at: Date): Promise<readonly Claim[]> {
  const { entitlement } = award;
  const places = await placesOf(stores, award, at);
  if (places.length > 1) {
    const amountsFen = places.map(({ fen }) => fen);
    const parts = partsByPlace(entitlement, amountsFen, dayOf(at));
    const claims = await writeParts(stores, award, parts, actor, at);
    return claims.map((claim, nth) => ({ ...claim, ...places[nth]?.claim }));
  }
  const plan = isWholeAward(entitlement) ? await stores.awardParts.planOf(entitlement.policyVersionId) : undefined;
  const parts = plan ? partsOfAward(entitlement, plan, dayOf(at)) : [];
  const claims = parts.length === 0 ? [{ ...award, waits: false }] : await writeParts(stores, award, parts, actor, at);
  return claims.map((claim) => ({ ...claim, ...places[0]?.claim }));
}

type Placed = Readonly<{ fen: Elsewhere["fen"]; claim: Readonly<{ elsewhere: string }> }>;

async function placesOf({ destinations }: Stores, { entitlement }: Versioned, at: Date): Promise<readonly Placed[]> {
  const { channel, places = [] } = await destinations.of(entitlement);
  if (channel === undefined) return [];
  if (places.length === 0) {
    throw new DomainError(
      "account-missing",
      "还不清楚这项补贴应当计入哪个户号或贷款，请稍后再试或联系经办部门。It is not known yet which bill or loan this benefit goes to; try again later or ask the office.",
      { id: entitlement.id },
    );
  }
  const placed: Placed[] = [];
  for (const place of places) {
    const elsewhere = await destinations.accountAt(entitlement.firmCode, place, at);
    placed.push({ fen: place.fen, claim: { elsewhere } });
  }
  return placed;
}

async function writeParts(
  stores: Stores,
  award: Versioned,
  parts: readonly PartClaim[],
  actor: string,
  at: Date,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const { entitlement, part, waits } of parts) {
    const rowVersion = part.part === 1 ? award.rowVersion : await offerPart(stores, entitlement, actor, at);
    claims.push({ entitlement, rowVersion, waits });
  }
  await stores.awardParts.put(parts.map(({ part }) => part));
  return claims;
}

/** A part that fell away with its award is offered again with it. */
async function offerPart(
  { entitlements, awardParts, journal }: Stores,
  part: Versioned["entitlement"],
  actor: string,
  at: Date,
): Promise<number> {
  const { id: subject, firmCode, policyId, period, decisionId, amountFen } = part;
  const earlier = await entitlements.find(firmCode, policyId, period);
  if (earlier) await entitlements.save(part, earlier.rowVersion);
  else await entitlements.insert(part);
  const resultSha256 = await awardParts.resultOf(decisionId);
  const payload = { decisionId, resultSha256, amountFen: String(amountFen) };
  await journal.append({ type: "entitlement-offered", subject, actor, at, payload });
  return earlier ? earlier.rowVersion + 1 : 1;
}
