import { type AwardParts, isWholeAward, type PartClaim, partsOfAward } from "../entitlement/award-part.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import { dayOf } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  awardParts: Pick<AwardParts, "planOf" | "put" | "resultOf">;
  journal: Journal;
}>;

/** What is agreed to as one: an award paid in one sum, or one part. `waits`: for the money of a later year. */
export type Claim = Versioned & Readonly<{ waits: boolean }>;

/**
 * Replaces each award that is paid in parts by its parts, in the order of their days. The calendar runs
 * from the day of the consent, and is fixed with it.
 */
export async function intoParts(
  stores: Stores,
  open: readonly Versioned[],
  actor: string,
  at: Date,
): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const versioned of open) {
    const { entitlement } = versioned;
    const plan = isWholeAward(entitlement) ? await stores.awardParts.planOf(entitlement.policyVersionId) : undefined;
    const parts = plan ? partsOfAward(entitlement, plan, dayOf(at)) : [];
    if (parts.length === 0) claims.push({ ...versioned, waits: false });
    else claims.push(...(await writeParts(stores, versioned, parts, actor, at)));
  }
  return claims;
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
