import { describe, expect, test } from "vitest";
import { searchTerms } from "./case-search.ts";

describe("what a search text may mean", () => {
  test.each([
    ["25,340.00 元", 2534000n],
    ["25340", 2534000n],
    ["0.01", 1n],
  ])("%s may be an amount", (text, amountFen) => expect(searchTerms(text)?.amountFen).toBe(amountFen));

  test.each(["0", "-5", "1.234", "星河", "91410105MA3000001K"])("%s is no amount", (text) => {
    expect(searchTerms(text)?.amountFen).toBeUndefined();
  });

  test.each([undefined, "", "  "])("%j means nothing", (text) => expect(searchTerms(text)).toBeUndefined());
});
