import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { addDays, addMonths, daysBetween, fullMonthsBetween, isDay, shiftDays } from "./calendar.ts";

const days = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2090-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("only days of the calendar are days", () => {
  expect(["2024-02-29", "2025-12-31"].every(isDay)).toBe(true);
  expect(["2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "20250101", ""].some(isDay)).toBe(false);
});

test.prop([days])("every day of the calendar is one", (day) => isDay(day));

test.prop([days, fc.integer({ min: -5000, max: 5000 })])("adding days and counting them are inverse", (day, by) => {
  expect(daysBetween(day, addDays(day, by))).toBe(by);
});

test.prop([days, fc.integer({ min: 0, max: 600 })])(
  "so many months later, so many months are complete, and a day earlier not",
  (day, months) => {
    const later = addMonths(day, months) ?? "";
    expect(fullMonthsBetween(day, later)).toBe(months);
    if (months > 0) expect(fullMonthsBetween(day, addDays(later, -1))).toBe(months - 1);
  },
);

test("a month that lacks the day ends on its last day", () => {
  expect(fullMonthsBetween("2024-01-31", "2024-02-29")).toBe(1);
  expect(fullMonthsBetween("2024-01-31", "2024-02-28")).toBe(0);
  expect(fullMonthsBetween("2024-02-29", "2024-01-31")).toBe(-1);
});

test("a day beyond the year 9999, or before the year 0, is none", () => {
  expect(addMonths("2025-11-03", 95_689)).toBe("9999-12-03");
  expect([addMonths("2025-11-03", 95_690), addMonths("2025-11-03", -24_311)]).toEqual([undefined, undefined]);
  expect(shiftDays("9999-12-30", 1)).toBe("9999-12-31");
  expect([shiftDays("9999-12-30", 2), shiftDays("0000-01-01", -1), shiftDays("2025-11-03", 1e15)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
