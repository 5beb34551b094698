import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { admittedNotice, besideOthersNotice, offerNotice, turnedAwayNotice, withdrawnNotice } from "./notice.ts";
import { addressedTo } from "./to-person.ts";

const line = { title: { zh: "某补贴", en: "Some benefit" }, amountFen: 72_000n };
const all = [
  offerNotice([line], "2025-12-03" as Day),
  admittedNotice(line),
  turnedAwayNotice(line),
  besideOthersNotice(line),
  withdrawnNotice(line),
];

test("a person is addressed as one in every message, and a firm as a firm", () => {
  for (const told of all) {
    expect(addressedTo("91410100MA0000000X", told)).toBe(told);
    const said = JSON.stringify(addressedTo(`P${"0".repeat(24)}`, told));
    expect(said).not.toMatch(/贵公司|\bfirms?\b/i);
  }
  expect(addressedTo(`P${"0".repeat(24)}`, all[0]!).subject.en).toMatch(/^You qualify for a benefit/);
});
