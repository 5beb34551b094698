import type { Bilingual, ConditionCounts, DescribedCondition, PolicyDescription, Vocabulary } from "@apply-free/rules";
import type { ConditionReach, DraftImpactView, RegionReach } from "@apply-free/ui";
import type { DraftImpact, GroupImpact } from "../reach/draft-impact.ts";
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
  const { money, byRegion, bySize, wasRead } = impact;
  const sizes = vocabulary.derived.get("ent.sizeClass")?.codes;
  return {
    ...{ before, after, changed, wasRead },
    regions: groupsOf(byRegion, (code) => nameOf(code, vocabulary)),
    sizes: groupsOf(bySize, (code) => sizes?.get(code)),
    amountChanged: money.amountChanged,
    beforeFen: money.before.fen,
    afterFen: money.after.fen,
    differenceFen: money.differenceFen,
    notExact: money.after.notExact,
    left: money.left,
  };
}

/** Groups in which anything changes. */
function groupsOf(
  groups: ReadonlyMap<string, GroupImpact>,
  nameIn: (code: string) => Bilingual | undefined,
): DraftImpactView["regions"] {
  const isTouched = ({ gained, lost, opened, settled, amountChanged }: GroupImpact) =>
    gained + lost + opened + settled + amountChanged > 0;
  return [...groups]
    .filter(([, impact]) => isTouched(impact))
    .map(([code, impact]) => ({ code, name: nameIn(code), ...impact }));
}

function nameOf(code: string, { facts }: Vocabulary): Bilingual | undefined {
  const region = facts.get(REGION);
  return region?.codes?.get(code) ?? region?.known?.codes.get(code);
}
