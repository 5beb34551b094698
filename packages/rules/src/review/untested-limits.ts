import { type Cases, parseCases } from "../cases/check-cases.ts";
import { type Leaf, leavesOf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import type { Finding } from "./finding.ts";

/** Worked cases exist, and each limit on a delivered number is tested on the limit and beyond it. */
export function findUntestedLimits(policy: Policy, document: unknown): Finding[] {
  const cases = parseCases(document);
  if (cases.cases.length === 0) {
    return [
      {
        level: "warning",
        code: "no-cases",
        where: "cases.yaml",
        message: "has no worked cases; nothing shows that the rule does what the text says.",
      },
    ];
  }
  return leavesOf(policy.requirements).flatMap((leaf) => untested(leaf, cases));
}

const comparisons = new Set(["lessThan", "atMost", "greaterThan", "atLeast"]);

function untested({ name, fact, operator, expected }: Leaf, cases: Cases): Finding[] {
  if (!comparisons.has(operator) || expected.kind !== "literal" || expected.value.kind !== "number") return [];
  const limit = expected.value.n;
  const given = cases.cases.map(
    ({ facts, without }) => facts[fact] ?? (without.includes(fact) ? undefined : cases.facts[fact]),
  );
  const numbers = given.flatMap((json) => (json === undefined ? [] : (exactNumber(json) ?? [])));
  // Facts that only a derived fact sees are tested through its cases, which this cannot tell apart.
  if (numbers.length === 0) return [];
  const isOnLimit = numbers.some((n) => n.equals(limit));
  const isBeyond = numbers.some((n) =>
    operator === "atMost" || operator === "greaterThan" ? n.gt(limit) : n.lt(limit),
  );
  if (isOnLimit && isBeyond) return [];
  const what = isOnLimit ? "a case on the other side of" : "a case exactly at";
  return [{ level: "warning", code: "limit-untested", where: name, message: `needs ${what} its limit on ${fact}.` }];
}
