import { expect, test } from "vitest";
import { correctAccount } from "./correct-account.ts";

const untouched = {
  transaction: () => Promise.reject(new Error("nothing may be written")),
  clock: { now: () => new Date("2025-11-04T02:00:00Z") },
};
const account = {
  holderName: "试验企业",
  accountNo: "6222000088880003",
  bankName: "试验银行",
  bankCode: "102491000019",
};

test.each([
  ["accountNo", { accountNo: "12345" }],
  ["accountNo", { accountNo: "6222-ABCD-0000-0000" }],
  ["holderName", { holderName: " " }],
  ["bankCode", { bankCode: "1024910000" }],
  ["bankName", { bankName: "" }],
])("an account with a wrong %s is refused by field, before anything is written: %j", async (field, change) => {
  const named = { ...account, ...change };
  const refused = async () => correctAccount(untouched, { firmCode: "x", actor: "x", account: named });
  await expect(refused()).rejects.toMatchObject({ code: "account-invalid", details: { field } });
});
