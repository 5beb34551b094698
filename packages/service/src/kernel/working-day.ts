import { addWorkingDays as endOfTerm, isWorkingDay as judge } from "@apply-free/rules";
import type { Day } from "./day.ts";

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
