import { test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { findBreaches } from "./find-breaches.ts";
import { emptyLedger } from "./paid-ledger.ts";
import { proposeBundle } from "./propose-bundle.ts";
import { beside, ceiling, due, lawfully, line, rule } from "./testing-stacking.ts";

const common = { awards: [due("a", 60), due("b", 60)], ledger: emptyLedger, asOf: "2025-11-03" };
const granted = (a: bigint, b: bigint) =>
  new Map([
    ["a|2025", [a]],
    ["b|2025", [b]],
  ]);

test("two agreed to at once that exceed a ceiling together are found, with the rule", () => {
  const question = { ...common, rules: [ceiling("a", 100, {}, "b")] };
  expect(findBreaches(question, granted(60n, 40n))).toEqual([]);
  expect(findBreaches(question, granted(60n, 41n))).toMatchObject([{ why: "rule", rule: { kind: "ceiling" } }]);
});

test("two that exclude each other are found, and one that was received in the meantime", () => {
  const question = { ...common, rules: [rule("a", { kind: "exclusive", seats: beside("a", "b"), once: false })] };
  expect(findBreaches(question, granted(60n, 60n))).toHaveLength(1);
  expect(findBreaches(question, new Map([["a|2025", [60n]]]))).toEqual([]);
  const ledger = { ...emptyLedger, lines: [line("b", 1)] };
  expect(findBreaches({ ...question, ledger }, new Map([["a|2025", [60n]]]))).toMatchObject([{ receivedFen: 1n }]);
});

test("history that is not known any more stands against paying", () => {
  const ledger = { lines: [], isWhole: { firm: false, group: false, objects: false } };
  const question = { ...common, ledger, rules: [ceiling("a", 100, {})] };
  expect(findBreaches(question, new Map([["a|2025", [60n]]]))).toMatchObject([{ why: "history" }]);
});

property.prop([lawfully], { numRuns: 200 })("nothing stands against a bundle that was proposed", (question) => {
  const bundle = proposeBundle(question);
  const amounts = new Map(bundle.awards.map(({ award, grantedFen }) => [award, [grantedFen]]));
  expect(findBreaches(question, amounts)).toEqual([]);
});
