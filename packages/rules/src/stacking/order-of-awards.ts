import { awardKey, type DueAward, namesOf } from "./due-award.ts";
import { deducts } from "./limit.ts";
import { type StackingRule, seatOf } from "./stacking-rule.ts";

/**
 * The order in which awards of equal worth come first: what others deduct before what deducts it,
 * or the next asking would find room for it; then by policy and period.
 *
 * @throws Error two awards with one key
 */
export function inOrder(awards: readonly DueAward[], rules: readonly StackingRule[]): readonly DueAward[] {
  const byKey = awards.toSorted((a, b) => (awardKey(a) < awardKey(b) ? -1 : 1));
  const twice = byKey.find((award, place) => {
    const before = byKey[place - 1];
    return before && awardKey(before) === awardKey(award);
  });
  if (twice) throw new Error(`two awards ${awardKey(twice)}`);
  const depths = depthsOf(byKey, rules);
  const depthOf = ({ policy }: DueAward) => depths.get(policy) ?? 0;
  return byKey.toSorted((a, b) => depthOf(a) - depthOf(b));
}

/** How many deductions lie below each policy. There are no circles: `rulesInForce` refuses them. */
export function depthsOf(awards: readonly DueAward[], rules: readonly StackingRule[]): ReadonlyMap<string, number> {
  const depths = new Map(awards.map(({ policy }) => [policy, 0]));
  const deducting = rules.filter(deducts);
  for (let round = 0; round < depths.size; round += 1) {
    for (const { policies, seats } of deducting) {
      const sources = awards.filter((award) => seatOf(seats, namesOf(award)) !== -1);
      const below = Math.max(-1, ...sources.map(({ policy }) => depths.get(policy) ?? 0));
      for (const policy of policies) {
        const depth = depths.get(policy);
        if (depth !== undefined) depths.set(policy, Math.min(depths.size, Math.max(depth, below + 1)));
      }
    }
  }
  return depths;
}
