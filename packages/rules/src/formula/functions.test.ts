import Fraction from "fraction.js";
import { describe, expect, test } from "vitest";
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
const values: readonly Value[] = [
  ...scalars,
  ...partly,
  list([]),
  list([day("2025-02-28"), NOTHING, num(new Fraction(1))].map((value) => ({ value }))),
  { kind: "record", fields: new Map<string, Value>([["2025-07", num(new Fraction(1))]]) },
];

/** Every way to choose so many of the values, in order. */
function choices(length: number): Value[][] {
  if (length === 0) return [[]];
  return choices(length - 1).flatMap((chosen) => values.map((value) => [...chosen, value]));
}
const byLength = [0, 1, 2, 3].map(choices);

describe("nothing that a formula can be given makes it fail or run on", () => {
  test.each(functionNames)("%s() gives a value", (name) => {
    const target = functionNamed(name);
    const [fewest = 0, most = 0] = target?.arity ?? [];
    for (const args of byLength.slice(fewest, (most > 3 ? 2 : most) + 1).flat()) {
      expect(target?.apply(args).kind).toBeTypeOf("string");
    }
  });

  test.each(["+", "-", "*", "/", "**"] as const)("arithmetic by %s gives a value", (operator) => {
    for (const [a = NOTHING, b = NOTHING] of byLength[2] ?? [])
      expect(arithmetic(operator, a, b).kind).toBeTypeOf("string");
  });

  test.each(["=", "!=", "<", ">="] as const)("comparison by %s gives a value", (comparator) => {
    for (const [a = NOTHING, b = NOTHING] of byLength[2] ?? [])
      expect(compare(comparator, a, b).kind).toBeTypeOf("string");
  });
});
