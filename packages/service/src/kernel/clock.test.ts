import { expect, test } from "vitest";
import { SettableClock, today } from "./clock.ts";

test("a settable clock stands still until it is moved", () => {
  const clock = new SettableClock(new Date("2025-11-03T00:00:00Z"));
  expect(clock.now()).toEqual(clock.now());
  clock.moveTo(new Date("2025-11-04T00:00:00Z"));
  expect(clock.now()).toEqual(new Date("2025-11-04T00:00:00Z"));
});

test("a settable clock never runs backwards", () => {
  const clock = new SettableClock(new Date("2025-11-03T00:00:00Z"));
  clock.moveTo(new Date("2025-11-02T00:00:00Z"));
  expect(clock.now()).toEqual(new Date("2025-11-03T00:00:00Z"));
});

test("whoever asks for the time cannot change it", () => {
  const clock = new SettableClock(new Date("2025-11-03T00:00:00Z"));
  clock.now().setFullYear(1999);
  expect(clock.now()).toEqual(new Date("2025-11-03T00:00:00Z"));
});

test("today is the day in China, eight hours ahead of UTC", () => {
  expect(today(new SettableClock(new Date("2025-11-03T16:00:00Z")))).toBe("2025-11-04");
});
