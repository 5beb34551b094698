import { describe, expect, test } from "vitest";
import type { Day } from "./day.ts";
import { addWorkingDays, isWorkingDay } from "./working-day.ts";

describe("the statutory calendar", () => {
  test.each([
    ["2026-02-13", 7, "2026-03-02"],
    ["2026-09-24", 7, "2026-10-12"],
    ["2026-04-30", 5, "2026-05-11"],
  ])("%s plus %i working days is %s", (from, days, expected) => {
    expect(addWorkingDays(from as Day, days)).toBe(expected);
  });

  test("2026 has 248 working days", () => {
    let count = 0;
    for (
      let day = new Date("2026-01-01T00:00:00Z");
      day.getUTCFullYear() === 2026;
      day.setUTCDate(day.getUTCDate() + 1)
    ) {
      if (isWorkingDay(day.toISOString().slice(0, 10) as Day) === "yes") count += 1;
    }
    expect(count).toBe(248);
  });

  test("beyond the published calendar a weekday is provisional, never certain", () => {
    expect(isWorkingDay("2027-03-01" as Day)).toBe("provisional");
    expect(isWorkingDay("2027-03-06" as Day)).toBe("no");
  });
});
