import type { Condition, Leaf } from "../condition/condition.ts";
import { alternativesOf, type Exact, sameScalar, type Value } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/**
 * Requirements on one fact that no firm can meet at once (`all` with 大于 5 and 小于 3), and
 * alternatives of which one always holds (`any` with 大于 3 and 小于 5).
 */
export function findContradictions({ requirements }: Policy): Finding[] {
  return inGroup(requirements);
}

function inGroup(condition: Condition): Finding[] {
  if (condition.kind === "leaf") return [];
  if (condition.kind === "not") return inGroup(condition.child);
  const leaves = condition.kind === "all" ? conjunctsOf(condition) : condition.children.filter(isLeaf);
  const byFact = Map.groupBy(leaves, ({ fact }) => fact);
  const own = [...byFact].flatMap(([fact, group]) => judge(condition.kind, condition.name, fact, group));
  return [...own, ...condition.children.flatMap((child) => inGroup(child))];
}

const isLeaf = (condition: Condition): condition is Leaf => condition.kind === "leaf";

/** Leaves of an `all` and of the `all`s directly inside it: they all have to hold together. */
function conjunctsOf(condition: Condition): Leaf[] {
  if (condition.kind === "leaf") return [condition];
  return condition.kind === "all" ? condition.children.flatMap(conjunctsOf) : [];
}

function judge(kind: "all" | "any", where: string, fact: string, leaves: readonly Leaf[]): Finding[] {
  const ranges = leaves.map(spanOf).filter((span) => span !== undefined);
  if (kind === "all") {
    if (isEmpty(ranges) || haveNoCommonValue(leaves)) {
      return [
        {
          level: "error",
          code: "unsatisfiable",
          where,
          message: `no value of ${fact} meets all of its requirements here.`,
        },
      ];
    }
    return [];
  }
  const gap = gapBetween(ranges);
  if (gap) {
    const message = `the alternatives leave out ${fact} ${gap}, on both sides of which something applies.`;
    return [{ level: "warning", code: "gap-in-tiers", where, message }];
  }
  return ranges.some((a) => ranges.some((b) => coverAll(a, b)))
    ? [
        {
          level: "warning",
          code: "always-true",
          where,
          message: `every value of ${fact} meets one of these alternatives.`,
        },
      ]
    : [];
}

/** The values that a comparison with a number or day admits. */
type Span = Readonly<{ low?: Bound; high?: Bound }>;
type Bound = Readonly<{ at: Exact; included: boolean }>;

function spanOf({ operator, expected }: Leaf): Span | undefined {
  if (expected.kind !== "literal") return undefined;
  const [at] = alternativesOf(expected.value) ?? [];
  if (at?.kind !== "number" && at?.kind !== "date") return undefined;
  switch (operator) {
    case "lessThan":
      return { high: { at, included: false } };
    case "atMost":
      return { high: { at, included: true } };
    case "greaterThan":
      return { low: { at, included: false } };
    case "atLeast":
      return { low: { at, included: true } };
    case "equal":
      return { low: { at, included: true }, high: { at, included: true } };
    default:
      return undefined;
  }
}

function isEmpty(spans: readonly Span[]): boolean {
  return spans.some(({ low }) => low && spans.some(({ high }) => high && isAbove(low, high)));
}

function isAbove(low: Bound, high: Bound): boolean {
  const order = orderOf(low.at, high.at);
  return order > 0 || (order === 0 && !(low.included && high.included));
}

/** Below a limit, or above a lower one: between them the alternatives leave nothing out. */
function coverAll({ high }: Span, { low }: Span): boolean {
  if (!high || !low) return false;
  const order = orderOf(low.at, high.at);
  return order < 0 || (order === 0 && (low.included || high.included));
}

/** A single value that `低于 5` and `超过 5` leave between them: nobody means that. */
function gapBetween(spans: readonly Span[]): string | undefined {
  const isCovered = (at: Exact) => spans.some(({ low, high }) => isWithin(at, low, high));
  const limits = spans.flatMap(({ low, high }) => [low, high]).filter((bound) => bound !== undefined);
  const missed = limits.find(
    ({ at }) =>
      !isCovered(at) &&
      spans.some(({ high }) => high && orderOf(high.at, at) === 0) &&
      spans.some(({ low }) => low && orderOf(low.at, at) === 0),
  );
  return missed && (missed.at.kind === "date" ? missed.at.day : missed.at.kind === "number" ? String(missed.at.n) : "");
}

function isWithin(at: Exact, low: Bound | undefined, high: Bound | undefined): boolean {
  const above = low ? orderOf(at, low.at) : 1;
  const below = high ? orderOf(at, high.at) : -1;
  return (
    (above > 0 || (above === 0 && low?.included === true)) && (below < 0 || (below === 0 && high?.included === true))
  );
}

function orderOf(a: Exact, b: Exact): number {
  if (a.kind === "number" && b.kind === "number") return a.n.compare(b.n);
  if (a.kind === "date" && b.kind === "date") return a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
  return Number.NaN;
}

/** Lists of allowed values that share none, or a value both required and excluded. */
function haveNoCommonValue(leaves: readonly Leaf[]): boolean {
  let allowed: readonly Value[] | undefined;
  const excluded: Value[] = [];
  for (const { operator, expected } of leaves) {
    if (expected.kind !== "literal") continue;
    const values = expected.value.kind === "list" ? expected.value.items.map(({ value }) => value) : [expected.value];
    if (operator === "in" || operator === "equal") {
      allowed = allowed ? allowed.filter((value) => values.some((other) => isSame(value, other))) : values;
    }
    if (operator === "notIn" || operator === "notEqual") excluded.push(...values);
  }
  return allowed?.every((value) => excluded.some((other) => isSame(value, other))) ?? false;
}

function isSame(a: Value, b: Value): boolean {
  const [x] = alternativesOf(a) ?? [];
  const [y] = alternativesOf(b) ?? [];
  return x !== undefined && y !== undefined && sameScalar(x, y);
}
