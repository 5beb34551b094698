import { expect, test } from "vitest";
import { besideOthers } from "./reassessment.ts";

test("more by itself is not more beside others: of an award that was cut only what is below the payment is a difference", () => {
  const [paid, asked] = [60n, 100n];
  expect([50n, 60n, 80n, 100n, 120n].map((due) => besideOthers(due, paid, asked))).toEqual([50n, 60n, 60n, 60n, 60n]);
});

test("an award that nothing cut is due as its policy says", () => {
  expect([50n, 120n].map((due) => besideOthers(due, 60n))).toEqual([50n, 120n]);
  expect(besideOthers(undefined, 60n, 100n)).toBeUndefined();
});
