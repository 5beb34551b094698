import type { Policy, StackingRule } from "@apply-free/rules";
import { expect, test } from "vitest";
import { isReached, relationsAmong } from "./policy-relations.ts";

const frame = { clause: "一", label: { zh: "规定", en: "Rule" }, per: "firm", during: { kind: "ever" } } as const;
const ceiling = (policy: string, mostFen: bigint): StackingRule => ({
  ...{ ...frame, name: "joint", policies: [policy], group: "joint", kind: "ceiling", seats: [[policy]], mostFen },
});
const policy = (id: string, family: string, stacking: readonly StackingRule[]) =>
  ({ id, title: { zh: id, en: id }, payout: { family }, stacking }) as unknown as Policy;

test("a rule reaches a policy by its id or its family, and no other", () => {
  const relations = relationsAmong([
    policy("a", "f-a", [{ ...ceiling("a", 5n), seats: [["a"], ["f-b"]] }]),
    policy("b", "f-b", []),
    policy("c", "f-c", []),
  ]);
  expect(["a", "b", "c"].map((id) => isReached(relations, id))).toEqual([true, true, false]);
});

test("two in force that contradict each other stop their own offers, and nobody else's", () => {
  const relations = relationsAmong([
    policy("a", "f-a", [ceiling("a", 5n)]),
    policy("b", "f-b", [ceiling("b", 6n)]),
    policy("c", "f-c", []),
  ]);
  expect(relations.rules).toEqual([]);
  expect([...relations.contradictory]).toEqual(["a", "b"]);
});
