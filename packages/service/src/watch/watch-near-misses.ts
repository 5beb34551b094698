import { nearMissOf } from "@apply-free/rules";
import { derivedId } from "../kernel/id.ts";
import type { Match } from "../matching/match.ts";
import type { FirmAnswers } from "../matching/run-matching.ts";
import { awardOf, awardOfMatch, type MissEnd, type NearMissStore, type WatchedMiss } from "./near-miss.ts";

export type WatchStores = Readonly<{ nearMisses: NearMissStore }>;

export type Watched = Readonly<{
  /** Newly near, by firm. */
  opened: ReadonlyMap<string, readonly Readonly<{ miss: WatchedMiss; match: Match }>[]>;
  /** Awards that were one fact away until now and are the firm's. */
  met: ReadonlySet<string>;
}>;

/**
 * Brings what is watched for these firms in line with the newest decisions: what has come near is
 * watched from now on, what is met, has moved away or has ended no longer.
 * @param isAnswered whether the firm has agreed to that award or been paid: nothing is near any more
 */
export async function watchNearMisses(
  { nearMisses }: WatchStores,
  answers: readonly FirmAnswers[],
  isAnswered: (match: Match) => boolean,
  at: Date,
): Promise<Watched> {
  const live = await nearMisses.liveOf(answers.map(({ firm }) => firm.code));
  const matches = new Map(answers.flatMap((each) => each.matches).map((match) => [awardOfMatch(match), match]));
  const near = new Map<string, Readonly<{ miss: WatchedMiss; match: Match }>>();
  for (const [award, match] of matches) {
    const miss = isAnswered(match) ? undefined : missOf(match, at);
    if (miss) near.set(award, { miss, match });
  }
  const ended = live.filter((miss) => near.get(awardOf(miss))?.miss.fact !== miss.fact);
  const ends = Map.groupBy(ended, (miss) => endOf(matches.get(awardOf(miss))));
  for (const [how, misses] of ends) {
    await nearMisses.end(
      misses.map(({ id }) => id),
      how,
      at,
    );
  }
  const known = new Set(live.filter((miss) => !ended.includes(miss)).map(awardOf));
  const fresh = [...near].filter(([award]) => !known.has(award)).map(([, each]) => each);
  await nearMisses.open(fresh.map(({ miss }) => miss));
  return {
    opened: Map.groupBy(fresh, ({ miss }) => miss.firmCode),
    met: new Set(ends.get("met")?.map(awardOf)),
  };
}

function missOf({ stored, compiled }: Match, since: Date): WatchedMiss | undefined {
  const near = nearMissOf(compiled.policy, stored.decision);
  if (!near) return undefined;
  const { id: decisionId, firmCode, policyId, policyVersionId, period } = stored;
  const id = derivedId("near", decisionId, near.fact);
  return { ...near, id, firmCode, policyId, policyVersionId, period, decisionId, since };
}

function endOf(match: Match | undefined): MissEnd {
  if (!match) return "over";
  return match.stored.decision.outcome === "eligible" ? "met" : "farther";
}
