/** Periods of a series as text: a month `2025-07`, a quarter `2025-Q3`, a year `2025`. */

export type Rhythm = "month" | "quarter" | "year";

export const periodExamples: Readonly<Record<Rhythm, string>> = { month: "2025-07", quarter: "2025-Q3", year: "2025" };

const patterns: Readonly<Record<Rhythm, RegExp>> = {
  month: /^(\d{4})-(0[1-9]|1[0-2])$/,
  quarter: /^(\d{4})-Q([1-4])$/,
  year: /^(\d{4})$/,
};
const perYear: Readonly<Record<Rhythm, number>> = { month: 12, quarter: 4, year: 1 };
const rhythms = Object.keys(patterns) as Rhythm[];

export function isPeriod(name: string, rhythm: Rhythm): boolean {
  return patterns[rhythm].test(name);
}

/** The period that a day lies in. */
export function periodOf(day: string, rhythm: string): string | undefined {
  const year = day.slice(0, 4);
  switch (rhythm) {
    case "month":
      return day.slice(0, 7);
    case "quarter":
      return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case "year":
      return year;
    default:
      return undefined;
  }
}

/** So many periods later, or earlier when negative. */
export function addPeriods(name: string, by: number): string | undefined {
  const place = placeOf(name);
  return place && nameOf(place.rhythm, place.index + by);
}

const MOST_PERIODS = 1_200;

/** All periods from one to the other, both included; none when the second is earlier; `undefined` when they are no pair. */
export function periodsBetween(from: string, to: string): string[] | undefined {
  const [first, last] = [placeOf(from), placeOf(to)];
  if (!first || !last || first.rhythm !== last.rhythm || last.index - first.index >= MOST_PERIODS) return undefined;
  return Array.from({ length: Math.max(0, last.index - first.index + 1) }, (_, place) =>
    nameOf(first.rhythm, first.index + place),
  );
}

function placeOf(name: string): { rhythm: Rhythm; index: number } | undefined {
  for (const rhythm of rhythms) {
    const [found, year = "0", part = "1"] = patterns[rhythm].exec(name) ?? [];
    if (found !== undefined) return { rhythm, index: Number(year) * perYear[rhythm] + Number(part) - 1 };
  }
  return undefined;
}

function nameOf(rhythm: Rhythm, index: number): string {
  const year = String(Math.floor(index / perYear[rhythm])).padStart(4, "0");
  const part = (index % perYear[rhythm]) + 1;
  if (rhythm === "year") return year;
  return rhythm === "month" ? `${year}-${String(part).padStart(2, "0")}` : `${year}-Q${part}`;
}
