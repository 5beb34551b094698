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
