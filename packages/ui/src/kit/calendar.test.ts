import { expect, test } from "vitest";
import { dayText, fullDayText, instantText, lastDayBefore } from "./calendar.ts";

test("days are written the Chinese way and the English way", () => {
  expect(dayText("2025-12-31", "zh")).toBe("12 月 31 日");
  expect(dayText("2025-12-31", "en")).toBe("31 Dec");
  expect(fullDayText("2025-01-05", "zh")).toBe("2025 年 1 月 5 日");
  expect(fullDayText("2025-01-05", "en")).toBe("5 Jan 2025");
});

test("an instant is shown on the day it falls on in China", () => {
  expect(instantText("2025-11-03T16:30:00Z", "zh")).toBe("2025-11-04 00:30");
  expect(instantText("2025-11-03T16:30:00Z", "en")).toBe("4 Nov 2025, 00:30");
  expect(dayText("2025-11-03T16:30:00Z", "zh")).toBe("11 月 4 日");
});

test("the last day to answer is the day before a midnight deadline, and the same day for one at noon", () => {
  expect(lastDayBefore("2025-12-31T16:00:00Z")).toBe("2025-12-31");
  expect(lastDayBefore("2025-12-31T04:00:00Z")).toBe("2025-12-31");
});
