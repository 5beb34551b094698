import { expect, test } from "vitest";
import { check } from "./account-check.ts";

const account = { id: "account_1", recordedBy: "clerk", digest: "d1" };
const said = { id: "check_1", checkedBy: "checker", checkedAt: new Date("2025-11-04T08:00:00Z") };

test("a check says who asked, what was answered, and about which account exactly", () => {
  expect(check(account, { ...said, note: " 回拨登记电话，财务负责人确认 " })).toEqual({
    ...{ ...said, bankAccountId: "account_1", accountDigest: "d1", recordedBy: "clerk" },
    note: "回拨登记电话，财务负责人确认",
  });
});

test("who recorded an account does not check it", () => {
  const own = () => check(account, { ...said, checkedBy: "clerk", note: "我自己确认" });
  expect(own).toThrow(expect.objectContaining({ code: "maker-is-checker" }));
});

test.each(["", "  ok  ", "长".repeat(1001)])("a note that says nothing, or too much, is refused: %j", (note) => {
  expect(() => check(account, { ...said, note })).toThrow(expect.objectContaining({ code: "bad-input" }));
});
