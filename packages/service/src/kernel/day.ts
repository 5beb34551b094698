/**
 * A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Business dates are days, never instants:
 * an instant near midnight belongs to different days in different zones.
 */
export type Day = string & { readonly kind: "day" };

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const shanghai = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** Parses a day that exists in the calendar; `undefined` for anything else (`2025-02-30`). */
export function parseDay(text: string): Day | undefined {
  if (!dayPattern.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as Day) : undefined;
}

/** The day that an instant falls on in China. */
export function dayOf(instant: Date): Day {
  return shanghai.format(instant) as Day;
}

/** The instant at which a day begins in China (no daylight saving since 1992). */
export function startOfDay(day: Day): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The same day of an earlier year; the 29th of February becomes the 28th. */
export function yearsBefore(day: Day, years: number): Day {
  const earlier = `${String(Number(day.slice(0, 4)) - years).padStart(4, "0")}${day.slice(4)}`;
  return parseDay(earlier) ?? (`${earlier.slice(0, 8)}28` as Day);
}

/** Calendar days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  const date = dayToDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return dateToDay(date);
}

/** So many calendar months later; where that month has no such day, its last one (民法典 §202). */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateToDay(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))));
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((dayToDate(to).getTime() - dayToDate(from).getTime()) / 86_400_000);
}

/** How a SQL `date` crosses the driver: midnight UTC of the same calendar day. */
export function dayToDate(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function dateToDay(date: Date): Day {
  return date.toISOString().slice(0, 10) as Day;
}
