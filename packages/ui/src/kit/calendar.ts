import type { Lang } from "./page-context.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const shanghai = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** `2025-12-31` → `12 月 31 日` or `31 Dec`. Takes an instant too and shows its day in China. */
export function dayText(day: string, lang: Lang): string {
  const [, month, date] = partsOf(day);
  return lang === "zh" ? `${month} 月 ${date} 日` : `${date} ${months[month - 1]}`;
}

/** `2025-12-31` → `2025 年 12 月 31 日` or `31 Dec 2025`. */
export function fullDayText(day: string, lang: Lang): string {
  const [year] = partsOf(day);
  return lang === "zh" ? `${year} 年 ${dayText(day, lang)}` : `${dayText(day, lang)} ${year}`;
}

/** ISO instant → `2025-11-23 16:00` or `23 Nov 2025, 16:00`, China time. */
export function instantText(instant: string, lang: Lang): string {
  const { day, time } = inChina(instant);
  return lang === "zh" ? `${day} ${time}` : `${fullDayText(day, lang)}, ${time}`;
}

/** The last day on which one may still answer: the deadline itself is already too late. */
export function lastDayBefore(deadline: string): string {
  return inChina(new Date(new Date(deadline).getTime() - 1).toISOString()).day;
}

/** The calendar day in China of a day or an instant. */
export function dayOf(dayOrInstant: string): string {
  return dayOrInstant.length === 10 ? dayOrInstant : inChina(dayOrInstant).day;
}

function partsOf(dayOrInstant: string): [year: number, month: number, date: number] {
  const [year = 0, month = 1, date = 1] = dayOf(dayOrInstant).split("-").map(Number);
  return [year, month, date];
}

function inChina(instant: string): { day: string; time: string } {
  const [day = "", time = ""] = shanghai.format(new Date(instant)).split(", ");
  return { day, time };
}
