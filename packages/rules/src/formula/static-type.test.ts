import { expect, describe as group, test } from "vitest";
import type { StaticType } from "./expression.ts";
import { functionNamed } from "./functions.ts";
import { ANY, comparable, describe, either, elementOf, fieldNames, fieldType, resultType } from "./static-type.ts";

const number: StaticType = { kind: "number" };
const date: StaticType = { kind: "date" };
const duration: StaticType = { kind: "duration" };
const words: StaticType = { kind: "text" };
const nothing: StaticType = { kind: "null" };
const listOf = (of: StaticType): StaticType => ({ kind: "list", of });
const recordOf = (fields: Readonly<Record<string, StaticType>>): StaticType => ({
  kind: "record",
  fields: new Map(Object.entries(fields)),
});

group("the type of a value that is one or the other", () => {
  test.each<[string, StaticType, StaticType, StaticType]>([
    ["nothing leaves the other", nothing, number, number],
    ["and the other way round", number, nothing, number],
    ["the same kind stays", number, { kind: "number" }, number],
    ["two kinds are anything", number, words, ANY],
    ["lists join what is in them", listOf(number), listOf(nothing), listOf(number)],
    ["lists of two kinds are lists of anything", listOf(number), listOf(words), listOf(ANY)],
    ["a list and a number are anything", listOf(number), number, ANY],
    ["a record and a number are anything", recordOf({ a: number }), number, ANY],
    ["a number and a record too", number, recordOf({ a: number }), ANY],
    ["a date and a date", date, { kind: "date" }, date],
  ])("%s", (_, a, b, both) => {
    expect(either(a, b)).toEqual(both);
  });

  test("of two records has the fields of both; one that both have is either", () => {
    const both = either(recordOf({ a: number, b: date }), recordOf({ b: words, c: listOf(number) }));
    expect(both).toEqual(recordOf({ a: number, b: ANY, c: listOf(number) }));
  });
});

group("what can be compared", () => {
  test.each<[StaticType, StaticType, boolean]>([
    [number, number, true],
    [number, words, false],
    [ANY, words, true],
    [words, ANY, true],
    [nothing, date, true],
    [date, nothing, true],
    [date, duration, false],
  ])("%j with %j: %s", (a, b, is) => {
    expect(comparable(a, b)).toBe(is);
  });
});

group("fields", () => {
  test.each<[StaticType, string, StaticType | undefined]>([
    [ANY, "whatever", ANY],
    [recordOf({ a: date }), "a", date],
    [recordOf({ a: date }), "b", undefined],
    [date, "year", number],
    [date, "month", number],
    [date, "day", number],
    [date, "years", undefined],
    [duration, "years", number],
    [duration, "months", number],
    [duration, "days", number],
    [duration, "day", undefined],
    [listOf(recordOf({ a: date })), "a", listOf(date)],
    [listOf(number), "a", undefined],
    [number, "year", undefined],
  ])("of %j named %s", (type, name, field) => {
    expect(fieldType(type, name)).toEqual(field);
  });

  test("that could be meant are listed, through lists too", () => {
    expect(fieldNames(recordOf({ a: date, b: number }))).toEqual(["a", "b"]);
    expect(fieldNames(listOf(listOf(date)))).toEqual(["year", "month", "day"]);
    expect(fieldNames(duration)).toEqual(["years", "months", "days"]);
    expect(fieldNames(number)).toEqual([]);
  });
});

group("what a function gives", () => {
  const given = (name: string, ...args: StaticType[]) => {
    const found = functionNamed(name);
    if (!found) throw new Error(`no function ${name}`);
    return resultType(found, args);
  };

  test.each<[string, StaticType[], StaticType]>([
    ["distinct values", [listOf(date)], listOf(date)],
    ["distinct values", [], ANY],
    ["max", [listOf(date)], date],
    ["max", [number], number],
    ["max", [number, number], number],
    ["max", [number, words], ANY],
    ["max", [listOf(number), number], ANY],
    ["periods", [{ kind: "series", of: number, every: "month" } as StaticType], listOf(number)],
    ["periods", [ANY], listOf(ANY)],
    ["get value", [recordOf({ a: number }), words], ANY],
    ["count", [listOf(date)], number],
    ["add days", [date, number], date],
    ["starts with", [words, words], { kind: "boolean" }],
  ])("%s of %j", (name, args, type) => {
    expect(given(name, ...args)).toEqual(type);
  });

  test("an element of a list is what is in it, and a single value is its own", () => {
    expect(elementOf(listOf(date))).toEqual(date);
    expect(elementOf(date)).toEqual(date);
  });

  test("is said in words", () => {
    const kinds = [ANY, nothing, { kind: "boolean" } as const, number, words, date, duration, listOf(number)];
    expect(kinds.map(describe)).toEqual([
      ...["anything", "nothing", "yes or no", "a number", "text", "a date", "a duration", "a list"],
    ]);
    expect(describe(recordOf({}))).toBe("a record");
    expect(describe({ kind: "series" } as StaticType)).toBe("a series");
  });
});
