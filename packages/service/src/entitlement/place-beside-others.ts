import type { Match } from "../matching/match.ts";
import { type Beneficiary, isAgreed, isOfAward, mayBeOffered } from "./beneficiary.ts";
import type { Entitlement } from "./entitlement.ts";
import type { Versioned } from "./entitlement-store.ts";
import { awardsAskedFor, type Placed, placeAwards } from "./firm-bundle.ts";
import type { PolicyRelations } from "./policy-relations.ts";
import type { StackingStore, StackingTerms } from "./stacking-terms.ts";

/** Awards that the firm may still be offered, as the rules of all policies leave them; by `policy|period`. */
export async function placeBesideOthers(
  { stacking }: Readonly<{ stacking: Pick<StackingStore, "agreedFor"> }>,
  matches: readonly Match[],
  beneficiary: Beneficiary,
  relations: PolicyRelations,
): Promise<ReadonlyMap<string, Placed>> {
  const { own, inherited, ofGroup, forebears, terms } = beneficiary;
  const isAnswered = ({ entitlement: { status } }: Versioned) => status !== "offered" && status !== "withdrawn";
  const open = matches.filter((match) => {
    return mayBeOffered(match, beneficiary) && !own.filter(isOfAward(match)).some(isAnswered);
  });
  const awards = awardsAskedFor(open, relations);
  const [first] = matches;
  if (awards.length === 0 || !first) return new Map();
  const agreedIn = (held: readonly Versioned[]) => held.map(({ entitlement }) => entitlement).filter(isAgreed);
  const objects = awards.flatMap(({ shares = [] }) => shares.flatMap((share) => share.objects));
  const line = [first.stored.firmCode, ...forebears];
  const elsewhere = (await stacking.agreedFor(objects)).filter(({ firmCode }) => !line.includes(firmCode));
  const agreed = { own: agreedIn([...own, ...inherited]), ofGroup: agreedIn(ofGroup), terms, elsewhere };
  return placeAwards(awards, matches, agreed, relations);
}

/** What an offer comes to beside others is told with it, and stays as agreed to. */
export async function keepTerms(
  { stacking }: Readonly<{ stacking: Pick<StackingStore, "put" | "drop"> }>,
  { id: entitlementId }: Entitlement,
  place: Placed | undefined,
  { terms, forebears }: Beneficiary,
): Promise<void> {
  const known = terms.get(entitlementId);
  if (place?.kind !== "offered") {
    if (known) await stacking.drop(entitlementId);
    return;
  }
  const placed = { ...place.terms, entitlementId, forebears };
  if (!known || textOf(known) !== textOf(placed)) await stacking.put(placed);
}

/** The same text for the same terms. */
function textOf({ askedFen, grantedFen, shares, reasons, choices, forebears, isProposed }: StackingTerms): string {
  const sentences = [...reasons, ...choices].map(({ zh, en }) => [zh, en]);
  const parts = shares.map(({ objects, fen, askedFen: asked }) => [
    objects.map(({ kind, id }) => [kind, id]),
    `${fen}`,
    `${asked}`,
  ]);
  return JSON.stringify([`${askedFen}`, `${grantedFen}`, parts, sentences, forebears, isProposed]);
}
