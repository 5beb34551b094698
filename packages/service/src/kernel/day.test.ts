import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { addDays, type Day, dateToDay, dayOf, daysBetween, dayToDate, parseDay, startOfDay } from "./day.ts";

const anyDay = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true })
  .map(dateToDay);

describe("a day", () => {
  test.each(["2025-11-03", "2024-02-29", "2000-02-29", "0001-01-01"])("%s is in the calendar", (text) => {
    expect(parseDay(text)).toBe(text);
  });

  test.each([
    "2025-02-30",
    "2025-02-29",
    "1900-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-1-1",
    "20250101",
    "2025-01-01T00:00:00Z",
    " 2025-01-01",
    "",
  ])("%j is not a day", (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});

describe("the day of an instant is the day in China", () => {
  test.each([
    ["2025-11-03T15:59:59.999Z", "2025-11-03"],
    ["2025-11-03T16:00:00.000Z", "2025-11-04"],
    ["2025-12-31T16:00:00.000Z", "2026-01-01"],
  ])("%s falls on %s", (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  test("also in the summers of 1986 to 1991, when China kept daylight saving time", () => {
    expect(dayOf(new Date("1988-06-30T23:30:00+08:00"))).toBe("1988-07-01");
  });

  property.prop([anyDay])("a day begins on itself, and not a millisecond earlier", (day) => {
    fc.pre(day >= "1992-01-01");
    const start = startOfDay(day);
    expect(dayOf(start)).toBe(day);
    expect(dayOf(new Date(start.getTime() - 1))).toBe(addDays(day, -1));
  });
});

describe("counting days", () => {
  test("crosses months, leap days and years", () => {
    expect(addDays("2024-02-28" as Day, 2)).toBe("2024-03-01");
    expect(addDays("2025-12-31" as Day, 1)).toBe("2026-01-01");
    expect(addDays("2025-03-01" as Day, -1)).toBe("2025-02-28");
    expect(daysBetween("2025-01-01" as Day, "2026-01-01" as Day)).toBe(365);
  });

  property.prop([anyDay, fc.integer({ min: -40_000, max: 40_000 })])("adding and counting agree", (day, days) => {
    expect(daysBetween(day, addDays(day, days))).toBe(days);
  });

  property.prop([anyDay])("a day survives the way through a SQL date", (day) => {
    expect(dateToDay(dayToDate(day))).toBe(day);
  });
});
