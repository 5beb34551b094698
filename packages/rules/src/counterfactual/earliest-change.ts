import { decide } from "../decide.ts";
import type { Outcome } from "../decision.ts";
import { addDays } from "../formula/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";

/** The day on which the mere passing of time turns an answer. */
export type TimedChange = Readonly<{ on: string; outcome: Outcome }>;

const DEFAULT_HORIZON_DAYS = 400;

/**
 * The first day on which the outcome is another, if all facts stay as they are: a year completed
 * since relocation, a policy that begins or ends. Looks day by day, so it finds the very first.
 *
 * @returns `undefined` when nothing changes within the horizon
 */
export async function earliestChange(
  policy: Policy,
  profile: Profile,
  { asOf, withinDays = DEFAULT_HORIZON_DAYS }: Readonly<{ asOf: string; withinDays?: number }>,
): Promise<TimedChange | undefined> {
  const now = await decide(policy, profile, { asOf });
  for (let days = 1; days <= withinDays; days++) {
    const on = addDays(asOf, days);
    const { outcome } = await decide(policy, profile, { asOf: on });
    if (outcome !== now.outcome) return { on, outcome };
  }
  return undefined;
}
