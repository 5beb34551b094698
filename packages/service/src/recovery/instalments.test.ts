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
    const standing = (day: string) => standingOf(plan, fen(30_000), fen(15_000), day as Day);
    expect(standing("2026-01-31").map(({ paidFen, overdue }) => [paidFen, overdue])).toEqual([
      [10_000n, false],
      [5_000n, false],
    ]);
    expect(overdueFen(standing("2026-02-01"))).toBe(15_000n);
  });

  test("where less is owed than was planned, its last instalments fall away", () => {
    expect(standingOf(plan, fen(12_000), fen(0), today).map(({ amountFen }) => amountFen)).toEqual([10_000n, 2_000n]);
    expect(standingOf(plan, fen(10_000), fen(0), today)).toHaveLength(1);
  });

  test("no fen of what is owed or came back is lost between the instalments", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10_000n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amounts, fc.nat(100), fc.nat(100), (planned, owedPart, backPart) => {
        const instalments = planned.map((amount, nth) => ({ dueOn: addDays(today, nth), amountFen: fen(amount) }));
        const whole = planned.reduce((sum, amount) => sum + amount, 0n);
        const owed = (whole * BigInt(owedPart)) / 100n;
        const back = (owed * BigInt(backPart)) / 100n;
        const standing = standingOf(instalments, fen(owed), fen(back), today);
        const sum = (key: "amountFen" | "paidFen") => standing.reduce((total, each) => total + each[key], 0n);
        expect([sum("amountFen"), sum("paidFen")]).toEqual([owed, back]);
      }),
    );
  });
});
