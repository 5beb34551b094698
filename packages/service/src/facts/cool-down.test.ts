import { expect, test } from "vitest";
import { restsUntil } from "./cool-down.ts";

test.each([
  ["a Tuesday", "2025-11-04T10:00:00+08:00", "2025-11-07T00:00:00+08:00"],
  ["a Thursday: the weekend does not count", "2025-11-06T23:59:59+08:00", "2025-11-11T00:00:00+08:00"],
  ["the day before the October holiday", "2025-09-30T09:00:00+08:00", "2025-10-11T00:00:00+08:00"],
])("an account recorded on %s rests two whole working days", (_, at, until) => {
  expect(restsUntil(new Date(at))).toEqual(new Date(until));
});
