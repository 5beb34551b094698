import Fraction from "fraction.js";
import type { Decision, Trace } from "../decision.ts";
import { formatOf } from "../explain/format.ts";
import { jsonText } from "../explain/json-text.ts";
import type { Format } from "../explain/value-text.ts";
import { addDays } from "../formula/calendar.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { decimalText } from "../value-json.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import { type Equivalent, equivalentsOf } from "./equivalents.ts";

/** One fact that would have to be different, and how much. */
export type Change = Readonly<{
  /** Requirement that it would meet. */
  name: string;
  fact: string;
  from?: Json;
  /** Nearest value that meets the requirement. */
  to: Json;
  /** `还差 0.6 个百分点` */
  sentence: Bilingual;
  /** The same in the delivered facts behind a derived one, each for itself. */
  equivalents: readonly Equivalent[];
  clause?: string;
}>;

/**
 * The fewest facts that would have to be different for an ineligible firm to be eligible, each by the
 * least amount. `undefined` where the firm is not ineligible, or where no change of facts would do it.
 */
export function nearestChange(policy: Policy, decision: Decision): readonly Change[] | undefined {
  return neededChanges(policy, decision)?.map((needed) => changeOf(needed, policy, decision.asOf));
}

/** A requirement that would have to be met otherwise, and the nearest value that does. */
export type NeededChange = Readonly<{ trace: Trace; to: Json }>;

/** The same without the words: cheap enough for every firm of a nightly run. */
export function neededChanges(policy: Policy, { outcome, trace }: Decision): readonly NeededChange[] | undefined {
  return outcome === "ineligible" ? toMake(true, trace, policy) : undefined;
}

/** Changes that make a node answer as wanted; what is unknown is taken as it would have to be. */
function toMake(wanted: boolean, trace: Trace, policy: Policy): readonly NeededChange[] | undefined {
  if (trace.result === String(wanted) || trace.result === "unknown") return [];
  if (trace.fact !== undefined) {
    const needed = neededOf(wanted, trace, policy);
    return needed && [needed];
  }
  const [first] = trace.children;
  if (trace.operator === "not") return first && toMake(!wanted, first, policy);
  const isEveryNeeded = (trace.operator === "all") === wanted;
  const options = trace.children.map((child) => toMake(wanted, child, policy));
  return isEveryNeeded ? allOf(options) : fewestOf(options);
}

type Option = readonly NeededChange[] | undefined;

function allOf(options: readonly Option[]): Option {
  return options.includes(undefined) ? undefined : options.flatMap((changes) => changes ?? []);
}

function fewestOf(options: readonly Option[]): Option {
  const possible = options.filter((changes) => changes !== undefined);
  return possible.toSorted((a, b) => a.length - b.length)[0];
}

function neededOf(wanted: boolean, trace: Trace, policy: Policy): NeededChange | undefined {
  const { fact = "", operator = "", expected, actual } = trace;
  const { format } = formatOf(policy, fact);
  const to = nearestValue(wanted ? operator : (opposites[operator] ?? ""), expected, actual, format);
  return to === undefined ? undefined : { trace, to };
}

function changeOf({ trace, to }: NeededChange, policy: Policy, asOf: string): Change {
  const { name, fact = "", actual, clause } = trace;
  const { label, format } = formatOf(policy, fact);
  const sentence = sentenceOf(label, format, actual, to);
  return {
    name,
    fact,
    to,
    sentence,
    equivalents: equivalentsOf(policy, trace, to, asOf),
    ...(actual !== undefined && { from: actual }),
    ...(clause !== undefined && { clause }),
  };
}

const opposites: Readonly<Record<string, string>> = {
  equal: "notEqual",
  notEqual: "equal",
  in: "notIn",
  notIn: "in",
  lessThan: "atLeast",
  atMost: "greaterThan",
  greaterThan: "atMost",
  atLeast: "lessThan",
  startsWith: "doesNotStartWith",
};

/** The value closest to the limit that meets the requirement; `undefined` where no single one is nearest. */
function nearestValue(
  operator: string,
  expected: Json | undefined,
  actual: Json | undefined,
  { type }: Format,
): Json | undefined {
  if (expected === undefined) return undefined;
  switch (operator) {
    case "equal":
    case "atLeast":
    case "atMost":
      return expected;
    case "greaterThan":
      return beyond(expected, 1, type);
    case "lessThan":
      return beyond(expected, -1, type);
    case "notEqual":
      return typeof expected === "boolean" ? !expected : undefined;
    case "in":
      return Array.isArray(expected) && actual !== undefined ? expected[0] : undefined;
    default:
      return undefined;
  }
}

/** One step past a limit that is not included: a person, a 分, a day; a hundredth where nothing smaller is usual. */
function beyond(limit: Json, direction: 1 | -1, type: Format["type"]): Json | undefined {
  if (type === "date") return typeof limit === "string" ? addDays(limit, direction) : undefined;
  const n = exactNumber(limit);
  const step = type === "integer" ? new Fraction(1) : new Fraction(1, 100);
  return n && decimalText(n.add(step.mul(direction)));
}

function sentenceOf(label: Bilingual, format: Format, actual: Json | undefined, to: Json): Bilingual {
  const from = actual === undefined ? { zh: "未知", en: "not known" } : jsonText(actual, format);
  const goal = jsonText(to, format);
  const gap = gapOf(actual, to, format);
  return {
    zh: `${label.zh} ${from.zh}，需为 ${goal.zh}${gap ? `（差 ${gap.zh}）` : ""}`,
    en: `${label.en}: ${from.en}, would have to be ${goal.en}${gap ? ` (${gap.en} short)` : ""}`,
  };
}

/** The distance in the unit of the fact; between two percentages it is percentage points. */
function gapOf(actual: Json | undefined, to: Json, format: Format): Bilingual | undefined {
  const a = exactNumber(actual ?? null);
  const b = exactNumber(to);
  if (!a || !b || format.type === "code" || format.type === "text" || format.type === "date") return undefined;
  const distance = decimalText(b.sub(a).abs());
  if (format.type === "percent") return { zh: `${distance} 个百分点`, en: `${distance} percentage points` };
  return jsonText(distance, format);
}
