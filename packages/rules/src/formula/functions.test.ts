import Fraction from "fraction.js";
import { describe, expect, test } from "vitest";
import { feel } from "../testing.ts";
import { jsonOf } from "../value-json.ts";
import { arithmetic } from "./arithmetic.ts";
import { compare } from "./comparison.ts";
import { functionNamed, functionNames } from "./functions.ts";
import {
  alternativesOf,
  becauseOf,
  day,
  FALSE,
  list,
  NOTHING,
  num,
  range,
  TRUE,
  text,
  union,
  unknown,
  type Value,
} from "./value.ts";

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

describe("each function says what its name says", () => {
  test.each<[string, unknown]>([
    ['starts with("410105", "4101")', true],
    ['starts with("410105", "105")', false],
    ['starts with("4", null)', null],
    ['starts with(null, "4")', null],
    ['ends with("410105", "105")', true],
    ['ends with("410105", "4101")', false],
    ['contains("abc", "b")', true],
    ['contains("abc", "d")', false],
    ['contains(1, "d")', null],
    ['string length("中文字")', 3],
    ['string length("😀")', 1],
    ["string length(12)", null],
    ['number("12.50")', 12.5],
    ['number("-3")', -3],
    ['number("7")', 7],
    ["number(7)", 7],
    ['number("1e3")', null],
    ['number("12.")', null],
    ['number(" 12")', null],
    ['number("12x")', null],
    ['number("12.a")', null],
    ["number(true)", null],
    ["abs(-2.5)", 2.5],
    ['abs("2")', null],
    ["floor(12.349, 2)", 12.34],
    ["ceiling(12.341, 2)", 12.35],
    ["floor(1234, -2)", 1200],
    ["ceiling(1234, -2)", 1300],
    ["round half up(2.5)", 3],
    ["round half up(-2.5)", -3],
    ["round half up(2.345, 2)", 2.35],
    ["round half up(1, 30)", 1],
    ["round half up(1, 31)", null],
    ["round half up(1, -31)", null],
    ["round half up(1, null)", null],
    ['round half up("1")', null],
    ["round half up(1, 1.5)", null],
    ['substring("foobar", 3)', "obar"],
    ['substring("foobar", 3, 2)', "ob"],
    ['substring("foobar", -2)', "ar"],
    ['substring("foobar", -2, 1)', "a"],
    ['substring("foobar", 1, 6)', "foobar"],
    ['substring("foobar", -6)', "foobar"],
    ['substring("foobar", -7)', null],
    ['substring("foobar", 0)', null],
    ['substring("foobar", 1, 0)', null],
    ['substring("foobar", 1, 1)', "f"],
    ['substring("foobar", 1, "x")', null],
    ["substring(1, 1)", null],
    ['substring("foobar", "1")', null],
    ['date("2025-02-28")', "2025-02-28"],
    ['date("2025-02-29")', null],
    ['date(@"2025-02-28")', "2025-02-28"],
    ["date(2025, 2, 28)", "2025-02-28"],
    ["date(2025, 2, 29)", null],
    ["date(2025)", null],
    ["date(2025, 2)", null],
    ['date(2025, "2", 28)', null],
    ['date(2025, 2, "28")', null],
    ["date(true)", null],
    ['add days(@"2025-02-28", 1)', "2025-03-01"],
    ['add days(@"2025-02-28", -28)', "2025-01-31"],
    ['add days(@"2025-02-28", 1.5)', null],
    ['add days("2025-02-28", 1)', null],
    ['add days(@"2025-02-28", "1")', null],
    ['add days(@"9999-12-31", 1)', null],
    ['add months(@"2025-01-31", 1)', "2025-02-28"],
    ['add months(@"2025-01-31", 0.5)', null],
    ['add months(@"9999-12-31", 1)', null],
    ['add working days(@"2025-09-30", 1)', "2025-10-09"],
    ['add working days(@"2025-09-30", 0.5)', null],
    ['add working days("2025-09-30", 1)', null],
    ['working days(@"2025-09-30", @"2025-10-09")', 1],
    ['working days(@"1980-01-01", @"1980-01-31")', null],
    ['working days("2025-09-30", @"2025-10-09")', null],
    ['days(@"2025-01-01", @"2025-03-01")', 59],
    ['days(@"2025-03-01", @"2025-01-01")', -59],
    ['days(@"2025-01-01", "2025-03-01")', null],
    ['full months(@"2025-01-31", @"2025-02-28")', 1],
    ['full months(@"2025-01-31", @"2025-03-31")', 2],
    ['full years(@"2020-02-29", @"2025-02-28")', 5],
    ['full years(@"2020-02-28", @"2025-02-27")', 4],
    ['full years(@"2020-02-29", @"2025-03-01")', 5],
    ['full years(@"2025-03-01", @"2020-03-02")', -4],
    ['duration("P1Y6M").months', 6],
    ["duration(1)", null],
    ['duration("soon")', null],
    ['years and months duration(@"2024-01-15", @"2025-03-14").months', 1],
    ['period of(@"2025-07-09", "month")', "2025-07"],
    ['period of(@"2025-07-09", "quarter")', "2025-Q3"],
    ['period of(@"2025-07-09", "year")', "2025"],
    ['period of(@"2025-07-09", "week")', null],
    ['period of("2025-07-09", "month")', null],
    ['period of(@"2025-07-09", 7)', null],
    ['add periods("2025-11", 3)', "2026-02"],
    ['add periods("2025-Q1", -1)', "2024-Q4"],
    ['add periods("2025", 1)', "2026"],
    ['add periods("2025-13", 1)', null],
    ['add periods("2025-11", 0.5)', null],
    ['add periods("2025-11", "1")', null],
    ["add periods(202511, 1)", null],
    ["mean([1, 2, 6])", 3],
    ["mean([])", null],
    ["count([1, null])", 2],
    ["count(5)", 1],
    ["sum(1, 2, 3)", 6],
    ["sum([1, 2, 3])", 6],
    ["min([3, 1, 2])", 1],
    ["max(3, 1, 2)", 3],
    ['max(@"2025-01-01", @"2025-01-02")', "2025-01-02"],
    ['min(@"2025-01-01", @"2025-01-02")', "2025-01-01"],
    ['max("a", "c", "b")', null],
    ['min("b", "a")', null],
    ['max(1, "a")', null],
    ["max(1, null)", null],
    ["distinct values([1, 2, 1, 1.0])", [1, 2]],
    ["concatenate([1], [2, 3], [])", [1, 2, 3]],
    ["concatenate([1])", [1]],
    ["concatenate([1], 2)", [1, 2]],
    ["list contains([1, 2], 2)", true],
    ["list contains([1, 2], 3)", false],
    ["list contains([], 3)", false],
    ["list contains(2, 2)", true],
    ['get value({x: 1, y: 2}, "y")', 2],
    ['get value(5, "y")', null],
    ["get value({x: 1}, 1)", null],
    ["get value({x: 1}, null)", null],
    ['periods({x: 1}, "soon", "2025-06")', null],
    ['periods(5, "2025-01", "2025-06")', null],
    ['count(periods({x: 1}, "2025-01", "2025-06"))', 6],
    ["not(false)", true],
    ["not(null)", null],
    ["not(1)", null],
  ])("%s", (source, value) => {
    expect(jsonOf(feel(source))).toEqual(value);
  });
});

