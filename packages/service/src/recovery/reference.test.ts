import { expect, test } from "vitest";
import { referenceIn, referenceOf } from "./reference.ts";

const reference = referenceOf("recovery_1");

test("the reference is letters and digits that a person can copy and a bank carries", () => {
  expect(reference).toMatch(/^AR[0-9A-HJKMNP-TV-Z]{20}$/);
});

test("it is found in what a payer wrote, however it is spaced or cased", () => {
  expect(referenceIn(undefined, `退回补贴 ${reference}`)).toBe(reference);
  expect(referenceIn(`${reference.slice(0, 8)} ${reference.slice(8).toLowerCase()}`)).toBe(reference);
  expect(referenceIn(reference, `again ${reference}`)).toBe(reference);
});

test("two of them are none: nothing is matched by guess", () => {
  expect(referenceIn(`${reference} ${referenceOf("recovery_2")}`)).toBeUndefined();
  expect(referenceIn("退款", undefined)).toBeUndefined();
});
