import Fraction from "fraction.js";
import { expect, test } from "vitest";
import { arithmetic } from "./arithmetic.ts";
import { compare } from "./comparison.ts";
import { day, type Exact, FALSE, list, NOTHING, num, range, TRUE, text, union, unknown, type Value } from "./value.ts";

const n = (value: number | string) => num(new Fraction(value));
const months = (length: number): Exact => ({ kind: "duration", unit: "months", length });
const days = (length: number): Exact => ({ kind: "duration", unit: "days", length });
const record: Value = { kind: "record", fields: new Map() };
const both = (a: Value, b: Value) => [compare("=", a, b), compare("!=", a, b)];

test("values of two kinds are neither equal nor unequal, and neither are lists or records", () => {
  const pairs: [Value, Value][] = [
    [n(1), text("1")],
    [text("2025-01-01"), day("2025-01-01")],
    [TRUE, n(1)],
    [list([]), list([])],
    [record, record],
    [months(12), n(12)],
  ];
  for (const [a, b] of pairs) expect(both(a, b)).toEqual([NOTHING, NOTHING]);
});

test("nothing equals nothing, and differs from everything that is something", () => {
  expect(both(NOTHING, NOTHING)).toEqual([TRUE, FALSE]);
  for (const value of [n(0), text(""), day("2025-01-01"), FALSE, months(0)]) {
    expect(both(NOTHING, value)).toEqual([FALSE, TRUE]);
    expect(both(value, NOTHING)).toEqual([FALSE, TRUE]);
  }
  const between = range(new Fraction(0), new Fraction(2), ["a"]);
  expect(both(NOTHING, between)).toEqual([FALSE, TRUE]);
  expect(both(between, NOTHING)).toEqual([FALSE, TRUE]);
  expect(compare("<", NOTHING, between)).toEqual(NOTHING);
});

test("days are in the order of time, spans only against spans of the same unit", () => {
  expect(compare("<", day("2024-12-31"), day("2025-01-01"))).toEqual(TRUE);
  expect(compare("<=", day("2025-01-01"), day("2025-01-01"))).toEqual(TRUE);
  expect(compare(">", day("2025-01-01"), day("2025-01-01"))).toEqual(FALSE);
  expect(compare("<", day("2025-01-01"), n(5))).toEqual(NOTHING);
  expect(compare("<", months(11), months(12))).toEqual(TRUE);
  expect(compare(">=", days(31), days(30))).toEqual(TRUE);
  expect(compare("<", days(31), months(1))).toEqual(NOTHING);
  expect(compare("<", n(5), months(6))).toEqual(NOTHING);
  expect(compare("<", text("a"), text("b"))).toEqual(NOTHING);
});

test("two ranges compare as far as they lie apart", () => {
  const low = range(new Fraction(0), new Fraction(2), ["a"]);
  const high = range(new Fraction(3), new Fraction(5), ["b"]);
  const open = range(new Fraction(2), undefined, ["c"]);
  expect(both(low, high)).toEqual([FALSE, TRUE]);
  expect(both(high, low)).toEqual([FALSE, TRUE]);
  expect(compare("<", low, high)).toEqual(TRUE);
  expect(compare(">", low, high)).toEqual(FALSE);
  expect(compare("<=", low, open)).toEqual(TRUE);
  expect(compare("<", low, open).kind).not.toBe("boolean");
  expect(compare("=", low, open).kind).not.toBe("boolean");
  expect(compare("=", n(1), unknown(["a"])).kind).not.toBe("boolean");
});

test("texts are joined and not otherwise computed with", () => {
  expect(arithmetic("+", text("a"), text("b"))).toEqual(text("ab"));
  expect(arithmetic("-", text("a"), text("b"))).toEqual(NOTHING);
  expect(arithmetic("+", text("a"), n(1))).toEqual(NOTHING);
  expect(arithmetic("+", n(1), text("a"))).toEqual(NOTHING);
});

test("powers are exact while they can be written down", () => {
  expect(arithmetic("**", n("0.5"), n(3))).toEqual(n("0.125"));
  expect(arithmetic("**", n(2), n(-2))).toEqual(n("0.25"));
  expect(arithmetic("**", n(0), n(0))).toEqual(n(1));
  expect(arithmetic("**", n(0), n(-1))).toEqual(NOTHING);
  expect(arithmetic("**", n(2), n("0.5"))).toEqual(NOTHING);
  expect(arithmetic("**", n(2), n(100_000))).toEqual(NOTHING);
  expect(arithmetic("**", num(new Fraction(1).div(new Fraction(10).pow(300))), n(300))).toEqual(NOTHING);
});

test("what is multiplied by nothing at all is nothing, whatever it is", () => {
  const anything = range(undefined, undefined, ["a"]);
  expect(arithmetic("*", n(0), anything)).toEqual(n(0));
  expect(arithmetic("*", anything, n(0))).toEqual(n(0));
  const from = range(new Fraction(-2), undefined, ["a"]);
  expect(arithmetic("*", from, n(-3))).toMatchObject({ kind: "range", max: new Fraction(6) });
  expect(arithmetic("*", from, n(-3))).not.toHaveProperty("min");
  expect(arithmetic("*", from, from)).toEqual({ kind: "range", because: ["a"] });
});

test("a division by what may be nothing says so, and by what is surely above or below does not", () => {
  const positive = range(new Fraction(1), new Fraction(2), ["a"]);
  const negative = range(new Fraction(-2), new Fraction(-1), ["b"]);
  const around = range(new Fraction(-1), new Fraction(1), ["c"]);
  expect(arithmetic("/", n(4), positive)).toMatchObject({ kind: "range", min: new Fraction(2), max: new Fraction(4) });
  expect(arithmetic("/", n(4), negative)).toMatchObject({
    kind: "range",
    min: new Fraction(-4),
    max: new Fraction(-2),
  });
  expect(arithmetic("/", n(4), around)).toEqual(unknown(["c"]));
  expect(arithmetic("+", union([n(1), n(2)], ["a"]), n(1))).toEqual(union([n(2), n(3)], ["a"]));
});
