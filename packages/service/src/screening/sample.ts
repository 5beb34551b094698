/** Up to this many rows a delivery is looked at whole. */
const WHOLE = 50_000;

/** Which firms stand for all in comparing two deliveries. */
export type Sample = Readonly<{ lastCharacter?: string }>;

/**
 * Of a large delivery the firms whose credit code ends alike: its last character is a check digit
 * over 31 characters, so they are one in 31 and no kind of firm is preferred. Source: GB 32100-2015.
 */
export function sampleOf(rows: number): Sample {
  return rows <= WHOLE ? {} : { lastCharacter: "7" };
}

export function isInSample(firmCode: string, { lastCharacter }: Sample): boolean {
  return lastCharacter === undefined || firmCode.endsWith(lastCharacter);
}
