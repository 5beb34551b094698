import { addDays, shiftDays } from "./calendar.ts";

/**
 * The statutory calendar: holidays, and the weekends that are worked instead (调休). It is fixed
 * each November for the next year only.
 * Source: State Council General Office notices for 2025 and 2026 (national holiday arrangements).
 */
const years: Readonly<
  Record<string, Readonly<{ off: readonly (readonly [string, string])[]; worked: readonly string[] }>>
> = {
  "2025": {
    off: [
      ["01-01", "01-01"],
      ["01-28", "02-04"],
      ["04-04", "04-06"],
      ["05-01", "05-05"],
      ["05-31", "06-02"],
      ["10-01", "10-08"],
    ],
    worked: ["01-26", "02-08", "04-27", "09-28", "10-11"],
  },
  "2026": {
    off: [
      ["01-01", "01-03"],
      ["02-15", "02-23"],
      ["04-04", "04-06"],
      ["05-01", "05-05"],
      ["06-19", "06-21"],
      ["09-25", "09-27"],
      ["10-01", "10-07"],
    ],
    worked: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
  },
};

/** `provisional` = the year's calendar is not published: Monday to Friday is assumed and must be looked at again. */
export function isWorkingDay(day: string): "yes" | "no" | "provisional" {
  const date = day.slice(5);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const weekend = weekday === 0 || weekday === 6;
  const calendar = years[day.slice(0, 4)];
  if (!calendar) return weekend ? "no" : "provisional";
  if (calendar.worked.includes(date)) return "yes";
  const holiday = calendar.off.some(([from, to]) => from <= date && date <= to);
  return holiday || weekend ? "no" : "yes";
}

/** Terms of working days end within a few years; a formula that asks for more is a mistake. */
const MOST_WORKING_DAYS = 2_500;

/**
 * The day on which a term of working days ends; the day of the event itself is not counted.
 * Source: 民法典 §201 (start), 行政许可法 §82 (working days).
 */
export function addWorkingDays(day: string, workingDays: number): Readonly<{ day: string; isProvisional: boolean }> {
  let current = day;
  let isProvisional = workingDays > MOST_WORKING_DAYS;
  for (let left = Math.min(workingDays, MOST_WORKING_DAYS); left > 0; ) {
    const next = shiftDays(current, 1);
    // Beyond the last day that can be written there is none to end on.
    if (next === undefined) return { day: current, isProvisional: true };
    current = next;
    const verdict = isWorkingDay(current);
    if (verdict !== "no") left -= 1;
    if (verdict === "provisional") isProvisional = true;
  }
  return { day: current, isProvisional };
}

/** Working days after the first day, up to and with the second; `undefined` where a calendar is not published. */
export function workingDaysBetween(from: string, to: string): number | undefined {
  let count = 0;
  for (let current = from; current < to; ) {
    current = addDays(current, 1);
    const verdict = isWorkingDay(current);
    if (verdict === "provisional") return undefined;
    if (verdict === "yes") count += 1;
  }
  return count;
}
