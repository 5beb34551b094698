import { addWorkingDays as endOfTerm, isWorkingDay as judge } from "@apply-free/rules";
import { addDays, type Day } from "./day.ts";

/** The statutory calendar of the rule language, for days of the service: one calendar for both. */
export function isWorkingDay(day: Day): "yes" | "no" | "provisional" {
  return judge(day);
}

/**
 * The day on which a term of working days ends; the day of the event itself is not counted.
 * Source: 民法典 §201 (start), 行政许可法 §82 (working days).
 */
export function addWorkingDays(day: Day, workingDays: number): Day {
  return endOfTerm(day, workingDays).day as Day;
}

/** A term of working days and whether its end may still move: the calendar of a year is fixed in the November before. */
export function termOf(day: Day, workingDays: number): Readonly<{ endsOn: Day; isProvisional: boolean }> {
  const { day: endsOn, isProvisional } = endOfTerm(day, workingDays);
  return { endsOn: endsOn as Day, isProvisional };
}

/** Working days after the first day, up to and with the second; 0 when it is not later. Unpublished years count Monday to Friday. */
export function workingDaysBetween(from: Day, to: Day): number {
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (judge(day) !== "no") count += 1;
  }
  return count;
}
