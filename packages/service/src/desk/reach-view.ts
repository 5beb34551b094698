import type { Bilingual, ConditionCounts, DescribedCondition, PolicyDescription, Vocabulary } from "@apply-free/rules";
import type { ConditionReach, DraftImpactView, RegionReach } from "@apply-free/ui";
import type { DraftImpact } from "../reach/draft-impact.ts";
import { REGION } from "../reach/live-firms.ts";
import type { RegionCounts } from "../reach/reach-of.ts";

/** Requirements in words, each with its counts; what stands under a `not` has none of its own. */
export function conditionsOf(
  { requirements }: PolicyDescription,
  counts: readonly ConditionCounts[],
): readonly ConditionReach[] {
  const byName = new Map(counts.map((count) => [count.name, count]));
  const rowsOf = (conditions: readonly DescribedCondition[], depth: number): ConditionReach[] =>
    conditions.flatMap(({ name, sentence, clause, children }) => {
      const count = byName.get(name);
      return count ? [{ ...count, sentence, clause, depth }, ...rowsOf(children, depth + 1)] : [];
    });
  return rowsOf(requirements, 0);
}

export function regionsOf(regions: readonly RegionCounts[], vocabulary: Vocabulary): readonly RegionReach[] {
  return regions.map((region) => ({ ...region, name: nameOf(region.code, vocabulary) }));
}

export function impactView(
  { changed, before, after, ...impact }: DraftImpact,
  vocabulary: Vocabulary,
): DraftImpactView {
  const { money, byRegion, wasRead } = impact;
  const regions = [...byRegion]
    .filter(([, { gained, lost, opened, settled }]) => gained + lost + opened + settled > 0)
    .map(([code, counts]) => ({ code, name: nameOf(code, vocabulary), ...counts }));
  return {
    ...{ before, after, changed, regions, wasRead },
    amountChanged: money.amountChanged,
    beforeFen: money.before.fen,
    afterFen: money.after.fen,
    differenceFen: money.differenceFen,
    notExact: money.after.notExact,
    left: money.left,
  };
}

function nameOf(code: string, { facts }: Vocabulary): Bilingual | undefined {
  const region = facts.get(REGION);
  return region?.codes?.get(code) ?? region?.known?.codes.get(code);
}
