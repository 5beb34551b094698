import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import { termOf } from "../kernel/working-day.ts";

/**
 * How long a new or changed account rests before money goes to it, in whole working days. One less
 * than the three in which a receipt promises to send, so that the promise is kept all the same.
 */
export const COOL_DOWN_WORKING_DAYS = 2;

/** The first moment at which money may go to an account recorded at `at` without a second check. */
export function restsUntil(at: Date): Date {
  return startOfDay(addDays(termOf(dayOf(at), COOL_DOWN_WORKING_DAYS).endsOn, 1));
}
