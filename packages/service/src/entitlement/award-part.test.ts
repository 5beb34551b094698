import { type Instalments, instalmentsOf } from "@apply-free/rules";
import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { isLaterPartOf, isWholeAward, partsOfAward } from "./award-part.ts";
import type { Entitlement } from "./entitlement.ts";

const award: Entitlement = {
  ...{ id: "entitlement_1", firmCode: "91410100MA0000000X", policyId: "p", policyVersionId: "v", period: "2026" },
  ...{ decisionId: "d", budgetLine: "talent-2026", amountFen: fen(100_001n), offeredAt: new Date(0) },
  ...{ confirmBefore: new Date(1), remindersSent: 0, status: "offered" },
};
const planOf = (percents: readonly (number | string)[], everyMonths = 12, money = "kept"): Instalments =>
  instalmentsOf(
    { parts: percents.map((percent, nth) => ({ afterMonths: nth * everyMonths, percent })), money },
    "plan",
  );
const day = "2026-08-31" as Day;

describe("an award in parts", () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 11 });
  property.prop([fc.bigInt({ min: 1n, max: 10n ** 13n }), cuts], { numRuns: 1_000 })(
    "its parts make it up to the fen, follow one another, and no two are paid under one id",
    (amount, places) => {
      const ends = [0, ...places.toSorted((a, b) => a - b), 10_000];
      const percents = ends.slice(1).map((end, nth) => ((end - (ends[nth] ?? 0)) / 100).toFixed(2));
      const claims = partsOfAward({ ...award, amountFen: fen(amount) }, planOf(percents), day);
      if (claims.length === 0) return; // nothing but one part would be left of so little
      expect(claims.reduce((sum, { entitlement }) => sum + entitlement.amountFen, 0n)).toBe(amount);
      expect(claims.every(({ entitlement }) => entitlement.amountFen > 0n)).toBe(true);
      expect(new Set(claims.map(({ entitlement }) => entitlement.id)).size).toBe(claims.length);
      const days = claims.map(({ part }) => part.dueOn);
      expect([...new Set(days)].sort()).toEqual(days);
    },
  );

  test("the first part is the award itself, so that it is the same offer and the same payment", () => {
    const [first, second] = partsOfAward(award, planOf([50, 50]), day);
    expect(first?.entitlement.id).toBe(award.id);
    expect(first?.entitlement.period).toBe("2026");
    expect(second?.entitlement.period).toBe("2026/2");
    expect([first, second].map((each) => each?.entitlement.amountFen)).toEqual([50_000n, 50_001n]);
  });

  test("where the month has no such day, a part is due on its last one", () => {
    const plan = planOf([50, 50], 6);
    expect(partsOfAward(award, plan, day).map(({ part }) => part.dueOn)).toEqual(["2026-08-31", "2027-02-28"]);
  });

  test("the money is kept on the award's line, or waits for the line of the part's own year", () => {
    const linesOf = (plan: Instalments) =>
      partsOfAward(award, plan, day).map(({ entitlement, waits }) => [entitlement.budgetLine, waits]);
    expect(linesOf(planOf([50, 50]))).toEqual([
      ["talent-2026", false],
      ["talent-2026", false],
    ]);
    expect(linesOf(planOf([50, 50], 12, "own-year"))).toEqual([
      ["talent-2026", false],
      ["talent-2027", true],
    ]);
  });

  test("an amount too small to be cut is paid in one sum", () => {
    expect(partsOfAward({ ...award, amountFen: fen(1n) }, planOf([50, 50]), day)).toEqual([]);
  });

  test("a later part is neither a whole award nor cut again, and a top-up is not either", () => {
    expect(["2026", "once", "2026/2", "2026+1"].map((period) => isWholeAward({ period }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isLaterPartOf(award, { ...award, period: "2026/2" })).toBe(true);
    expect(isLaterPartOf(award, { ...award, period: "2027/2" })).toBe(false);
  });
});
