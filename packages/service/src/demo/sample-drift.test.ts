import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { rowsOf, screened } from "../screening/testing-deliveries.ts";
import { sampleFirms } from "./sample-firms.ts";

const size = (year: number) => ({ seed: 7, count: 500, start: `${year}-11-03` as Day });
const [now, next, later] = [2025, 2026, 2028].map((year) => sampleFirms(size(year)));

test("firms stay who they are, and what is true of them moves on", () => {
  if (!now || !next || !later) throw new Error("three years were made");
  for (const year of [next, later]) {
    expect(year.map(({ code, name, regionCode }) => [code, name, regionCode])).toEqual(
      now.map(({ code, name, regionCode }) => [code, name, regionCode]),
    );
  }
  const grown = next.filter(({ staff }, place) => staff.yearStart === now[place]?.staff.yearEnd);
  expect(grown).toHaveLength(500);
  const moved = next.filter(({ money }, place) => money.revenue !== now[place]?.money.revenue);
  expect(moved.length).toBeGreaterThan(450);
  const closed = (firms: typeof now) => firms.filter(({ status }) => status === "注销").length;
  expect(closed(later)).toBeGreaterThan(closed(now));
});

test("the years do not run away: in three of them the middle firm changes by less than a third", () => {
  if (!now || !later) throw new Error("three years were made");
  const ratios = later.map(({ money }, place) => Number(money.revenue) / Number(now[place]?.money.revenue));
  const median = ratios.sort((one, other) => one - other)[250] ?? 0;
  expect(median).toBeGreaterThan(0.9);
  expect(median).toBeLessThan(1.33);
});

test.each(["market-regulation", "tax", "human-resources", "bank-accounts"])(
  "an honest next year of %s is not held",
  (source) => {
    if (!now || !next) throw new Error("two years were made");
    expect(screened(source, rowsOf(source, now), rowsOf(source, next))).toEqual([]);
  },
);
