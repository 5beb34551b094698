import Fraction from "fraction.js";
import { amountOf } from "../amount.ts";
import { cut } from "../benefit/shares.ts";
import { FactsInView } from "../facts-in-view.ts";
import { num } from "../formula/value.ts";
import type { Profile } from "../profile.ts";
import type { Policy } from "./policy.ts";

/** Where so much of a benefit arrives: under which number, at which institution (12 digits). Money in 分. */
export type Destination = Readonly<{ reference: string; institution: string; fen: bigint }>;

/**
 * Where a benefit arrives, by what is known; the parts sum to what is granted, to the last 分. `undefined`:
 * it is not exactly known, or the parts are not those of the amount that was decided.
 *
 * @param decidedFen what the policy alone gives
 * @param grantedFen what is left of it beside others
 */
export function destinationsOf(
  policy: Policy,
  profile: Profile,
  asOf: string,
  decidedFen: bigint,
  grantedFen: bigint = decidedFen,
): readonly Destination[] | undefined {
  const { channel } = policy;
  if (channel.kind === "bank-transfer") return [];
  const places = channel.places(new FactsInView(policy, profile, asOf).scope);
  if (!places || places.length === 0) return undefined;
  const whole = places.reduce((sum, { share }) => sum.add(share), new Fraction(0));
  if (channel.kind === "loan-interest") {
    const sum = amountOf(num(whole));
    if (sum.kind !== "exact" || BigInt(sum.fen) !== decidedFen) return undefined;
  }
  const amounts = cut(
    grantedFen,
    places.map(({ share }) => share.div(whole)),
  );
  return places.map(({ reference, institution }, nth) => ({ reference, institution, fen: amounts[nth] ?? 0n }));
}
