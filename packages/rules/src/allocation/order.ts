import Fraction from "fraction.js";
import type { Claim } from "./claim.ts";

/** SHA-256 of a text, in hexadecimal digits. */
export type Sha256 = (text: string) => string;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** First come first served; those of one instant are told apart by their id. */
export function inOrderOfConsent(claims: readonly Claim[]): Claim[] {
  return claims.toSorted((a, b) => byText(a.agreedAt, b.agreedAt) || byText(a.id, b.id));
}

/** The highest number first; equal ones by consent. Who has none comes last: unknown never overtakes. */
export function inOrderOfScore(claims: readonly Claim[]): Claim[] {
  const scored = inOrderOfConsent(claims).map((claim) => ({ claim, score: scoreOf(claim) }));
  return scored
    .toSorted((a, b) => {
      if (!a.score || !b.score) return Number(!a.score) - Number(!b.score);
      return b.score.compare(a.score);
    })
    .map(({ claim }) => claim);
}

function scoreOf({ score }: Claim): Fraction | undefined {
  return score === undefined ? undefined : new Fraction(score);
}

/**
 * Draws lots that anyone can draw again. The seed was fixed before the first consent; every claim
 * goes into every ticket, so that one claim more or less shuffles all anew.
 */
export function inOrderOfLots(claims: readonly Claim[], seed: string, sha256: Sha256): Claim[] {
  const pool = sha256(
    claims
      .map(({ id }) => id)
      .sort()
      .join("\n"),
  );
  const ticketed = claims.map((claim) => ({ claim, ticket: sha256(`${seed}\n${pool}\n${claim.id}`) }));
  return ticketed
    .toSorted((a, b) => byText(a.ticket, b.ticket) || byText(a.claim.id, b.claim.id))
    .map(({ claim }) => claim);
}
