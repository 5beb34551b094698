import type { Json } from "@apply-free/rules";
import type { Written } from "./sweep-world.ts";

type Decides = (facts: Readonly<Record<string, unknown>>) => boolean;

/** What a missing fact makes of a comparison: `undefined` leaves it to the language. */
type Missing = boolean | undefined;

/** Two answers; a missing fact compares as the language says. */
export const twoValuedOf = (written: Written, asOf: number): Decides => functionOf(written, asOf, undefined);

/** Whether a firm fits for certain: what is missing holds neither way. */
export const certainOf = (written: Written, asOf: number): Decides => functionOf(written, asOf, false);

/** Whether a firm may fit: what is missing holds both ways. */
export const possibleOf = (written: Written, asOf: number): Decides => functionOf(written, asOf, true);

function functionOf(written: Written, asOf: number, missing: Missing): Decides {
  const subject = leafCode({ fact: "ent.subjectType", operator: "in", value: ["企业", "个体"] }, false, missing);
  return new Function(
    "f",
    `return ${asOf} >= 20200101 && ${subject} && ${codeOf(written, false, missing)};`,
  ) as Decides;
}

function codeOf(written: Written, isNegated: boolean, missing: Missing): string {
  const { all, any, not } = written as Readonly<Record<string, unknown>>;
  const joined = (parts: unknown, isAll: boolean) => {
    const codes = (parts as Written[]).map((part) => codeOf(part, isNegated, missing));
    return `(${codes.join(isAll !== isNegated ? " && " : " || ")})`;
  };
  if (all) return joined(all, true);
  if (any) return joined(any, false);
  if (not) return codeOf(not as Written, !isNegated, missing);
  return leafCode(written as Leaf, isNegated, missing);
}

type Leaf = Readonly<{ fact: string; operator: string; value: Json }>;

const comparators: Readonly<Record<string, string>> = {
  ...{ equal: "===", notEqual: "!==", atLeast: ">=", greaterThan: ">", lessThan: "<", atMost: "<=" },
};

function leafCode({ fact, operator, value }: Leaf, isNegated: boolean, missing: Missing): string {
  const actual = `f[${JSON.stringify(fact)}]`;
  const expected = JSON.stringify(value, (_, each) =>
    typeof each === "string" && /^\d{4}-\d\d-\d\d$/.test(each) ? Number(each.replaceAll("-", "")) : each,
  );
  const holds = comparison(actual, operator, expected);
  const answer = isNegated ? `!${holds}` : holds;
  if (missing === undefined) return answer;
  return missing ? `(${actual} === undefined || ${answer})` : `(${actual} !== undefined && ${answer})`;
}

function comparison(actual: string, operator: string, expected: string): string {
  if (operator === "startsWith") return `(${actual}?.startsWith(${expected}) ?? false)`;
  if (operator === "in") return `${expected}.includes(${actual})`;
  if (operator === "notIn") return `(!${expected}.includes(${actual}))`;
  return `(${actual} ${comparators[operator]} ${expected})`;
}
