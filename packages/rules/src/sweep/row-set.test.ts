import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { countRows, rowSetOf, rowsIn } from "./row-set.ts";

const rows = fc.uniqueArray(fc.nat({ max: 300 }));

test.prop([rows, rows])("a set of rows holds what was put in, and counts what two have in common", (some, others) => {
  const [set, other] = [rowSetOf(some, 301), rowSetOf(others, 301)];
  expect([...rowsIn(set)]).toEqual(some.toSorted((a, b) => a - b));
  expect(countRows(set)).toBe(some.length);
  expect(countRows(set, other)).toBe(some.filter((row) => others.includes(row)).length);
});
