import Fraction from "fraction.js";
import { describe, expect, test } from "vitest";
import { lift } from "./lift.ts";
import {
  alternativesOf,
  boundsOf,
  day,
  type Exact,
  FALSE,
  fieldNamed,
  list,
  mergeBecause,
  NOTHING,
  num,
  range,
  sameScalar,
  TRUE,
  text,
  truth,
  union,
  unknown,
  type Value,
} from "./value.ts";

const n = (value: number | string) => num(new Fraction(value));
const months = (length: number): Exact => ({ kind: "duration", unit: "months", length });
const days = (length: number): Exact => ({ kind: "duration", unit: "days", length });

describe("two scalars are the same", () => {
  const distinct: readonly Exact[] = [
    ...[NOTHING, TRUE, FALSE, n(1), n(2), text("1"), text("2025-01-01"), text("")],
    ...[day("2025-01-01"), day("2025-01-02"), months(1), months(2), days(1), days(2)],
  ];
  // Written anew, so that they are not the same by being one object.
  const again = (value: Exact): Exact => (value.kind === "number" ? num(value.n.add(0)) : { ...value });

  test("as itself and as no other", () => {
    for (const [place, value] of distinct.entries()) {
      expect(distinct.map((other) => sameScalar(value, again(other)))).toEqual(distinct.map((_, at) => at === place));
    }
  });

  test("numbers by their value, lists and records never", () => {
    expect(sameScalar(n("0.50"), num(new Fraction(1, 2)))).toBe(true);
    expect(sameScalar(list([]), list([]))).toBe(false);
    expect(sameScalar({ kind: "record", fields: new Map() }, { kind: "record", fields: new Map() })).toBe(false);
  });
});

describe("why a value is not exact", () => {
  test("each fact once, in order of first mention", () => {
    expect(mergeBecause()).toEqual([]);
    expect(mergeBecause(["b"])).toEqual(["b"]);
    expect(mergeBecause(["b"], [], [])).toEqual(["b"]);
    expect(mergeBecause([], ["a"])).toEqual(["a"]);
    expect(mergeBecause(["b", "a"], ["a", "c"], ["b"])).toEqual(["b", "a", "c"]);
  });
});

describe("a range", () => {
  test("between equal bounds is a number, and an open end stays open", () => {
    expect(range(new Fraction(2), new Fraction("2.0"), ["a"])).toEqual(n(2));
    expect(range(new Fraction(1), new Fraction(2), ["a"])).toMatchObject({ kind: "range", because: ["a"] });
    expect(range(new Fraction(1), undefined, ["a"])).toEqual({ kind: "range", min: new Fraction(1), because: ["a"] });
    expect(range(undefined, new Fraction(1), ["a"])).toEqual({ kind: "range", max: new Fraction(1), because: ["a"] });
    expect(range(undefined, undefined, ["a"])).toEqual({ kind: "range", because: ["a"] });
  });
});

describe("one of several", () => {
  test("of one is that one; of the same twice is certain", () => {
    expect(union([n(1)], ["a"])).toEqual(n(1));
    expect(union([n(1), n("1.0")], ["a"])).toEqual(n(1));
    expect(union([unknown(["b"])], ["a"])).toEqual(unknown(["b"]));
  });

  test("keeps each once, with every reason", () => {
    const inner = union([n(2), n(3)], ["b"]);
    expect(union([n(1), inner, n(3)], ["a"])).toEqual({
      kind: "oneOf",
      values: [n(1), n(2), n(3)],
      because: ["a", "b"],
    });
  });

  test("with a range is the range that holds both; open where one is open", () => {
    const between = range(new Fraction(2), new Fraction(5), ["b"]);
    expect(union([n(1), between], ["a"])).toEqual({
      ...{ kind: "range", min: new Fraction(1), max: new Fraction(5), because: ["a", "b"] },
    });
    expect(union([between, n(9)], ["a"])).toMatchObject({ min: new Fraction(2), max: new Fraction(9) });
    const open = range(new Fraction(0), undefined, ["b"]);
    expect(union([open, between], [])).toEqual({ kind: "range", min: new Fraction(0), because: ["b"] });
    expect(union([between, open], [])).toEqual({ kind: "range", min: new Fraction(0), because: ["b"] });
    expect(union([text("x"), between], ["a"])).toEqual(unknown(["a", "b"]));
  });

  test("of more than can be listed is the range of them", () => {
    const many = (count: number) =>
      union(
        Array.from({ length: count }, (_, place) => n(place)),
        ["a"],
      );
    expect(many(32)).toMatchObject({ kind: "oneOf" });
    expect(many(33)).toEqual({ kind: "range", min: new Fraction(0), max: new Fraction(32), because: ["a"] });
  });
});

