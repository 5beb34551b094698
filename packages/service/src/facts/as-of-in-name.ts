import { type Day, parseDay } from "../kernel/day.ts";

/** The day that departments write into the name of a file (`参保信息_20251031.xlsx`), if there is exactly one. */
export function asOfInName(fileName: string): Day | undefined {
  const days = [...fileName.matchAll(/(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)/g)].flatMap(
    ([, year, month, day]) => parseDay(`${year}-${month}-${day}`) ?? [],
  );
  return days.length === 1 ? days[0] : undefined;
}
