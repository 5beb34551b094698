import { fc, test } from "@fast-check/vitest";
import Fraction from "fraction.js";
import { describe, expect } from "vitest";
import { arithmetic } from "./arithmetic.ts";
import { compare } from "./comparison.ts";
import { functionNamed, functionNames } from "./functions.ts";
import { day, FALSE, list, NOTHING, num, range, TRUE, text, union, unknown, type Value } from "./value.ts";

const numbers = [0, 1, -1, 12, 5000, 1e6, -1e6, 1e9, 1e15, -1e15].map((n) => num(new Fraction(n)));
const scalars: Value[] = [
  ...numbers,
  num(new Fraction(1, 3)),
  num(new Fraction("0.005")),
  ...["0001-01-01", "2025-02-28", "9999-12-31"].map(day),
  ...["", "P1Y", "-P9999Y99999M", "P999999D", "month", "2025-07", "9999-12", "2025", "constructor"].map(text),
  { kind: "duration", unit: "months", length: 18 },
  { kind: "duration", unit: "days", length: -90 },
  TRUE,
  FALSE,
  NOTHING,
];
const partly: Value[] = [
  unknown(["a"]),
  range(new Fraction(1), undefined, ["a"]),
  range(undefined, undefined, ["a"]),
  union([day("2025-02-28"), NOTHING], ["a"]),
  union([num(new Fraction(1e15)), text("P1Y")], ["b"]),
];
const anything = fc.oneof(
  fc.constantFrom(...scalars, ...partly),
  fc
    .array(fc.constantFrom(...scalars, ...partly), { maxLength: 3 })
    .map((items) => list(items.map((value) => ({ value })))),
  fc.constant<Value>({ kind: "record", fields: new Map<string, Value>([["2025-07", num(new Fraction(1))]]) }),
);

describe("nothing that a formula can be given makes it fail or run on", () => {
  describe.each(functionNames)("%s()", (name) => {
    const target = functionNamed(name);
    const [fewest = 0, most = 0] = target?.arity ?? [];
    test.prop([fc.array(anything, { minLength: fewest, maxLength: Math.min(most, 4) })], { numRuns: 300 })(
      "gives a value",
      (args) => {
        expect(target?.apply(args)).toHaveProperty("kind");
      },
    );
  });

  test.prop([fc.constantFrom("+", "-", "*", "/", "**"), anything, anything], { numRuns: 2000 })(
    "arithmetic gives a value",
    (operator, a, b) => {
      expect(arithmetic(operator as "+", a, b)).toHaveProperty("kind");
    },
  );

  test.prop([fc.constantFrom("=", "!=", "<", ">="), anything, anything], { numRuns: 2000 })(
    "comparison gives a value",
    (comparator, a, b) => {
      expect(compare(comparator as "=", a, b)).toHaveProperty("kind");
    },
  );
});
