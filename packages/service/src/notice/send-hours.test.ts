import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { isQuiet } from "./send-hours.ts";

test.each([
  ["20:59:59", false],
  ["21:00:00", true],
  ["00:00:00", true],
  ["07:59:59", true],
  ["08:00:00", false],
])("at %s in China: quiet is %s", (time, quiet) => {
  expect(isQuiet(new Date(`2025-11-04T${time}+08:00`))).toBe(quiet);
});

property.prop([fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })])(
  "eleven hours of every day are quiet, by the calendar of Shanghai",
  (instant) => {
    const hour = Number(
      instant.toLocaleString("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", hourCycle: "h23" }),
    );
    expect(isQuiet(instant)).toBe(hour >= 21 || hour < 8);
  },
);
