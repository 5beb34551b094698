import { limits } from "../limits.ts";
import { RulesError } from "../rules-error.ts";
import type { ArithmeticOperator, Expression, StaticType } from "./expression.ts";
import { readCall, readDate } from "./read-call.ts";
import { readComparison } from "./read-comparison.ts";
import { readFilter, readIteration, readList, readRecord } from "./read-list.ts";
import { readName } from "./read-name.ts";
import { type Local, type Names, Reading, type Typed } from "./reading.ts";
import { ANY, describe, either } from "./static-type.ts";
import { childrenOf, type Node, syntaxTree } from "./syntax.ts";
import { FALSE, NOTHING, num, TRUE, text } from "./value.ts";

export type { Local, Names } from "./reading.ts";

/** A formula that is known to be well-typed and to name only what exists. */
export type Formula = Readonly<{ source: string; expression: Expression; type: StaticType; facts: readonly string[] }>;

/**
 * Parses FEEL (DMN 1.5; grammar of lezer-feel) as far as the language goes: arithmetic, comparison,
 * `and or not`, `if`, `in`, `between`, lists, records, filters, `for`, `some`/`every`, functions.
 *
 * @param where place in the document, for messages
 * @param locals names that are bound around the formula, e.g. the record that an amount is computed for
 * @throws RulesError formula-invalid | limit-exceeded
 */
export function parseFormula(source: string, where: string, names: Names, locals: readonly Local[] = []): Formula {
  if (source.length > limits.formulaCharacters) {
    throw new RulesError("limit-exceeded", where, `a formula has at most ${limits.formulaCharacters} characters.`);
  }
  const reading = new Reading(source, where, names, readNode);
  reading.locals = locals;
  const { expression, type } = reading.read(syntaxTree(source, where));
  return { source, expression, type, facts: [...reading.facts] };
}

function readNode(r: Reading, node: Node): Typed {
  if (node.type.isError) throw r.syntaxError(node);
  const parts = childrenOf(node);
  const error = parts.find(({ type }) => type.isError);
  if (error) throw r.syntaxError(error);
  switch (node.name) {
    case "Expression":
    case "ParenthesizedExpression":
      return r.read(r.only(node, parts));
    case "NumericLiteral":
      return { expression: { kind: "literal", value: num(r.number(node)) }, type: { kind: "number" } };
    case "StringLiteral":
      return { expression: { kind: "literal", value: text(r.string(node)) }, type: { kind: "text" } };
    case "BooleanLiteral":
      return {
        expression: { kind: "literal", value: r.text(node) === "true" ? TRUE : FALSE },
        type: { kind: "boolean" },
      };
    case "null":
      return { expression: { kind: "literal", value: NOTHING }, type: { kind: "null" } };
    case "DateTimeLiteral":
      return readDate(r, node, parts);
    case "VariableName":
    case "PathExpression":
      return readName(r, node);
    case "ArithmeticExpression":
      return readArithmetic(r, node, parts);
    case "Comparison":
      return readComparison(r, node, parts);
    case "Conjunction":
    case "Disjunction":
      return readLogic(r, node, parts);
    case "IfExpression":
      return readChoice(r, node, parts);
    case "List":
      return readList(r, parts);
    case "Context":
      return readRecord(r, parts);
    case "FilterExpression":
      return readFilter(r, node, parts);
    case "ForExpression":
    case "QuantifiedExpression":
      return readIteration(r, node, parts);
    case "FunctionInvocation":
      return readCall(r, node, parts);
    default:
      throw r.error(node, `this part of FEEL (${node.name}) is not in the rule language.`);
  }
}

function readArithmetic(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const operands = parts.filter(({ name }) => name !== "ArithOp");
  const operator = r.text(parts.find(({ name }) => name === "ArithOp") ?? node);
  const [left, right] = operands.map((operand) => r.read(operand));
  if (left && !right && operator === "-") {
    if (left.type.kind !== "duration") r.expect(left, "number", node);
    const kind = left.type.kind === "duration" ? "duration" : "number";
    return { expression: { kind: "negate", of: left.expression }, type: { kind } };
  }
  if (!left || !right || !isArithmeticOperator(operator)) throw r.syntaxError(node);
  const type = resultOf(operator, left.type, right.type);
  if (!type) {
    for (const side of [left, right]) r.expect(side, "number", node);
    throw r.error(node, `${describe(left.type)} ${operator} ${describe(right.type)} makes no sense.`);
  }
  return { expression: { kind: "arithmetic", operator, left: left.expression, right: right.expression }, type };
}

/** `undefined` for kinds that do not go together. */
function resultOf(operator: ArithmeticOperator, a: StaticType, b: StaticType): StaticType | undefined {
  const isOpen = ({ kind }: StaticType) => kind === "any" || kind === "null";
  if (isOpen(a) || isOpen(b)) return typeWithOpen(operator, isOpen(a) ? b : a);
  const kind = results[`${a.kind} ${operator} ${b.kind}`];
  return kind && { kind };
}

/** What an operand of untold kind leaves open, beside one that is told. */
function typeWithOpen(operator: ArithmeticOperator, { kind }: StaticType): StaticType | undefined {
  if (kind === "number" || kind === "any" || kind === "null") return { kind: "number" };
  const isKnown = Object.keys(results).some((each) => each.includes(` ${operator} `) && each.includes(kind));
  return isKnown ? ANY : undefined;
}

type Scalar = Exclude<StaticType["kind"], "list" | "series" | "record">;

const results: Readonly<Record<string, Scalar>> = {
  "number + number": "number",
  "number - number": "number",
  "number * number": "number",
  "number / number": "number",
  "number ** number": "number",
  "text + text": "text",
  "date + duration": "date",
  "duration + date": "date",
  "date - duration": "date",
  "date - date": "duration",
  "duration + duration": "duration",
  "duration - duration": "duration",
  "duration * number": "duration",
  "number * duration": "duration",
  "duration / number": "duration",
  "duration / duration": "number",
};

function readLogic(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const kind = node.name === "Conjunction" ? "and" : "or";
  const [left, right] = parts.filter(({ name }) => name !== kind).map((part) => r.read(part));
  if (!left || !right) throw r.syntaxError(node);
  for (const side of [left, right]) r.expect(side, "boolean", node);
  return { expression: { kind, left: left.expression, right: right.expression }, type: { kind: "boolean" } };
}

function readChoice(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [condition, yes, no] = parts
    .filter(({ name }) => !["if", "then", "else"].includes(name))
    .map((part) => r.read(part));
  if (!condition || !yes || !no) throw r.error(node, "an if needs then and else.");
  r.expect(condition, "boolean", node);
  return {
    expression: { kind: "if", condition: condition.expression, yes: yes.expression, no: no.expression },
    type: either(yes.type, no.type),
  };
}

function isArithmeticOperator(operator: string): operator is ArithmeticOperator {
  return ["+", "-", "*", "/", "**"].includes(operator);
}
