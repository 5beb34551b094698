import { expect, test } from "vitest";
import { asOfInName } from "./as-of-in-name.ts";

test.each([
  ["参保信息_20251031.xlsx", "2025-10-31"],
  ["tax-2025-10-30.csv", "2025-10-30"],
  ["tax.csv", undefined],
  ["20250230.csv", undefined],
  ["91410105202510310012.csv", undefined],
  ["20251001-20251031.csv", undefined],
])("the name %s speaks of %s", (fileName, day) => {
  expect(asOfInName(fileName)).toBe(day);
});
