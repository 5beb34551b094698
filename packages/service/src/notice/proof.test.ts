import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { addDays, type Day, startOfDay } from "../kernel/day.ts";
import { CALL_LEAD_DAYS, lookAhead, PROOF_DAYS, type Standing, standingOf } from "./proof.ts";

const at = (text: string) => new Date(`${text}+08:00`);
const offer = { confirmBefore: startOfDay("2025-11-20" as Day) };
const standing = (proved: string | undefined, now: string) =>
  standingOf(offer, proved === undefined ? undefined : at(proved), at(now));

describe("an offer that ends with the 19th", () => {
  test("is proved when the firm knew on the 14th, so that it has five whole days", () => {
    expect(standing("2025-11-14T23:59:59", "2025-11-20T00:05")).toEqual({ kind: "proved" });
  });

  test("gets its days when the firm came to know on the 15th", () => {
    const late = { kind: "late", confirmBefore: startOfDay("2025-11-21" as Day) };
    expect(standing("2025-11-15T00:00", "2025-11-15T00:05")).toEqual(late);
  });

  test("waits while there is time, is called about in the last days in which a call can help, then held", () => {
    expect(standing(undefined, "2025-11-11T23:59")).toEqual({ kind: "waiting" });
    expect(standing(undefined, "2025-11-12T00:05")).toEqual({ kind: "unseen" });
    const held = { kind: "unseen", confirmBefore: startOfDay("2025-11-26" as Day) };
    expect(standing(undefined, "2025-11-15T00:05")).toEqual(held);
  });

  test("is looked at on every day on which something is to be done", () => {
    const days = PROOF_DAYS + CALL_LEAD_DAYS;
    expect(lookAhead(startOfDay(addDays("2025-11-20" as Day, -days))) > offer.confirmBefore).toBe(true);
  });
});

const START = "2025-11-03" as Day;
const morning = (day: number) => new Date(startOfDay(addDays(START, day)).getTime() + 5 * 60_000);

property.prop([
  fc.integer({ min: 1, max: 40 }),
  fc.option(fc.integer({ min: 0, max: 90 * 24 * 60 }), { nil: undefined }),
])(
  "whenever a firm comes to know, it has five whole days to answer, and an offer nobody saw never ends",
  (days, minutes) => {
    const provedAt = minutes === undefined ? undefined : new Date(startOfDay(START).getTime() + minutes * 60_000);
    let confirmBefore = startOfDay(addDays(START, days + 1));
    let ended: Date | undefined;
    for (let day = 0; day < 140 && !ended; day += 1) {
      const now = morning(day);
      const known = provedAt && provedAt <= now ? provedAt : undefined;
      const standing: Standing = standingOf({ confirmBefore }, known, now);
      const next = "confirmBefore" in standing ? standing.confirmBefore : undefined;
      if (next) expect(next > confirmBefore).toBe(true);
      confirmBefore = next ?? confirmBefore;
      if (standing.kind === "proved" && now >= confirmBefore) ended = confirmBefore;
      else expect(confirmBefore > now).toBe(true);
    }
    expect(ended !== undefined).toBe(provedAt !== undefined);
    // What SQL asks of it again.
    if (ended && provedAt) expect(ended.getTime() - provedAt.getTime()).toBeGreaterThanOrEqual(PROOF_DAYS * 86_400_000);
  },
);
