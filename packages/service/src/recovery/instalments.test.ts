import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { overdueFen, parseInstalments, standingOf } from "./instalments.ts";

const today = "2025-11-04" as Day;
const plan = parseInstalments("2025-12-31 100.00\n2026-01-31，200\n", today);

describe("a calendar as an official types it", () => {
  test("is a day and an amount a line, in order", () => {
    expect(plan).toEqual([
      { dueOn: "2025-12-31", amountFen: 10_000n },
      { dueOn: "2026-01-31", amountFen: 20_000n },
    ]);
  });

  test.each([
    "2025-12-31",
    "2025-02-30 1",
    "2025-12-31 0",
    "2025-12-31 1.001",
    "2025-11-03 1",
    "2025-12-31 1\n2025-12-31 1",
    "2025-12-31 1 元",
  ])("refuses %s", (typed) => {
    expect(() => parseInstalments(typed, today)).toThrow(/期应写/);
  });
});

describe("how it stands", () => {
  test("what comes back fills it in order, and an instalment is overdue the day after it was due", () => {
    const standing = (day: string) => standingOf({ instalments: plan }, fen(30_000), fen(15_000), day as Day);
    expect(standing("2026-01-31").map(({ paidFen, overdue }) => [paidFen, overdue])).toEqual([
      [10_000n, false],
      [5_000n, false],
    ]);
    expect(overdueFen(standing("2026-02-01"))).toBe(15_000n);
  });

  test("where less is owed than was planned, its last instalments fall away", () => {
    expect(standingOf({ instalments: plan }, fen(12_000), fen(0), today).map(({ amountFen }) => amountFen)).toEqual([
      10_000n,
      2_000n,
    ]);
    expect(standingOf({ instalments: plan }, fen(10_000), fen(0), today)).toHaveLength(1);
  });

  test("no fen of what is owed or came back is lost between the instalments", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10_000n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amounts, fc.nat(100), fc.nat(100), (planned, owedPart, backPart) => {
        const instalments = planned.map((amount, nth) => ({ dueOn: addDays(today, nth), amountFen: fen(amount) }));
        const whole = planned.reduce((sum, amount) => sum + amount, 0n);
        const owed = (whole * BigInt(owedPart)) / 100n;
        const back = (owed * BigInt(backPart)) / 100n;
        const standing = standingOf({ instalments }, fen(owed), fen(back), today);
        const sum = (key: "amountFen" | "paidFen") => standing.reduce((total, each) => total + each[key], 0n);
        expect([sum("amountFen"), sum("paidFen")]).toEqual([owed, back]);
      }),
    );
  });
});

describe("where the decision calls in the rest", () => {
  const on = (day: string, back = 0, callsInRest = true) =>
    standingOf({ instalments: plan, callsInRest }, fen(30_000), fen(back), day as Day);
  test("fifteen days after an instalment was missed all that are left are due, and not a day before", () => {
    expect(overdueFen(on("2026-01-15"))).toBe(10_000n);
    expect(overdueFen(on("2026-01-16"))).toBe(30_000n);
    expect(on("2026-01-16").map(({ dueOn, calledIn = false }) => [dueOn, calledIn])).toEqual([
      ["2025-12-31", false],
      ["2026-01-15", true],
    ]);
  });
  test("what is made up in part is still missed; made up whole, the other days hold again", () => {
    expect(overdueFen(on("2026-01-16", 9_999))).toBe(20_001n);
    expect(overdueFen(on("2026-01-16", 10_000))).toBe(0n);
  });
  test("nothing is called in where it does not say so", () => {
    expect(overdueFen(on("2026-01-16", 0, false))).toBe(10_000n);
  });
});
