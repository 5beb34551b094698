import type { Condition, Leaf } from "../condition/condition.ts";
import type { OperatorName } from "../condition/operators.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";
import { numbersWithPlaces, wantedNumber } from "./numbers-of-clauses.ts";

/**
 * Words around a number that say on which side the limit lies and whether it counts itself.
 * Source: 民法典 §1259 (以上 以下 以内 届满 include the number; 不满 超过 以外 do not).
 */
const before: readonly (readonly [RegExp, OperatorName])[] = [
  [/(不超过|不高于|不多于|最多|至多|最长|最高)[^\d，。；、]{0,4}$/, "atMost"],
  [/(不低于|不少于|不小于|至少|达到|年满|满)[^\d，。；、]{0,4}$/, "atLeast"],
  [/(?<!不)(超过|高于|多于|大于)[^\d，。；、]{0,4}$/, "greaterThan"],
  [/(不足|不满|低于|少于|小于)[^\d，。；、]{0,4}$/, "lessThan"],
];
const after: readonly (readonly [RegExp, OperatorName])[] = [
  [/^[^\d，。；、]{0,6}?(（含）)?(及)?(以上|起)/, "atLeast"],
  [/^[^\d，。；、]{0,6}?(（含）)?(及)?(以下|以内)/, "atMost"],
];

/** A requirement that lets its limit count where the clause does not, or the reverse. */
export function findLimitSlips(policy: Policy): Finding[] {
  return plainLeaves(policy.requirements).flatMap((leaf): Finding[] => {
    const { clause, name, operator } = leaf;
    const text = clause === undefined ? undefined : policy.clauses.get(clause)?.text;
    const wanted = wantedNumber(leaf);
    if (text === undefined || !wanted || !comparisons.has(operator)) return [];
    const said = numbersWithPlaces(text)
      .filter(({ n }) => n.equals(wanted))
      .flatMap(({ from, to }) => operatorsAround(text, from, to));
    // Words of the other side are fine: 100 人及以下 is tested where 超过 100 人 is said.
    const slip = sameSide[operator as keyof typeof sameSide];
    if (said.includes(operator) || !said.includes(slip)) return [];
    const message = `tests ${operator}, but clause ${clause} says ${slip} of this number.`;
    return [{ level: "warning", code: "limit-differs", where: name, message }];
  });
}

/** The same side of the limit, with the limit itself on the other. */
const sameSide = {
  lessThan: "atMost",
  atMost: "lessThan",
  greaterThan: "atLeast",
  atLeast: "greaterThan",
} as const satisfies Partial<Record<OperatorName, OperatorName>>;
const comparisons = new Set<string>(Object.keys(sameSide));

function operatorsAround(text: string, from: number, to: number): OperatorName[] {
  const [left, right] = [text.slice(Math.max(0, from - 12), from), text.slice(to, to + 14)];
  const found = [
    ...before.filter(([pattern]) => pattern.test(left)),
    ...after.filter(([pattern]) => pattern.test(right)),
  ];
  return [...new Set(found.map(([, operator]) => operator))];
}

/** Leaves that are not under a `not`, where a clause says the opposite of what is tested. */
function plainLeaves(condition: Condition): Leaf[] {
  if (condition.kind === "leaf") return [condition];
  return condition.kind === "not" ? [] : condition.children.flatMap(plainLeaves);
}
