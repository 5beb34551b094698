import { unreachable } from "../kernel/errors.ts";
import { renamedFirm, type SampleFirm } from "./sample-firms.ts";
import { randomFor } from "./sample-random.ts";

/** How a firm answers its offers in a story that nobody plays by hand. */
export type SampleBehaviour = Readonly<{
  /** decline-one: confirms all but the smallest of several offers, or declines its only one. */
  answer: "confirm-all" | "decline-one" | "decline-all" | "ignore";
  /** Days between offer and answer. */
  answerAfterDays: number;
  /** Days between booking and 到账确认; absent: it never says so. */
  receiptAfterDays?: number;
}>;

/** One script per firm (credit code → script), from the seed. The renamed firm surely confirms. */
export function sampleBehaviour(seed: number, firms: readonly SampleFirm[]): ReadonlyMap<string, SampleBehaviour> {
  const renamed = renamedFirm(firms);
  return new Map(firms.map((firm) => [firm.code, firm === renamed ? keen : behaviourOf(seed, firm)]));
}

// It says so only when the money is there, and the first time it does not come.
const keen: SampleBehaviour = { answer: "confirm-all", answerAfterDays: 1, receiptAfterDays: 3 };

function behaviourOf(seed: number, { number }: SampleFirm): SampleBehaviour {
  const random = randomFor(seed, "behaviour", number);
  const answer = random.weighted([
    ["confirm-all", 83],
    ["decline-one", 5],
    ["decline-all", 3],
    ["ignore", 9],
  ] as const);
  const answerAfterDays = Math.min(25, Math.round(random.skewed(2, 1)));
  const receipt = random.chance(0.8) ? { receiptAfterDays: random.int(0, 4) } : {};
  switch (answer) {
    case "ignore":
      return { answer, answerAfterDays: 0 };
    case "confirm-all":
    case "decline-one":
    case "decline-all":
      return { answer, answerAfterDays, ...receipt };
    default:
      return unreachable(answer);
  }
}
