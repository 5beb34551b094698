import { describe, expect, test } from "vitest";
import { firstDifference } from "./first-difference.ts";

describe("the first difference of two values", () => {
  test("is none when they are equal, whatever the order of keys", () => {
    expect(firstDifference({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] })).toBeUndefined();
  });

  test("names the path down to the value", () => {
    const stored = { children: [{ actual: 1 }, { actual: 2 }] };
    const recomputed = { children: [{ actual: 1 }, { actual: 3 }] };
    expect(firstDifference(stored, recomputed)).toEqual({ at: "children[1].actual", stored: 2, recomputed: 3 });
  });

  test("sees what only one of them has", () => {
    expect(firstDifference(["a"], ["a", "b"])).toEqual({ at: "[1]", stored: undefined, recomputed: "b" });
    expect(firstDifference({ a: 1 }, {})).toEqual({ at: "a", stored: 1, recomputed: undefined });
  });

  test.each([
    [null, {}],
    [[], {}],
    ["1", 1],
    [undefined, null],
  ])("tells %j from %j", (stored, recomputed) => {
    expect(firstDifference(stored, recomputed)).toEqual({ at: "", stored, recomputed });
  });

  test("takes an absent key and one without a value for the same, as JSON does", () => {
    expect(firstDifference({ a: undefined }, {})).toBeUndefined();
  });
});
