import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import { profileOf } from "../profile.ts";
import { aFirm, aPolicy, feel, vocabularyDocument } from "../testing.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";
import { addPeriods, periodsBetween } from "./period.ts";
import { addWorkingDays, isWorkingDay, workingDaysBetween } from "./working-days.ts";

const label = { zh: "月用电量", en: "Electricity by month" };
const fact = { label, source: "tax", maxAgeDays: 366, privacy: "business", type: "series" };
const words = parseVocabulary([
  vocabularyDocument,
  {
    facts: {
      "energy.monthly": { ...fact, of: "decimal", every: "month", min: 0 },
      "vat.sales": { ...fact, of: "money", every: "quarter", min: 0 },
    },
  },
]);

async function amount(formula: string, facts: Readonly<Record<string, Json>>) {
  const policy = aPolicy({ benefit: { clause: "二", amount: formula } }, words);
  const decision = await decide(policy, profileOf({ ...aFirm, ...facts }, words), { asOf: "2025-11-03" });
  const { kind, ...rest } = decision.amount;
  return [kind, ...Object.values(rest), ...decision.missing];
}

describe("a series", () => {
  const half = 'sum(periods(energy.monthly, "2025-05", "2025-07"))';
  test("is summed over a window of periods, both ends included", async () => {
    const facts = { "energy.monthly": { "2025-04": 9, "2025-05": 1, "2025-06": 2, "2025-07": "0.5", "2025-08": 9 } };
    expect(await amount(half, facts)).toEqual(["exact", "350"]);
  });

  test("with a missing period is unknown there, and names the period", async () => {
    const facts = { "energy.monthly": { "2025-05": 1, "2025-06": 2 } };
    expect(await amount(half, facts)).toEqual(["unknown", "energy.monthly.2025-07"]);
    expect(await amount(`min(10, ${half})`, facts)).toEqual(["range", "300", "1000", "energy.monthly.2025-07"]);
  });

  test("a missing period that is not asked for does not matter", async () => {
    expect(await amount('period(energy.monthly, "2025-05")', { "energy.monthly": { "2025-05": 1 } })).toEqual([
      "exact",
      "100",
    ]);
  });

  test("over a window whose end is open gives every sum that it could come to", async () => {
    const formula = 'sum(periods(energy.monthly, "2025-05", if ent.movedOn = null then "2025-05" else "2025-06"))';
    const facts = { "energy.monthly": { "2025-05": 1, "2025-06": 2 } };
    expect(await amount(formula, facts)).toEqual(["range", "100", "300", "ent.movedOn"]);
  });

  test("that nobody delivered is missing as a whole", async () => {
    expect(await amount(half, {})).toEqual(["unknown", "energy.monthly"]);
  });

  test("that was looked up and is empty has no value in any period", async () => {
    expect(
      await amount('if period(energy.monthly, "2025-05") = null then 7 else 8', { "energy.monthly": null }),
    ).toEqual(["exact", "700"]);
  });

  test("compares with the same window of the year before", async () => {
    const growth = `if sum(periods(vat.sales, "2025-Q1", "2025-Q2")) > sum(periods(vat.sales, "2024-Q1", "2024-Q2")) then 5 else 0`;
    const sales = { "2024-Q1": 10, "2024-Q2": 10, "2025-Q1": 11, "2025-Q2": 10 };
    expect(await amount(growth, { "vat.sales": sales })).toEqual(["exact", "500"]);
  });

  test.each<[Json, RegExp]>([
    [{ "2025-13": 1 }, /energy\.monthly\.2025-13: is no month, written 2025-07/],
    [{ "2025-Q1": 1 }, /is no month/],
    [{ "2025-01": -1 }, /must be at least 0/],
    [{ "2025-01": "many" }, /decimal number/],
    [[1, 2], /value per period/],
  ])("of the wrong shape is refused by place: %j", (value, message) => {
    expect(() => profileOf({ "energy.monthly": value }, words)).toThrow(message);
  });

  test("needs to say what its values are and how often they come", () => {
    const without = { facts: { "a.b": { ...fact, of: "money" } } };
    expect(() => parseVocabulary([vocabularyDocument, without])).toThrow(/a series needs of and every/);
  });

  test("is not summed as if it were a list", async () => {
    await expect(amount("sum(energy.monthly) + 1", { "energy.monthly": { "2025-05": 1 } })).resolves.toEqual([
      "unknown",
    ]);
  });
});

describe("periods", () => {
  test.each([
    ["2025-11", 3, "2026-02"],
    ["2025-01", -1, "2024-12"],
    ["2025-Q4", 1, "2026-Q1"],
    ["2025", -2, "2023"],
  ])("%s and %i more is %s", (name, by, expected) => expect(addPeriods(name, by)).toBe(expected));

  test("of different rhythms have nothing between them; backwards there is none", () => {
    expect(periodsBetween("2025-01", "2025-Q2")).toBe(undefined);
    expect(periodsBetween("2025-03", "2025-01")).toEqual([]);
  });

  test.each([
    ['period of(@"2025-11-03", "month")', "2025-11"],
    ['period of(@"2025-11-03", "quarter")', "2025-Q4"],
    ['add periods(period of(asOf, "month"), -1)', "2025-10"],
  ])("%s is %s", (formula, expected) => expect(feel(formula)).toEqual({ kind: "text", text: expected }));
});

describe("working days", () => {
  test.each([
    ["2026-02-13", 7, "2026-03-02"],
    ["2026-09-24", 7, "2026-10-12"],
    ["2026-04-30", 5, "2026-05-11"],
  ])("%s and %i of them end on %s, which counts back to the same number", (from, count, to) => {
    expect(addWorkingDays(from, count)).toEqual({ day: to, isProvisional: false });
    expect(workingDaysBetween(from, to)).toBe(count);
    expect(feel(`add working days(@"${from}", ${count})`)).toEqual({ kind: "date", day: to });
  });

  test("beyond the published calendar a formula answers nothing rather than a guess", () => {
    expect(isWorkingDay("2027-03-01")).toBe("provisional");
    expect(feel('add working days(@"2026-12-30", 5)')).toEqual({ kind: "null" });
    expect(feel('working days(@"2026-12-30", @"2027-01-08")')).toEqual({ kind: "null" });
  });
});
