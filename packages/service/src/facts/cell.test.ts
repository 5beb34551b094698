import type { FactType } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { type CellRule, readCell, readDay, type ValueShape } from "./cell.ts";

const asOf = "2025-10-31" as Day;
const label = { zh: "事实", en: "fact" };

function read(
  type: Exclude<FactType, "list" | "series">,
  text: string,
  rule: Partial<CellRule> = {},
  shape: Partial<ValueShape> = {},
) {
  return readCell({ text, isNumber: false }, { type, label, nullable: false, ...shape }, { shift: 0, ...rule }, asOf);
}

const refused = (reason: string) => ({ problem: { zh: expect.any(String), en: expect.stringContaining(reason) } });

describe("numbers", () => {
  test("万元 become 元 exactly", () => {
    expect(read("money", "1.005", { shift: 4 })).toEqual({ value: "10050" });
  });

  test("an amount of more than two decimals of 元 is refused, not rounded", () => {
    expect(read("money", "100.005")).toEqual(refused("two decimals"));
    expect(read("money", "0.0000005", { shift: 4 })).toEqual(refused("two decimals"));
  });

  test.each([
    ["12,345.67", "thousands separators"],
    ["１２３", "full-width digits"],
    ["约三十", "not a number"],
    ["1e6", "not a number"],
    ["=1+1", "formula"],
  ])("%s is refused: %s", (text, reason) => {
    expect(read("money", text)).toEqual(refused(reason));
  });

  test("a count is whole", () => {
    expect(read("integer", "12")).toEqual({ value: 12 });
    expect(read("integer", "12.0")).toEqual({ value: 12 });
    expect(read("integer", "12.5")).toEqual(refused("whole number"));
  });

  test("a bound belongs to the range, one step beyond does not", () => {
    expect(read("percent", "100", {}, { max: "100" })).toEqual({ value: "100" });
    expect(read("percent", "100.01", {}, { max: "100" })).toEqual(refused("out of bounds"));
    expect(read("money", "-0.01", { min: "0" })).toEqual(refused("out of bounds"));
  });

  test("per cent may carry its sign, and per mille is a tenth of it", () => {
    expect(read("percent", "5.50%")).toEqual({ value: "5.5" });
    expect(read("percent", "55", { shift: -1 })).toEqual({ value: "5.5" });
  });

  test("a count beyond exact integers is out of bounds", () => {
    expect(read("integer", "9007199254740993")).toEqual(refused("out of bounds"));
  });
});

describe("days", () => {
  test.each(["2025-09-05", "2025/9/5", "2025年9月5日", "20250905"])("%s is the fifth of September", (text) => {
    expect(readDay(text)).toBe("2025-09-05");
  });

  test.each(["2025-02-30", "2025-13-01", "5/9/2025", "45905", "2025"])("%s is no day", (text) => {
    expect(read("date", text)).toEqual(refused("not a day"));
  });

  test("what has happened cannot lie after the day that the delivery speaks of", () => {
    expect(read("date", "2025-10-31", { until: "as-of" })).toEqual({ value: "2025-10-31" });
    expect(read("date", "2025-11-01", { until: "as-of" })).toEqual(refused("after the delivery"));
    expect(read("date", "2025-11-01")).toEqual({ value: "2025-11-01" });
  });
});

describe("words", () => {
  test.each([
    ["是", true],
    ["1", true],
    ["否", false],
    ["0", false],
  ])("%s answers a question", (text, value) => {
    expect(read("boolean", text)).toEqual({ value });
  });

  test("anything else does not answer it", () => {
    expect(read("boolean", "无")).toEqual(refused("是 or 否"));
  });

  test("the department's word for none is a known nothing, where nothing is possible", () => {
    expect(read("date", "无", { none: "无" }, { nullable: true })).toEqual({ value: null });
    expect(read("date", "无", { none: "无" })).toEqual(refused("cannot be none"));
    expect(read("date", "无")).toEqual(refused("not a day"));
  });

  test("a code outside its list is refused", () => {
    const codes = new Map([["在营", label]]);
    expect(read("code", "在营", {}, { codes })).toEqual({ value: "在营" });
    expect(read("code", "营业", {}, { codes })).toEqual(refused("allowed values"));
  });

  test("a code that lost its leading zero in a spreadsheet is refused", () => {
    expect(read("code", "05", {}, { digits: 2 })).toEqual({ value: "05" });
    expect(read("code", "5", {}, { digits: 2 })).toEqual(refused("2 digits"));
  });

  test("the department's words are translated by a closed list", () => {
    const values = new Map([["稳岗返还", "refund"]]);
    expect(read("text", "稳岗返还", { values })).toEqual({ value: "refund" });
    expect(read("text", "稳岗", { values })).toEqual(refused("allowed values"));
  });

  test("an account number that a spreadsheet cut to 15 digits is refused", () => {
    const cell = { text: "9100123412345678000", isNumber: true };
    expect(readCell(cell, { type: "text", label, nullable: false }, { shift: 0 }, asOf)).toEqual(refused("15 digits"));
  });
});