describe("a function of what is only partly known", () => {
  const open = (source: string) => becauseOf(feel(source, {}));

  test("of a key that is one of three may be any of what is under them", () => {
    const value = feel("get value({A: 1, B: 2, C: 2}, ent.grade)");
    expect(value).toMatchObject({ kind: "oneOf", because: ["ent.grade"] });
    expect(alternativesOf(value)).toHaveLength(2);
    expect(jsonOf(feel("get value({A: 7, B: 7, C: 7}, ent.grade)"))).toBe(7);
  });

  test("of a key that may be anything may be any of them, or nothing", () => {
    expect(alternativesOf(feel("get value({x: 1, y: 2}, ent.name)"))).toEqual([
      ...[num(new Fraction(1)), num(new Fraction(2)), NOTHING],
    ]);
  });

  test("of a list that holds one of several only if it holds each", () => {
    expect(jsonOf(feel('list contains(["A", "B", "C"], ent.grade)'))).toBe(true);
    expect(open('list contains(["A", "B"], ent.grade)')).toEqual(["ent.grade"]);
    expect(jsonOf(feel('list contains(["X"], ent.grade)'))).toBe(false);
  });

  test("of a span whose ends are open names each end that matters", () => {
    const span = (from: string, to: string) => open(`count(periods({x: 1}, ${from}, ${to}))`);
    expect(span("ent.name", '"2025-06"')).toEqual(["ent.name"]);
    expect(span('"2025-01"', "ent.name")).toEqual(["ent.name"]);
    const begin = 'if ent.good then "2025-01" else "2025-02"';
    expect(jsonOf(feel(`count(periods({x: 1}, ${begin}, "2025-03")) >= 2`))).toBe(true);
    expect(jsonOf(feel(`count(periods({x: 1}, "2024-12", ${begin})) <= 3`))).toBe(true);
    expect(open(`count(periods({x: 1}, ${begin}, "2025-03"))`)).toEqual(["ent.good"]);
    expect(open(`count(periods({x: 1}, "2024-12", ${begin}))`)).toEqual(["ent.good"]);
  });

  test("of an unknown record is unknown, for that reason", () => {
    expect(open('get value(ledger.paid[1], "family")')).toEqual(["ledger.paid"]);
  });

  test("of an open condition that may be nothing may be nothing too", () => {
    const value = feel("if ent.good then 1 else 2");
    expect(alternativesOf(value)).toHaveLength(2);
    const both = feel("if (if ent.good then true else null) then 1 else 2");
    expect(alternativesOf(both)).toContainEqual(NOTHING);
  });

  test("of a place in a list that is one of two is one of the two elements", () => {
    const place = feel("[10, 20, 30][if ent.good then 1 else 3]");
    expect(alternativesOf(place)).toEqual([num(new Fraction(10)), num(new Fraction(30))]);
    expect(open("[10, 20, 30][ent.staff]")).toEqual(["ent.staff"]);
    expect(jsonOf(feel("[10, 10][if ent.good then 1 else 2]"))).toBe(10);
  });

  test("of the part of a day that is one of two is one of two", () => {
    const part = feel('(if ent.good then @"2025-01-01" else @"2024-03-01").year');
    expect(alternativesOf(part)).toEqual([num(new Fraction(2025)), num(new Fraction(2024))]);
    expect(open("ent.since.year")).toEqual(["ent.since"]);
  });
});
