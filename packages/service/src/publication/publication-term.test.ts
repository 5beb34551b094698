import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import { newestOverdueBooking, newestPublishableBooking, publishableFrom, publishBy } from "./publication-term.ts";

describe("the time for publishing a payment", () => {
  test("begins three working days after the booking, when the bank would have sent it back", () => {
    expect(publishableFrom("2025-11-06" as Day)).toBe("2025-11-11");
  });

  test("ends seven working days after the booking", () => {
    expect(publishBy("2025-11-06" as Day)).toBe("2025-11-17");
  });

  test("knows the holidays: booked on the last day before the Spring Festival, it ends on 2 March", () => {
    expect(publishBy("2026-02-13" as Day)).toBe("2026-03-02");
  });

  test("the newest booking is the newest one for which the condition holds, on every day", () => {
    const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays("2025-01-20" as Day, days));
    fc.assert(
      fc.property(day, (today) => {
        const publishable = newestPublishableBooking(today);
        const overdue = newestOverdueBooking(today);
        return (
          publishableFrom(publishable) <= today &&
          publishableFrom(addDays(publishable, 1)) > today &&
          publishBy(overdue) < today &&
          publishBy(addDays(overdue, 1)) >= today
        );
      }),
    );
  });
});
