import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLess, normalDecimal, shiftDecimal } from "./decimal.ts";

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => ({ digits, places, text: withPoint(digits, places) }));

function withPoint(digits: bigint, places: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, "0");
  const point = text.length - places;
  return `${digits < 0n ? "-" : ""}${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ""}`;
}

describe("exact decimals", () => {
  test.each([
    ["1.005", 4, "10050"],
    ["0.0001", 4, "1"],
    ["12", 8, "1200000000"],
    ["5", -1, "0.5"],
    ["55.5", -1, "5.55"],
    ["-0.00", 0, "0"],
    ["0012.50", 0, "12.5"],
  ])("%s with the point moved by %i is %s", (text, places, expected) => {
    expect(shiftDecimal(text, places)).toBe(expected);
  });

  test("moving the point there and back changes nothing", () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 8 }), ({ text }, places) => {
        expect(shiftDecimal(shiftDecimal(text, places) ?? "", -places)).toBe(normalDecimal(text));
      }),
    );
  });

  test("the order of decimals is the order of the numbers they write", () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const less = left.digits * 10n ** BigInt(right.places) < right.digits * 10n ** BigInt(left.places);
        expect(isLess(normalDecimal(left.text) ?? "", normalDecimal(right.text) ?? "")).toBe(less);
      }),
    );
  });

  test.each(["", "1,000", "1e5", "１２", "1.", ".5", "--1", "0x10", "NaN", " 1"])("%j is not a decimal", (text) => {
    expect(normalDecimal(text)).toBeUndefined();
  });
});
