const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export type Parts = Readonly<{ year: number; month: number; day: number }>;

/** More than the days of ten thousand years. */
const MOST_DAYS = 4_000_000;

/** So many days later. @returns `undefined` outside the years 0 to 9999 */
export function shiftDays(day: string, days: number): string | undefined {
  if (Math.abs(days) > MOST_DAYS) return undefined;
  const shifted = addDays(day, days);
  return isDay(shifted) ? shifted : undefined;
}

/** `2025-02-30` is no day: it does not exist in the calendar. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOfMonth(year, month);
}

export function partsOf(day: string): Parts {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

export function dayFrom({ year, month, day }: Parts): string | undefined {
  const text = [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  return isDay(text) ? text : undefined;
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/**
 * Completed months from one day to another: 2024-01-31 to 2024-02-29 completes one, because a
 * month ends on its last day when the day itself is missing. Negative when `to` is earlier.
 *
 * Source: 民法典 §202 (期间的最后一个月的对应日; without one, the last day of the month)
 */
export function fullMonthsBetween(from: string, to: string): number {
  if (to < from) {
    const months = fullMonthsBetween(to, from);
    return months === 0 ? 0 : -months;
  }
  const a = partsOf(from);
  const b = partsOf(to);
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  const correspondingDay = Math.min(a.day, lastDayOfMonth(b.year, b.month));
  return b.day >= correspondingDay ? months : months - 1;
}

/** The same day so many months later, or the month's last day where that day is missing. @returns `undefined` outside the years 0 to 9999 */
export function addMonths(day: string, months: number): string | undefined {
  const { year, month, day: dayOfMonth } = partsOf(day);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const last = lastDayOfMonth(target.year, target.month);
  return dayFrom({ ...target, day: Math.min(dayOfMonth, last) });
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function lastDayOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
