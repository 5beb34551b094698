import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { cronExpression, dueSlot, type Schedule, slotDay, slotInstant } from "./schedule.ts";

const at = (text: string) => new Date(`${text}+08:00`);
const nightly: Schedule = { kind: "daily", at: "02:00", days: "all" };
const payday: Schedule = { kind: "daily", at: "10:00", days: "working" };
const often: Schedule = { kind: "every", minutes: 15 };

describe("a slot", () => {
  test("is due from its minute on, not before", () => {
    expect(dueSlot(nightly, at("2025-11-04T01:59:59"), "2025-11-03T02:00")).toBeUndefined();
    expect(dueSlot(nightly, at("2025-11-04T02:00:00"), "2025-11-03T02:00")).toBe("2025-11-04T02:00");
  });
  test("is due once", () => {
    expect(dueSlot(nightly, at("2025-11-04T23:00:00"), "2025-11-04T02:00")).toBeUndefined();
  });
  test("that was missed is caught up by the newest one", () => {
    expect(dueSlot(nightly, at("2025-11-09T12:00:00"), "2025-11-03T02:00")).toBe("2025-11-09T02:00");
  });
  test("of a working-day job skips weekends and holidays, and honours a worked Saturday", () => {
    expect(dueSlot(payday, at("2025-11-08T12:00:00"), "2025-11-07T10:00")).toBeUndefined(); // Saturday
    expect(dueSlot(payday, at("2025-10-08T12:00:00"), "2025-09-30T10:00")).toBeUndefined(); // National Day
    expect(dueSlot(payday, at("2025-10-11T12:00:00"), "2025-10-10T10:00")).toBe("2025-10-11T10:00"); // 调休
  });
  test("of a quarter-hour job lies on the quarter", () => {
    expect(dueSlot(often, at("2025-11-04T10:29:59"), undefined)).toBe("2025-11-04T10:15");
  });
  test("belongs to a day in Shanghai, whatever UTC says", () => {
    expect(slotDay(dueSlot(nightly, new Date("2025-11-03T18:00:00Z"), undefined) ?? "")).toBe("2025-11-04");
  });
});

test("the bell and the slots say the same", () => {
  expect(cronExpression(nightly)).toBe("0 2 * * *");
  expect(cronExpression(payday)).toBe("0 10 * * *");
  expect(cronExpression(often)).toBe("*/15 * * * *");
  expect(cronExpression({ kind: "every", minutes: 60 })).toBe("0 * * * *");
});

const schedules = fc.constantFrom<Schedule>(nightly, payday, often, { kind: "every", minutes: 60 });
const instants = fc.date({ min: at("2025-01-01T00:00:00"), max: at("2026-12-31T00:00:00"), noInvalidDate: true });

property.prop([schedules, instants])(
  "a due slot never lies in the future, and having run it nothing is due",
  (schedule, now) => {
    const slot = dueSlot(schedule, now, undefined);
    expect(slot).toBeDefined();
    expect(slotInstant(slot ?? "").getTime()).toBeLessThanOrEqual(now.getTime());
    expect(dueSlot(schedule, now, slot)).toBeUndefined();
  },
);
