import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { derivedId } from "./id.ts";

test("the same things make the same id, whenever and wherever", () => {
  expect(derivedId("payment", "entitlement_1", 1)).toBe(derivedId("payment", "entitlement_1", 1));
  expect(derivedId("payment", "entitlement_1", 1)).not.toBe(derivedId("payment", "entitlement_1", 2));
});

test("an id says what it identifies", () => {
  expect(derivedId("payment", "x")).toMatch(/^payment_/);
  expect(derivedId("payment", "x")).not.toBe(derivedId("consent", "x").replace("consent", "payment"));
});

test("where one part ends and the next begins matters", () => {
  expect(derivedId("event", "ab", "c")).not.toBe(derivedId("event", "a", "bc"));
  expect(derivedId("event", "a")).not.toBe(derivedId("event", "a", ""));
});

property.prop([fc.array(fc.string())])("every id has the same shape, safe to read aloud", (parts) => {
  expect(derivedId("event", ...parts)).toMatch(/^event_[0-9A-HJKMNP-TV-Z]{20}$/);
});
