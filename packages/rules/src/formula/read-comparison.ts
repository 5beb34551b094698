import type { Comparator } from "./comparison.ts";
import type { Expression, StaticType } from "./expression.ts";
import type { Reading, Typed } from "./reading.ts";
import { comparable, describe } from "./static-type.ts";
import { childrenOf, isOperand, meaningful, type Node } from "./syntax.ts";

/** `a >= b`, `a between b and c`, `a in (…)`. */
export function readComparison(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [first, keyword] = parts;
  if (!first || !keyword) throw r.syntaxError(node);
  const left = r.read(first);
  if (keyword.name === "in") return readMembership(r, left, parts.slice(2), node);
  if (keyword.name === "between") {
    const [low, high] = parts.slice(2).filter(({ name }) => name !== "and");
    if (!low || !high) throw r.syntaxError(node);
    return membership(left, [within(r, left, r.read(low), ">=", r.read(high), "<=", node)]);
  }
  const right = parts[2] && r.read(parts[2]);
  const comparator = r.text(keyword);
  if (!right || !isComparator(comparator)) throw r.syntaxError(node);
  return { expression: comparison(r, comparator, left, right, node), type: { kind: "boolean" } };
}

function comparison(r: Reading, comparator: Comparator, left: Typed, right: Typed, node: Node): Expression {
  if (!comparable(left.type, right.type)) {
    throw r.error(node, `${describe(left.type)} cannot be compared with ${describe(right.type)}.`);
  }
  const hasOrder = comparator === "=" || comparator === "!=" || [left, right].every(({ type }) => isOrdered(type));
  if (!hasOrder)
    throw r.error(node, `"${comparator}" compares numbers, dates or durations; ${describe(left.type)} has no order.`);
  return { kind: "compare", comparator, left: left.expression, right: right.expression };
}

function readMembership(r: Reading, of: Typed, parts: readonly Node[], node: Node): Typed {
  const tests = parts.flatMap((part) => (part.name === "PositiveUnaryTests" ? childrenOf(part) : [part]));
  const wanted = tests.filter(({ name }) => name === "PositiveUnaryTest");
  return membership(
    of,
    wanted.flatMap((test) => readUnaryTest(r, of, test, node)),
  );
}

function membership(of: Typed, tests: readonly Expression[]): Typed {
  return { expression: { kind: "in", of: of.expression, tests }, type: { kind: "boolean" } };
}

function readUnaryTest(r: Reading, { type }: Typed, test: Node, node: Node): Expression[] {
  const it: Typed = { expression: { kind: "local", name: "?" }, type };
  const [inner] = meaningful(childrenOf(test));
  if (!inner) throw r.syntaxError(test);
  // `in (> 4)`: the grammar takes the brackets of a single test for those of an expression.
  if (inner.name === "ParenthesizedExpression") return readUnaryTest(r, it, inner, node);
  if (inner.name === "SimplePositiveUnaryTest") return [readSimpleTest(r, it, inner, node)];
  if (inner.name === "List") {
    return childrenOf(inner)
      .filter(isOperand)
      .map((item) => comparison(r, "=", it, r.read(item), node));
  }
  const wanted = r.read(inner);
  if (wanted.type.kind !== "list") return [comparison(r, "=", it, wanted, node)];
  return [{ kind: "call", name: "list contains", args: [wanted.expression, it.expression] }];
}

function readSimpleTest(r: Reading, it: Typed, test: Node, node: Node): Expression {
  const parts = childrenOf(test);
  const interval = parts.find(({ name }) => name === "Interval");
  if (interval) {
    const marks = childrenOf(interval);
    const [low, high] = marks.filter(isOperand);
    if (!low || !high) throw r.syntaxError(test);
    const from = r.text(marks[0] ?? node) === "[" ? ">=" : ">";
    const to = r.text(marks.at(-1) ?? node) === "]" ? "<=" : "<";
    return within(r, it, r.read(low), from, r.read(high), to, node);
  }
  const operator = parts.find(({ name }) => name === "CompareOp");
  const operand = parts.find(({ name }) => name !== "CompareOp");
  const comparator = operator ? r.text(operator) : "";
  if (!operand || !isComparator(comparator)) throw r.syntaxError(test);
  return comparison(r, comparator, it, r.read(operand), node);
}

function within(
  r: Reading,
  of: Typed,
  low: Typed,
  from: ">=" | ">",
  high: Typed,
  to: "<=" | "<",
  node: Node,
): Expression {
  const it: Typed = { expression: { kind: "local", name: "?" }, type: of.type };
  return { kind: "and", left: comparison(r, from, it, low, node), right: comparison(r, to, it, high, node) };
}

const ordered: readonly StaticType["kind"][] = ["number", "date", "duration", "any", "null"];
const isOrdered = ({ kind }: StaticType) => ordered.includes(kind);

function isComparator(operator: string): operator is Comparator {
  return ["=", "!=", "<", "<=", ">", ">="].includes(operator);
}