describe("bounds and alternatives", () => {
  const bounds = (value: Value) => {
    const found = boundsOf(value);
    return found && [found.min?.toString(), found.max?.toString()];
  };

  test("are known of numbers alone, in whatever order they come", () => {
    expect(bounds(n(3))).toEqual(["3", "3"]);
    expect(bounds(range(undefined, new Fraction(4), ["a"]))).toEqual([undefined, "4"]);
    expect(bounds(union([n(3), n(1), n(2)], ["a"]))).toEqual(["1", "3"]);
    expect(bounds(union([n(1), n(3), n(2)], ["a"]))).toEqual(["1", "3"]);
    for (const value of [union([n(3), NOTHING], ["a"]), text("3"), unknown(["a"])])
      expect(bounds(value)).toBeUndefined();
  });

  test("what cannot be listed has no alternatives", () => {
    expect(alternativesOf(n(1))).toEqual([n(1)]);
    expect(alternativesOf(range(undefined, undefined, []))).toBeUndefined();
    expect(alternativesOf(unknown([]))).toBeUndefined();
  });
});

test("a record says what is under a name, else what a missing name stands for, else nothing", () => {
  const fields = new Map<string, Value>([["a", n(1)]]);
  expect(fieldNamed({ kind: "record", fields }, "a")).toEqual(n(1));
  expect(fieldNamed({ kind: "record", fields }, "b")).toEqual(NOTHING);
  expect(fieldNamed({ kind: "record", fields, absent: (name) => unknown([name]) }, "b")).toEqual(unknown(["b"]));
});

describe("an operation on values that are one of several", () => {
  const a = union([n(1), n(2)], ["a"]);
  const b = union([n(10), n(20)], ["b"]);
  const numberOf = (value: Exact | undefined) => (value?.kind === "number" ? value.n.valueOf() : Number.NaN);

  test("tries every combination, in order, with the arguments in theirs", () => {
    const tried: number[][] = [];
    lift([a, n(5), b], (args) => {
      tried.push(args.map(numberOf));
      return n(args.map(numberOf).reduce((sum, next) => sum + next, 0));
    });
    expect(tried).toEqual([
      [1, 5, 10],
      [1, 5, 20],
      [2, 5, 10],
      [2, 5, 20],
    ]);
  });

  test("names only the arguments that change the result", () => {
    expect(lift([a, b], ([x]) => truth(numberOf(x) > 1))).toMatchObject({ because: ["a"] });
    expect(lift([a, b], ([, y]) => truth(numberOf(y) > 10))).toMatchObject({ because: ["b"] });
    expect(lift([a, b], ([x, y]) => n(numberOf(x) + numberOf(y)))).toMatchObject({ because: ["a", "b"] });
    expect(lift([a, b], () => TRUE)).toEqual(TRUE);
    const three = union([n(1), n(2), n(3)], ["c"]);
    expect(lift([three, a], ([x]) => truth(numberOf(x) > 2))).toMatchObject({ because: ["c"] });
    expect(lift([a, three], ([, y]) => truth(numberOf(y) > 2))).toMatchObject({ because: ["c"] });
  });

  test("gives up where they cannot be listed, or are too many", () => {
    expect(lift([a, unknown(["c"])], () => TRUE)).toBeUndefined();
    const wide = union(
      Array.from({ length: 32 }, (_, place) => n(place)),
      ["w"],
    );
    expect(lift([wide, wide], () => TRUE)).toEqual(TRUE);
    expect(lift([wide, wide, a], () => TRUE)).toBeUndefined();
    expect(lift([n(1), n(2)], ([x]) => x ?? NOTHING)).toEqual(n(1));
  });
});
