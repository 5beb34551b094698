import { describe, expect, test } from "vitest";
import { aPolicy, profile } from "../testing.ts";
import { closingDay, isWindowed, type WindowedFund } from "./fund.ts";
import { scoreOf } from "./score-of.ts";

const payout = (period: "once" | "year") => ({ budgetLine: "test-2025", period, confirmWithinDays: 30 });
const ranked = { rule: "ranked", by: "ent.staff * 2", whenShort: "waiting-list", closes: "2025-11-30", clause: "二" };

describe("a policy's fund", () => {
  test.each([
    ["a rule that nobody knows", { rule: "by-friendship", clause: "二" }, /fund/],
    ["no answer to those it does not reach", { rule: "first-come", clause: "二" }, /whenShort/],
    ["a clause that is not there", { ...ranked, clause: "九" }, /no clause/],
    ["a fact that is not there", { ...ranked, by: "ent.stuff" }, /ent\.staff/],
    ["a ranking by words", { ...ranked, by: "ent.name" }, /must give a number/],
    ["a day that does not exist", { ...ranked, closes: "2025-02-30" }, /closes/],
    ["a day of each year for what is awarded once", { ...ranked, closes: "11-30" }, /YYYY-MM-DD/],
    [
      "a lottery without a commitment",
      { rule: "lottery", whenShort: "turned-away", closes: "2025-11-30", clause: "二" },
      /seedSha256/,
    ],
  ])("is refused with %s", (_, fund, reason) => {
    expect(() => aPolicy({ fund })).toThrow(reason);
  });

  test("that is awarded each year closes on a day of each year", () => {
    const { fund } = aPolicy({ fund: { ...ranked, closes: "11-30" }, payout: payout("year") });
    expect(isWindowed(fund)).toBe(true);
    expect(closingDay(fund as WindowedFund, "2026")).toBe("2026-11-30");
    expect(closingDay(aPolicy({ fund: ranked }).fund as WindowedFund, "once")).toBe("2025-11-30");
    expect(() => aPolicy({ fund: ranked, payout: payout("year") })).toThrow(/MM-DD/);
  });

  test("that ranks looks at the facts of its formula, and gives an exact number or none", () => {
    const policy = aPolicy({ fund: { ...ranked, by: "ent.staff / 3" } });
    expect(policy.facts).toContain("ent.staff");
    expect(scoreOf(policy, profile({ "ent.staff": 10 }), "2025-11-30")).toBe("10/3");
    expect(scoreOf(policy, profile({}), "2025-11-30")).toBeUndefined();
    expect(scoreOf(aPolicy(), profile({ "ent.staff": 10 }), "2025-11-30")).toBeUndefined();
  });
});

describe("time limits", () => {
  const limits = (promised: number, clause = "二") => ({
    timeLimits: { statutory: { workingDays: 20, clause: "二" }, promised: { workingDays: promised, clause } },
  });
  test("a promise is not later than the law, and both name their clause", () => {
    expect(aPolicy(limits(5)).timeLimits?.promised?.workingDays).toBe(5);
    expect(() => aPolicy(limits(21))).toThrow(/promise/);
    expect(() => aPolicy(limits(5, "九"))).toThrow(/no clause/);
    expect(aPolicy().timeLimits).toBeUndefined();
  });
});
