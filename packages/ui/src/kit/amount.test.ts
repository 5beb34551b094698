import { expect, test } from "vitest";
import { amountText, permille, sumOf } from "./amount.ts";

test("an amount is shown in yuan with two decimals and groups of three", () => {
  expect(amountText("2534000", "zh")).toBe("25,340.00 元");
  expect(amountText("2534000", "en")).toBe("CNY 25,340.00");
  expect(amountText("0", "zh")).toBe("0.00 元");
  expect(amountText("5", "zh")).toBe("0.05 元");
  expect(amountText("-123456789", "zh")).toBe("-1,234,567.89 元");
});

test("a total is exact beyond what a float can hold", () => {
  expect(sumOf(["9007199254740993", "1"])).toBe("9007199254740994");
  expect(sumOf([])).toBe("0");
});

test("a share of nothing is nothing, not an error", () => {
  expect(permille("5", "0")).toBe(0);
  expect(permille("1", "3")).toBe(333);
});
