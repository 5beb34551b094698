import type { TraceResult } from "@apply-free/rules";
import { expect, test } from "vitest";
import { restsOnExpiryAlone } from "./expired-policy.ts";

const trace = (results: Readonly<Record<string, TraceResult>>) => ({
  children: Object.entries(results).map(([name, result]) => ({ name, result, children: [] })),
});

test.each<[string, Record<string, TraceResult>, boolean]>([
  ["a policy that ended, everything else as it was", { validity: "false", subject: "true", conditions: "true" }, true],
  ["a policy that ended and a firm that fell out of its conditions", { validity: "false", conditions: "false" }, false],
  ["a policy that ended and a fact that is missing", { validity: "false", conditions: "unknown" }, false],
  ["a policy in force", { validity: "true", conditions: "false" }, false],
  ["a policy without a time", { subject: "true", conditions: "false" }, false],
  ["nothing at all", {}, false],
])("%s", (_, results, expected) => expect(restsOnExpiryAlone(trace(results))).toBe(expected));

test("a decision without a trace says nothing about it", () => expect(restsOnExpiryAlone({})).toBe(false));
