import type { Bilingual } from "../json.ts";

/** What one firm asks of a fund that is given out to all at once. */
export type Claim = Readonly<{
  id: string;
  amountFen: bigint;
  /** Instant of consent, ISO 8601 in UTC. */
  agreedAt: string;
  /** For `ranked`: the number that the published formula gives, exact (`93.5`, `1/3`); absent when facts are missing. */
  score?: string;
}>;

/** What became of a claim, and why. */
export type Share = Readonly<{
  id: string;
  /** 0 when the fund does not reach it. */
  allottedFen: bigint;
  /** Place in the public order, from 1; also the place on the waiting list. */
  place: number;
  because: Bilingual;
}>;

export type Allocation = Readonly<{
  /** One for each claim, in order of place. */
  shares: readonly Share[];
  /** What nobody got. */
  leftFen: bigint;
}>;
