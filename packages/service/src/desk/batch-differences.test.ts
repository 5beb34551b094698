import { expect, test } from "vitest";
import { differenceOf, type Paid } from "./batch-differences.ts";

const to = (firmCode: string, accountNo: string): Paid => ({ firmCode, accountNo });
const arrived = new Map([["A", to("A", "1")]]);

test("a firm that nothing has reached yet is paid for the first time", () => {
  expect(differenceOf(to("B", "1"), arrived)).toBe("first-payment");
});

test("money to another account than the last that it reached is shown; to the same one nothing is", () => {
  expect(differenceOf(to("A", "2"), arrived)).toBe("other-account");
  expect(differenceOf(to("A", "1"), arrived)).toBeUndefined();
});
