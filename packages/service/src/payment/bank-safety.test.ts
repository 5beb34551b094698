import { expect, test } from "vitest";
import { type HouseDeps, openHouse } from "../house.prisma.ts";
import { refuseUnsafeBank } from "./bank-safety.ts";
import { memoryBank } from "./testing-bank.ts";

const bank = (deduplicates: boolean, queries: boolean) => ({
  ...memoryBank(() => "fine"),
  name: "old-front-end",
  declares: { deduplicates, queries },
});

test("a bank that neither recognises a repeated message nor answers a query is refused by name", () => {
  expect(() => refuseUnsafeBank(bank(false, false))).toThrow(
    expect.objectContaining({ code: "bank-unsafe", details: { bank: "old-front-end" } }),
  );
});

test.each([
  [true, true],
  [true, false],
  [false, true],
])("one of the two is enough: de-duplicates %s, answers queries %s", (deduplicates, queries) => {
  expect(() => refuseUnsafeBank(bank(deduplicates, queries))).not.toThrow();
});

test("a house is not opened over such a bank", () => {
  expect(() => openHouse({ bank: bank(false, false) } as unknown as HouseDeps)).toThrow(/old-front-end/);
});
