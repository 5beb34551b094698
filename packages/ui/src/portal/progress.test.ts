import { expect, test } from "vitest";
import { cases } from "../gallery/sample-benefits.ts";
import { isHeldUp, stepsOf } from "./progress.tsx";

const states = (benefit: Parameters<typeof stepsOf>[0]) => stepsOf(benefit).map(({ state }) => state);

test("a confirmed benefit waits for the second official", () => {
  expect(states(cases.confirmed)).toEqual(["past", "now", "ahead", "ahead", "ahead"]);
});

test("a payment that the bank sent back stops before arrival and is not shown as paid", () => {
  expect(isHeldUp(cases.returned)).toBe(true);
  expect(states(cases.returned)).toEqual(["past", "past", "past", "stopped", "ahead"]);
});

test("paid money waits for the firm's word", () => {
  expect(states(cases.paid)).toEqual(["past", "past", "past", "past", "now"]);
});

test("a later date proves the earlier steps, recorded or not", () => {
  expect(states(cases.received)).toEqual(["past", "past", "past", "past", "past"]);
});

test("a corrected payment on its way again is not held up", () => {
  expect(isHeldUp({ ...cases.returned, payment: { status: "reserved", attempt: 2 } })).toBe(false);
});
