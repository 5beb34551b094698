import { limits } from "../limits.ts";
import { RulesError } from "../rules-error.ts";
import type { Expression, StaticType } from "./expression.ts";
import { readCall, readDate } from "./read-call.ts";
import { readComparison } from "./read-comparison.ts";
import { readFilter, readIteration, readList, readRecord } from "./read-list.ts";
import { readName } from "./read-name.ts";
import { type Local, type Names, Reading, type Typed } from "./reading.ts";
import { either } from "./static-type.ts";
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
    r.expect(left, "number", node);
    return { expression: { kind: "negate", of: left.expression }, type: { kind: "number" } };
  }
  if (!left || !right || !isArithmeticOperator(operator)) throw r.syntaxError(node);
  const isText = operator === "+" && left.type.kind === "text" && right.type.kind === "text";
  if (!isText) for (const side of [left, right]) r.expect(side, "number", node);
  const type: StaticType = isText ? { kind: "text" } : { kind: "number" };
  return { expression: { kind: "arithmetic", operator, left: left.expression, right: right.expression }, type };
}

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

function isArithmeticOperator(operator: string): operator is "+" | "-" | "*" | "/" | "**" {
  return ["+", "-", "*", "/", "**"].includes(operator);
}
