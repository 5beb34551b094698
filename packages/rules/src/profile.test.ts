import { expect, test } from "vitest";
import { profileOf } from "./profile.ts";
import { vocabulary } from "./testing.ts";

test("an absent key is unknown; null, an empty list, zero and false are known", () => {
  const profile = profileOf({ "ent.movedOn": null, "ledger.paid": [], "ent.staff": 0, "ent.good": false }, vocabulary);
  expect(Object.values(profile).map((state) => state.state === "known" && state.value)).toEqual([null, [], 0, false]);
  expect(profile["fin.sales"]).toBeUndefined();
});

test.each([
  [{ "ent.stafff": 1 }, /^ent\.stafff: unknown fact\. Did you mean "ent\.staff"\?/],
  [{ "ent.staff": 1.5 }, /^ent\.staff: must be a whole number/],
  [{ "ent.staff": -1 }, /must be at least 0/],
  [{ "ent.staff": "12 人" }, /must be a whole number/],
  [{ "fin.sales": "1e6" }, /must be a decimal number/],
  [{ "ent.since": "2025-02-30" }, /must be a day/],
  [{ "ent.since": "2025-1-1" }, /must be a day/],
  [{ "ent.grade": "D" }, /not in the code list/],
  [{ "ent.region": "4101" }, /must have 6 digits/],
  [{ "ent.region": 410105 }, /written as text/],
  [{ "ent.good": "true" }, /must be true or false/],
  [{ "ledger.paid": [{ family: "x", amount: "ten", paidOn: null }] }, /^ledger\.paid\[0\]\.amount: must be a decimal/],
  [{ "ledger.paid": [{ familly: "x" }] }, /^ledger\.paid\[0\]: has no field "familly"/],
  [{ "ledger.paid": [7] }, /must be a record/],
  [{ "ledger.paid": {} }, /must be a list/],
  [JSON.parse('{"__proto__": 1}'), /unknown fact/],
])("%j is refused by name", (facts, message) => {
  expect(() => profileOf(facts, vocabulary)).toThrow(message);
});
