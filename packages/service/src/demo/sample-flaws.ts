import type { SampleBody, SampleSize } from "./sample-body.ts";
import { randomFor } from "./sample-random.ts";

/** What departments get wrong about a firm. */
export type SampleFlaw =
  | Readonly<{ kind: "none" }>
  /** A department does not have it, or leaves a cell empty. */
  | Readonly<{ kind: "missing"; what: MissingPart }>
  /** Taxation counts other people than human-resources does. */
  | Readonly<{ kind: "contradiction"; staffOnTaxReturn: number }>
  /** Only an old delivery of human-resources knows the firm. */
  | Readonly<{ kind: "stale" }>
  /** Its row cannot be read. */
  | Readonly<{ kind: "damaged"; row: DamagedRow }>;

const missingParts = ["human-resources", "tax", "layoffRate", "arrears", "revenue", "premium", "abnormal"] as const;
const damagedRows = ["tax-decimals", "tax-separators", "human-resources-words", "human-resources-bounds"] as const;

export type MissingPart = (typeof missingParts)[number];
export type DamagedRow = (typeof damagedRows)[number];

const flawless: SampleFlaw = { kind: "none" };

/** Of a hundred firms eight lack something, two are contradicted and two stale; four rows are damaged. */
export function flawsOf(size: SampleSize, bodies: readonly SampleBody[]): (body: SampleBody) => SampleFlaw {
  const random = randomFor(size.seed, "flaws");
  const order = random.shuffled(bodies);
  const take = (count: number) => order.splice(0, count);
  const share = (hundredths: number) => Math.round((size.count * hundredths) / 100);
  const flaws = new Map<number, SampleFlaw>();
  for (const { number } of take(share(8))) flaws.set(number, { kind: "missing", what: random.pick(missingParts) });
  for (const { number, staff } of take(share(2))) {
    flaws.set(number, { kind: "contradiction", staffOnTaxReturn: staff.yearEnd + random.int(1, 40) });
  }
  for (const { number } of take(share(2))) flaws.set(number, { kind: "stale" });
  if (size.count >= 100) {
    for (const row of damagedRows) for (const { number } of take(1)) flaws.set(number, { kind: "damaged", row });
  }
  return ({ number }) => flaws.get(number) ?? flawless;
}
