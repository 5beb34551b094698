import type { Offer } from "./benefit.ts";

/** An offer by itself, or several of which the firm takes one or none, the proposed first. */
export type OfferGroup = readonly [Offer, ...Offer[]];

/**
 * Puts together what excludes each other. Offers of one choice carry the same sentences, one for each side; where a
 * side is more than one offer, or one of them is answered already, the sentences alone have to do.
 */
export function groupExclusive(offers: readonly Offer[]): readonly OfferGroup[] {
  const byChoice = Map.groupBy(offers, ({ beside }) => JSON.stringify(beside?.choices ?? []));
  const groups = new Map<string, OfferGroup>();
  for (const offer of offers) {
    const choices = offer.beside?.choices ?? [];
    const key = JSON.stringify(choices);
    const members = byChoice.get(key) ?? [];
    const isWhole = members.length > 1 && members.length === choices.length;
    const [proposed, ...more] = members.filter(({ beside }) => beside?.isProposed);
    if (!isWhole || !proposed || more.length > 0) groups.set(offer.id, [offer]);
    else groups.set(key, [proposed, ...members.filter((each) => each !== proposed)]);
  }
  return [...groups.values()];
}
