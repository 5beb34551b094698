import { addMonths } from "../formula/calendar.ts";
import type { PaidLine } from "./paid-ledger.ts";
import type { Window } from "./stacking-rule.ts";

/**
 * Whether a receipt falls into a window. Rolling years end today, and a receipt of the very day so
 * many years ago is out of them. `undefined`: nobody said when it was.
 *
 * Source: 民法典 §201 (the day of the event is not counted)
 */
export function isWithin(
  window: Window,
  { paidOn, year: awardedFor }: Pick<PaidLine, "paidOn" | "year">,
  year: number | undefined,
  asOf: string,
): boolean | undefined {
  switch (window.kind) {
    case "ever":
      return true;
    case "calendarYear": {
      const counted = awardedFor ?? (paidOn === undefined ? undefined : Number(paidOn.slice(0, 4)));
      return counted === undefined ? undefined : counted === year;
    }
    case "rollingYears": {
      const since = addMonths(asOf, -12 * window.years);
      return paidOn === undefined || since === undefined ? undefined : paidOn > since;
    }
  }
}
