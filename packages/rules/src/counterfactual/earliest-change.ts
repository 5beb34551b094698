import { decide } from "../decide.ts";
import type { Outcome } from "../decision.ts";
import { addDays } from "../formula/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { nextChangeOf } from "./next-change.ts";

/** The day on which the mere passing of time turns an answer. */
export type TimedChange = Readonly<{ on: string; outcome: Outcome }>;

const DEFAULT_HORIZON_DAYS = 400;

/**
 * The first day on which the outcome is another, if all facts stay as they are: a year completed
 * since relocation, a policy that begins or ends. Looks at each day on which anything can change, so it finds the very first.
 *
 * @returns `undefined` when nothing changes within the horizon
 */
export async function earliestChange(
  policy: Policy,
  profile: Profile,
  { asOf, withinDays = DEFAULT_HORIZON_DAYS }: Readonly<{ asOf: string; withinDays?: number }>,
): Promise<TimedChange | undefined> {
  const now = await decide(policy, profile, { asOf });
  const nextChange = nextChangeOf([policy]);
  const last = addDays(asOf, withinDays);
  for (let on = nextChange(profile, asOf); on !== undefined && on <= last; on = nextChange(profile, on)) {
    const { outcome } = await decide(policy, profile, { asOf: on });
    if (outcome !== now.outcome) return { on, outcome };
  }
  return undefined;
}
