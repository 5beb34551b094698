import type { Trace } from "@apply-free/rules";
import { expect, test } from "vitest";
import { unmetOf } from "./unmet.ts";

const leaf = (fact: string, result: Trace["result"], clause?: string): Trace => ({
  ...{ name: fact, fact, result, operator: "equal", children: [] },
  ...(clause !== undefined && { clause }),
});
const group = (operator: string, result: Trace["result"], children: readonly Trace[], clause?: string): Trace => ({
  ...{ name: operator, operator, result, children },
  ...(clause !== undefined && { clause }),
});

test("what is not met is named with its clause; what is met or unknown is not", () => {
  const trace = group("all", "false", [
    leaf("ui.arrears", "true", "第一条"),
    leaf("ui.layoffRate", "false", "第二条"),
    leaf("ent.status", "unknown", "第三条"),
  ]);
  expect(unmetOf(trace)).toEqual([{ fact: "ui.layoffRate", clause: "第二条" }]);
});

test("beneath an exclusion it is what is true of the firm, and it has the clause of its group", () => {
  const excluded = group("any", "true", [leaf("credit.dishonest", "true"), leaf("credit.abnormal", "false")]);
  const trace = group("all", "false", [group("not", "false", [excluded], "第五条")]);
  expect(unmetOf(trace)).toEqual([{ fact: "credit.dishonest", clause: "第五条" }]);
});

test("a fact that several requirements look at is named once", () => {
  const trace = group("all", "false", [leaf("a", "false", "一"), group("any", "false", [leaf("a", "false", "二")])]);
  expect(unmetOf(trace)).toEqual([{ fact: "a", clause: "一" }]);
});

test("a decision for the firm rests on nothing against it", () => {
  expect(unmetOf(group("all", "true", [leaf("a", "true")]))).toEqual([]);
});
