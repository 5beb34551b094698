/** Up to this many firms a delivery is looked at whole. */
export const WHOLE = 50_000;

/** Which firms stand for all in comparing two deliveries: those whose credit code ends so. */
export type Sample = Readonly<{ ending: string; ofEvery: number }>;

/**
 * Of a large delivery the firms whose credit code ends alike: its last character is a check digit
 * over 31 characters, so they are one in 31 and no kind of firm is preferred; the one before it is the check
 * digit of the organisation's own code, over 11. Source: GB 32100-2015, GB 11714-1997.
 */
const samples: readonly Sample[] = [
  { ending: "", ofEvery: 1 },
  { ending: "7", ofEvery: 31 },
  { ending: "37", ofEvery: 31 * 11 },
];

/** @param firms as many as the larger of two deliveries speaks of */
export function sampleOf(firms: number): Sample {
  return samples.find(({ ofEvery }) => firms <= WHOLE * ofEvery) ?? narrowest;
}

const narrowest = samples.at(-1) as Sample;

/** The next smaller sample, or the same when there is none. */
export function narrower({ ofEvery }: Sample): Sample {
  return samples.find((each) => each.ofEvery > ofEvery) ?? narrowest;
}

export function isInSample(firmCode: string, { ending }: Sample): boolean {
  return firmCode.endsWith(ending);
}
