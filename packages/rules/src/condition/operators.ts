import { compare } from "../formula/comparison.ts";
import type { StaticType } from "../formula/expression.ts";
import { functionNamed } from "../formula/functions.ts";
import { not } from "../formula/logic.ts";
import { NOTHING, type Value } from "../formula/value.ts";
import type { Bilingual } from "../json.ts";

export type OperatorName = keyof typeof operators;

export type Operator = Readonly<{
  /** Kinds of values that it can test. */
  tests: readonly StaticType["kind"][];
  wants: "one" | "list";
  /** Compares with a part of a value, which need not be a value itself. */
  takesPart?: true;
  /** The answer as a truth value, `null` (nothing) where the question makes no sense. */
  answer: (actual: Value, expected: Value) => Value;
  /** How the requirement reads before its value; days have words of their own. */
  phrase: Bilingual;
  phraseForDays?: Bilingual;
}>;

const scalars = ["boolean", "number", "text", "date"] as const;
const ordered = ["number", "date"] as const;

const isIn = (actual: Value, expected: Value) => functionNamed("list contains")?.apply([expected, actual]) ?? NOTHING;
const startsWith = (actual: Value, expected: Value) =>
  functionNamed("starts with")?.apply([actual, expected]) ?? NOTHING;

/** The ways to require something. Each says by its name whether the limit itself is included (以上 以下) or not (超过 不满). */
export const operators = {
  equal: {
    tests: scalars,
    wants: "one",
    answer: (actual, expected) => compare("=", actual, expected),
    phrase: { zh: "为", en: "is" },
  },
  notEqual: {
    tests: scalars,
    wants: "one",
    answer: (actual, expected) => compare("!=", actual, expected),
    phrase: { zh: "不为", en: "is not" },
  },
  in: { tests: scalars, wants: "list", answer: isIn, phrase: { zh: "属于", en: "is one of" } },
  notIn: {
    tests: scalars,
    wants: "list",
    answer: (actual, expected) => not(isIn(actual, expected)),
    phrase: { zh: "不属于", en: "is none of" },
  },
  lessThan: {
    tests: ordered,
    wants: "one",
    answer: (actual, expected) => compare("<", actual, expected),
    phrase: { zh: "低于", en: "is below" },
    phraseForDays: { zh: "早于", en: "is before" },
  },
  atMost: {
    tests: ordered,
    wants: "one",
    answer: (actual, expected) => compare("<=", actual, expected),
    phrase: { zh: "不高于", en: "is at most" },
    phraseForDays: { zh: "不晚于", en: "is not after" },
  },
  greaterThan: {
    tests: ordered,
    wants: "one",
    answer: (actual, expected) => compare(">", actual, expected),
    phrase: { zh: "高于", en: "is above" },
    phraseForDays: { zh: "晚于", en: "is after" },
  },
  atLeast: {
    tests: ordered,
    wants: "one",
    answer: (actual, expected) => compare(">=", actual, expected),
    phrase: { zh: "不低于", en: "is at least" },
    phraseForDays: { zh: "不早于", en: "is not before" },
  },
  startsWith: {
    tests: ["text"],
    wants: "one",
    takesPart: true,
    answer: startsWith,
    phrase: { zh: "开头为", en: "starts with" },
  },
  doesNotStartWith: {
    tests: ["text"],
    wants: "one",
    takesPart: true,
    answer: (actual, expected) => not(startsWith(actual, expected)),
    phrase: { zh: "开头不为", en: "does not start with" },
  },
} as const satisfies Readonly<Record<string, Operator>>;

export const operatorNames = Object.keys(operators) as readonly OperatorName[];

/** Names of json-rules-engine for what we call otherwise. */
const synonyms: Readonly<Record<string, OperatorName>> = {
  lessThanInclusive: "atMost",
  greaterThanInclusive: "atLeast",
};

/** @returns `undefined` when there is no such operator */
export function operatorNameOf(written: string): OperatorName | undefined {
  if (Object.hasOwn(operators, written)) return written as OperatorName;
  return Object.hasOwn(synonyms, written) ? synonyms[written] : undefined;
}

export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}

const opposites: Readonly<Record<OperatorName, OperatorName>> = {
  equal: "notEqual",
  notEqual: "equal",
  in: "notIn",
  notIn: "in",
  lessThan: "atLeast",
  atLeast: "lessThan",
  greaterThan: "atMost",
  atMost: "greaterThan",
  startsWith: "doesNotStartWith",
  doesNotStartWith: "startsWith",
};

/** The operator that a value meets exactly when it fails this one. */
export function oppositeOf(name: OperatorName): OperatorName {
  return opposites[name];
}
