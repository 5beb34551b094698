import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fen, formatYuan, fromDecimalYuan, sumFen, toDecimalYuan } from "./money.ts";

const anyAmount = fc.bigInt({ min: -(10n ** 17n) + 1n, max: 10n ** 17n - 1n });

describe("money for people", () => {
  test.each([
    [0n, "0.00"],
    [1n, "0.01"],
    [10n, "0.10"],
    [100n, "1.00"],
    [2_534_000n, "25,340.00"],
    [100_000_000n, "1,000,000.00"],
    [-5n, "-0.05"],
    [-123_456n, "-1,234.56"],
  ])("%s 分 reads %s", (amount, text) => {
    expect(formatYuan(amount)).toBe(text);
  });
});

describe("money for files", () => {
  property.prop([anyAmount])("an amount survives the way through decimal 元", (amount) => {
    expect(fromDecimalYuan(toDecimalYuan(amount))).toBe(amount);
  });

  test.each([
    ["25340", 2_534_000n],
    ["25340.5", 2_534_050n],
    [" 0.01 ", 1n],
    ["-0.01", -1n],
    // As a binary float this is 1,114.999…: the reason why money never passes through one.
    ["11.15", 1_115n],
    ["90071992547409.93", 9_007_199_254_740_993n],
  ])("%j is exactly %s 分", (text, amount) => {
    expect(fromDecimalYuan(text)).toBe(amount);
  });

  test.each(["", "abc", "1.005", "1e3", "1,000.00", "1.", ".5", "+1", "１００", "0x10", "9999999999999999"])(
    "%j is not an amount",
    (text) => {
      expect(fromDecimalYuan(text)).toBeUndefined();
    },
  );
});

test("an amount is a whole number of 分: a fraction is refused, not rounded", () => {
  expect(() => fen(0.5)).toThrow(RangeError);
  expect(() => fen("1.5")).toThrow(SyntaxError);
});

property.prop([fc.array(anyAmount)])(
  "a sum does not depend on order, and is exact beyond what floats hold",
  (amounts) => {
    const forwards = sumFen(amounts.map(fen));
    expect(sumFen(amounts.toReversed().map(fen))).toBe(forwards);
    expect(forwards).toBe(amounts.reduce((total, amount) => total + amount, 0n));
  },
);
