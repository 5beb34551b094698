import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import Fraction from "fraction.js";
import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import { cut } from "./shares.ts";

const decision = async (benefit: object) =>
  decide(aPolicy({ benefit: { clause: "二", ...benefit } }), profile(aFirm), { asOf: "2025-11-03" });

describe("parts of an amount", () => {
  const percents = fc
    .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
    .filter((each) => each.some((part) => part > 0));
  property.prop([fc.bigInt({ min: 0n, max: 10n ** 15n }), percents], { numRuns: 1_000 })(
    "sum to the last 分; only the last is off by more than a 分, and never to the beneficiary's loss",
    (fen, weights) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const shares = weights.map((weight) => new Fraction(weight, whole));
      const parts = cut(fen, shares);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(fen);
      for (const [place, part] of parts.entries()) {
        expect(part >= 0n).toBe(true);
        const exact = new Fraction(fen).mul(shares[place] ?? 0);
        const isLast = place === parts.length - 1;
        expect(isLast ? new Fraction(part).gte(exact) : new Fraction(part).sub(exact).abs().lt(1)).toBe(true);
      }
    },
  );

  test("are paid year by year", async () => {
    const third = await decision({ amount: 100, instalments: { years: 3 } });
    expect(third.schedule).toEqual([
      { year: 1, fen: "3333" },
      { year: 2, fen: "3333" },
      { year: 3, fen: "3334" },
    ]);
    const uneven = await decision({
      amount: "0.01",
      instalments: [
        { year: 1, percent: 40 },
        { year: 3, percent: 60 },
      ],
    });
    expect(uneven.schedule).toEqual([
      { year: 1, fen: "0" },
      { year: 3, fen: "1" },
    ]);
  });

  test("are paid on a calendar of months, in its order, and name only conditions that there are", async () => {
    const parts = [
      { afterMonths: 0, percent: 50 },
      { afterMonths: 18, percent: 50 },
    ];
    expect((await decision({ amount: 100, instalments: { parts } })).schedule).toEqual([
      { year: 1, fen: "5000" },
      { year: 2, afterMonths: 18, fen: "5000" },
    ]);
    await expect(decision({ amount: 100, instalments: { parts: parts.toReversed() } })).rejects.toThrow(
      /follow one another/,
    );
    const named = { parts, stillRequired: ["nothingOfThisName"] };
    await expect(decision({ amount: 100, instalments: named })).rejects.toThrow(/stillRequired.*nothingOfThisName/s);
  });

  test("are borne by several payers, one of whom may bear the rest", async () => {
    const split = [
      { payer: "省级财政", percent: "33.3" },
      { payer: "市级财政", rest: true },
    ];
    expect((await decision({ amount: 1000, split })).split).toEqual([
      { payer: "省级财政", fen: "33300" },
      { payer: "市级财政", fen: "66700" },
    ]);
  });

  test("of an amount that is not exact are not told", async () => {
    const open = await decision({ amount: "fin.sales", instalments: { years: 2 } });
    expect(open.schedule).toBe(undefined);
  });

  test.each([
    [
      {
        instalments: [
          { year: 1, percent: 40 },
          { year: 2, percent: 50 },
        ],
      },
      /makes up 90 %/,
    ],
    [
      {
        instalments: [
          { year: 2, percent: 40 },
          { year: 1, percent: 60 },
        ],
      },
      /follow one another/,
    ],
    [
      {
        split: [
          { payer: "a", percent: 60 },
          { payer: "b", percent: 60 },
        ],
      },
      /makes up 120 %/,
    ],
    [
      {
        split: [
          { payer: "a", percent: 120 },
          { payer: "b", rest: true },
        ],
      },
      /below nothing/,
    ],
    [
      {
        split: [
          { payer: "a", rest: true },
          { payer: "b", rest: true },
        ],
      },
      /only one payer/,
    ],
  ])("that do not make up the whole are refused: %j", async (parts, message) => {
    await expect(decision({ amount: 100, ...parts })).rejects.toThrow(message);
  });
});
