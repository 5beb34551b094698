import { addDays, addMonths, fullMonthsBetween, isDay } from "../formula/calendar.ts";
import type { Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import type { FactState, Profile } from "../profile.ts";
import { type DaysIn, distinct, type UseOfDay, usesOfDay } from "./uses-of-day.ts";

/**
 * The first day after `asOf` on which the mere passing of time may change what some policies answer of a firm, if
 * all that is known of it stays as it is. Before that day no answer changes: neither the outcome, nor the amount,
 * nor what is missing. On it perhaps none does either.
 *
 * @returns `undefined` when time alone changes nothing ever
 */
export type NextChange = (profile: Profile, asOf: string) => string | undefined;

type OfFirm = Readonly<{ days: DaysIn; kinds: ReadonlySet<UseOfDay["kind"]> }>;

/** Reads the policies once; to be asked for many firms. That facts grow stale is for the fact store to say. */
export function nextChangeOf(policies: readonly Policy[]): NextChange {
  const uses = distinct(policies.flatMap(usesOfDay));
  const has = (kind: UseOfDay["kind"]) => uses.some((use) => use.kind === kind);
  const [isDaily, isMonthly, isYearly] = [has("daily"), has("monthly"), has("yearly")];
  const ofFirm = firmUses(uses);
  return (profile, asOf) => {
    if (isDaily) return addDays(asOf, 1);
    const next = new Earliest(asOf);
    if (isMonthly) next.offer(addMonths(`${asOf.slice(0, 7)}-01`, 1));
    if (isYearly) next.offer(`${String(Number(asOf.slice(0, 4)) + 1).padStart(4, "0")}-01-01`);
    for (const { days, kinds } of ofFirm) {
      for (const day of daysIn(profile, days)) {
        if (kinds.has("compared")) next.pass(day);
        if (kinds.has("months")) next.offer(anniversary(day, asOf, 1));
        if (kinds.has("years")) next.offer(anniversary(day, asOf, 12));
      }
    }
    return next.day;
  };
}

function firmUses(uses: readonly UseOfDay[]): readonly OfFirm[] {
  const byPlace = Map.groupBy(
    uses.flatMap((use) => ("days" in use ? [use] : [])),
    ({ days }) => JSON.stringify(days),
  );
  return [...byPlace.values()].map((each) => ({
    days: (each[0] as (typeof each)[number]).days,
    kinds: new Set(each.map(({ kind }) => kind)),
  }));
}

class Earliest {
  day: string | undefined;
  readonly #asOf: string;

  constructor(asOf: string) {
    this.#asOf = asOf;
  }

  offer(day: string | undefined): void {
    if (day !== undefined && day > this.#asOf && (this.day === undefined || day < this.day)) this.day = day;
  }

  /** A comparison may turn on the day itself, and on the one behind it. */
  pass(day: string): void {
    if (day === this.#asOf) this.offer(addDays(day, 1));
    else this.offer(day);
  }
}

/** The first day after `asOf` on which the count of full months, or of years of twelve, is another. */
function anniversary(day: string, asOf: string, months: 1 | 12): string | undefined {
  const countOn = (on: string) => Math.trunc(fullMonthsBetween(day, on) / months);
  if (day <= asOf) return addMonths(day, (countOn(asOf) + 1) * months);
  // Counts down to a day that is still to come are few; looks day by day.
  for (let days = 1; days <= LONGEST_YEAR; days += 1) {
    const on = addDays(asOf, days);
    if (countOn(on) !== countOn(asOf)) return on;
  }
  return addDays(asOf, LONGEST_YEAR);
}

/** Days after which a count is looked at again, though it may be the same. */
const LONGEST_YEAR = 366;

function* daysIn(profile: Profile, { facts, field, written }: DaysIn): Generator<string> {
  yield* written;
  for (const id of facts) {
    const state = Object.hasOwn(profile, id) ? profile[id] : undefined;
    for (const value of valuesOf(state)) yield* daysUnder(value, field);
  }
}

function valuesOf(state: FactState | undefined): readonly Json[] {
  if (state?.state === "known") return [state.value];
  return state?.state === "answers" ? state.answers.flatMap(({ value }) => value as Json) : [];
}

/** @param field name under which the days stand; anywhere, unless said */
function* daysUnder(value: Json, field?: string): Generator<string> {
  if (typeof value === "string") {
    if (field === undefined && isDay(value)) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) yield* daysUnder(item, field);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* daysUnder(inner, name === field ? undefined : field);
  }
}
