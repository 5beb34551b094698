import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import { isWorkingDay, workingDaysBetween } from "../kernel/working-day.ts";
import { clocksOf, isBroken } from "./payment-clock.ts";

const limits = { statutory: { workingDays: 7, clause: "七" }, promised: { workingDays: 5, clause: "八" } };
const at = (startedOn: string, today: string, paidOn?: string) =>
  clocksOf(limits, { startedOn: startedOn as Day, today: today as Day, paidOn: paidOn as Day | undefined });
const told = (clocks: ReturnType<typeof at>) =>
  clocks.map(({ kind, dueOn, state, days }) => `${kind} ${dueOn} ${state} ${days}`);

describe("two clocks", () => {
  test("run in working days, across holidays and the weekends that are worked instead", () => {
    // Source: REQUIREMENTS D7, vectors of 2026: 02-13 + 7 = 03-02; 09-24 + 7 = 10-12; 04-30 + 5 = 05-11.
    expect(at("2026-02-13", "2026-02-13")[0]?.dueOn).toBe("2026-03-02");
    expect(at("2026-09-24", "2026-09-24")[0]?.dueOn).toBe("2026-10-12");
    expect(at("2026-04-30", "2026-04-30")[1]?.dueOn).toBe("2026-05-11");
  });

  test("the last day itself is in time, and the day after is late", () => {
    expect(told(at("2025-11-03", "2025-11-10"))).toEqual([
      "statutory 2025-11-12 running 2",
      "promised 2025-11-10 running 0",
    ]);
    const late = at("2025-11-03", "2025-11-11");
    expect(told(late)).toEqual(["statutory 2025-11-12 running 1", "promised 2025-11-10 overdue 1"]);
    expect([isBroken(at("2025-11-03", "2025-11-10")), isBroken(late)]).toEqual([false, true]);
  });

  test("stop on the day that the bank booked it, and stay as they stopped", () => {
    const paid = at("2025-11-03", "2026-05-01", "2025-11-12");
    expect(told(paid)).toEqual(["statutory 2025-11-12 kept 0", "promised 2025-11-10 missed 2"]);
    expect(isBroken(paid)).toBe(true);
  });

  test("a year whose calendar is not published gives a day that may still move", () => {
    expect(at("2027-01-04", "2027-01-04")[0]).toMatchObject({ isProvisional: true });
    expect(at("2026-11-03", "2026-11-03")[0]).toMatchObject({ isProvisional: false });
  });

  test("a policy that declares no limit is held to the promise of the house", () => {
    const [promise, ...others] = clocksOf(undefined, { startedOn: "2025-11-03" as Day, today: "2025-11-03" as Day });
    expect(promise).toMatchObject({ kind: "promised", workingDays: 5, dueOn: "2025-11-10" });
    expect(others).toEqual([]);
  });

  property.prop([fc.nat(700), fc.integer({ min: 1, max: 60 })])(
    "the last day is a working day, and as many working days away as the limit says",
    (offset, workingDays) => {
      const startedOn = addDays("2025-01-01" as Day, offset);
      const [clock] = clocksOf({ statutory: { workingDays, clause: "七" } }, { startedOn, today: startedOn });
      expect(isWorkingDay(clock!.dueOn)).not.toBe("no");
      expect(workingDaysBetween(startedOn, clock!.dueOn)).toBe(workingDays);
    },
  );
});
