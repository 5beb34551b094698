import Fraction from "fraction.js";
import { parser } from "lezer-feel";
import { limits } from "../limits.ts";
import { suggestion } from "../nearest.ts";
import { RulesError } from "../rules-error.ts";
import { isDay } from "./calendar.ts";
import type { Comparator } from "./comparison.ts";
import { evaluate } from "./evaluate.ts";
import type { Expression, StaticType } from "./expression.ts";
import { functionNamed, functionNames } from "./functions.ts";
import { ANY, comparable, describe, either, elementOf, fieldNames, fieldType, resultType } from "./static-type.ts";
import { day, FALSE, isExact, NOTHING, num, TRUE, text } from "./value.ts";

/** Names that a formula may use from outside: fact ids with their types. */
export type Names = Readonly<{ typeOf: (id: string) => StaticType | undefined; ids: () => Iterable<string> }>;

/** A formula that is known to be well-typed and to name only what exists. */
export type Formula = Readonly<{ source: string; expression: Expression; type: StaticType; facts: readonly string[] }>;

type Node = ReturnType<typeof parser.parse>["topNode"];
type Typed = Readonly<{ expression: Expression; type: StaticType }>;
type Local = Readonly<{ name: string; type: StaticType; fieldsInScope: boolean }>;

/**
 * Parses FEEL (DMN 1.5; grammar of lezer-feel) as far as the language goes: arithmetic, comparison,
 * `and or not`, `if`, `in`, `between`, lists, records, filters, `for`, `some`/`every`, functions.
 *
 * @param where place in the document, for messages
 * @throws RulesError formula-invalid | limit-exceeded
 */
export function parseFormula(source: string, where: string, names: Names): Formula {
  if (source.length > limits.formulaCharacters) {
    throw new RulesError("limit-exceeded", where, `a formula has at most ${limits.formulaCharacters} characters.`);
  }
  const reader = new Reader(source, where, names);
  const { expression, type } = reader.read(syntaxTree(source, where));
  return { source, expression, type, facts: [...reader.facts] };
}

/** The grammar's parser recurses and would overflow the stack on deep nesting, so brackets are counted first. */
function syntaxTree(source: string, where: string): Node {
  const tooDeep = new RulesError(
    "limit-exceeded",
    where,
    "the formula is nested too deeply; split it into derived facts.",
  );
  let depth = 0;
  for (const [mark] of source.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]/g)) {
    if ("([{".includes(mark)) depth += 1;
    else if (")]}".includes(mark)) depth -= 1;
    if (depth > limits.formulaDepth) throw tooDeep;
  }
  try {
    return parser.parse(source).topNode;
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep;
    throw cause;
  }
}

/** Walks the syntax tree once; holds what it has seen. */
class Reader {
  readonly facts = new Set<string>();
  readonly #source: string;
  readonly #where: string;
  readonly #names: Names;
  #locals: readonly Local[] = [];
  #nodes = 0;
  #depth = 0;

  constructor(source: string, where: string, names: Names) {
    this.#source = source;
    this.#where = where;
    this.#names = names;
  }

  read(node: Node): Typed {
    this.#nodes += 1;
    if (this.#nodes > limits.formulaNodes || this.#depth > limits.formulaDepth) {
      throw new RulesError(
        "limit-exceeded",
        this.#where,
        "the formula is too long or nested too deeply; split it into derived facts.",
      );
    }
    this.#depth += 1;
    const typed = this.#readKind(node);
    this.#depth -= 1;
    return typed;
  }

  #readKind(node: Node): Typed {
    if (node.type.isError) throw this.#syntaxError(node);
    const parts = childrenOf(node);
    const error = parts.find(({ type }) => type.isError);
    if (error) throw this.#syntaxError(error);
    switch (node.name) {
      case "Expression":
      case "ParenthesizedExpression":
        return this.read(this.#only(node, parts));
      case "NumericLiteral":
        return { expression: { kind: "literal", value: num(this.#number(node)) }, type: { kind: "number" } };
      case "StringLiteral":
        return { expression: { kind: "literal", value: text(this.#string(node)) }, type: { kind: "text" } };
      case "BooleanLiteral":
        return {
          expression: { kind: "literal", value: this.#text(node) === "true" ? TRUE : FALSE },
          type: { kind: "boolean" },
        };
      case "null":
        return { expression: { kind: "literal", value: NOTHING }, type: { kind: "null" } };
      case "DateTimeLiteral":
        return this.#dateLiteral(node, parts);
      case "VariableName":
      case "PathExpression":
        return this.#name(node);
      case "ArithmeticExpression":
        return this.#arithmetic(node, parts);
      case "Comparison":
        return this.#comparison(node, parts);
      case "Conjunction":
      case "Disjunction":
        return this.#logic(node, parts);
      case "IfExpression":
        return this.#choice(node, parts);
      case "List":
        return this.#list(parts);
      case "Context":
        return this.#record(parts);
      case "FilterExpression":
        return this.#filter(node, parts);
      case "ForExpression":
      case "QuantifiedExpression":
        return this.#iteration(node, parts);
      case "FunctionInvocation":
        return this.#call(node, parts);
      default:
        throw this.#error(node, `this part of FEEL (${node.name}) is not in the rule language.`);
    }
  }

  #name(node: Node): Typed {
    const base = node.name === "PathExpression" ? baseOf(node) : node;
    if (base.name !== "VariableName") {
      const [of, field] = meaningful(childrenOf(node));
      if (!of || !field) throw this.#syntaxError(node);
      return this.#field(this.read(of), this.#text(field), field);
    }
    const path = node.name === "PathExpression" ? this.#path(node) : [this.#text(node)];
    return this.#resolve(path, node);
  }

  /** Locals first, then fields of the filtered element, then the longest prefix that is a fact. */
  #resolve(path: readonly string[], node: Node): Typed {
    const [first = "", ...fields] = path;
    for (const local of this.#locals.toReversed()) {
      if (local.name === first)
        return this.#fields({ expression: { kind: "local", name: first }, type: local.type }, fields, node);
      const own = local.fieldsInScope ? fieldType(local.type, first) : undefined;
      if (own && own !== ANY)
        return this.#fields({ expression: { kind: "local", name: local.name }, type: local.type }, path, node);
    }
    for (let length = path.length; length > 0; length--) {
      const id = path.slice(0, length).join(".");
      const type = this.#names.typeOf(id);
      if (!type) continue;
      this.facts.add(id);
      return this.#fields({ expression: { kind: "fact", id }, type }, path.slice(length), node);
    }
    const untyped = this.#locals.findLast(({ fieldsInScope, type }) => fieldsInScope && type.kind === "any");
    if (untyped) return this.#fields({ expression: { kind: "local", name: untyped.name }, type: ANY }, path, node);
    const known = [...this.#names.ids(), ...this.#locals.flatMap(({ name, type }) => [name, ...fieldNames(type)])];
    const wrong = path.join(".");
    throw this.#error(node, `unknown name "${wrong}".${suggestion(wrong, known)}`);
  }

  #fields(start: Typed, fields: readonly string[], node: Node): Typed {
    return fields.reduce((of, name) => this.#field(of, name, node), start);
  }

  #field(of: Typed, name: string, node: Node): Typed {
    const type = fieldType(of.type, name);
    if (!type)
      throw this.#error(node, `${describe(of.type)} has no field "${name}".${suggestion(name, fieldNames(of.type))}`);
    return { expression: { kind: "field", of: of.expression, name }, type };
  }

  #path(node: Node): string[] {
    const [of, field] = meaningful(childrenOf(node));
    if (!of || !field) throw this.#syntaxError(node);
    return [...(of.name === "PathExpression" ? this.#path(of) : [this.#text(of)]), this.#text(field)];
  }

  #arithmetic(node: Node, parts: readonly Node[]): Typed {
    const operands = parts.filter(({ name }) => name !== "ArithOp");
    const operator = this.#text(parts.find(({ name }) => name === "ArithOp") ?? node);
    const [left, right] = operands.map((operand) => this.read(operand));
    if (left && !right && operator === "-") {
      this.#expect(left, "number", node);
      return { expression: { kind: "negate", of: left.expression }, type: { kind: "number" } };
    }
    if (!left || !right || !isArithmeticOperator(operator)) throw this.#syntaxError(node);
    const isText = operator === "+" && left.type.kind === "text" && right.type.kind === "text";
    if (!isText) for (const side of [left, right]) this.#expect(side, "number", node);
    const type: StaticType = isText ? { kind: "text" } : { kind: "number" };
    return { expression: { kind: "arithmetic", operator, left: left.expression, right: right.expression }, type };
  }

  #comparison(node: Node, parts: readonly Node[]): Typed {
    const [first, keyword] = parts;
    if (!first || !keyword) throw this.#syntaxError(node);
    const left = this.read(first);
    if (keyword.name === "in") return this.#membership(left, parts.slice(2), node);
    if (keyword.name === "between") {
      const [low, high] = parts.slice(2).filter(({ name }) => name !== "and");
      if (!low || !high) throw this.#syntaxError(node);
      return this.#tests(left, [this.#within(left, this.read(low), ">=", this.read(high), "<=", node)]);
    }
    const right = parts[2] && this.read(parts[2]);
    const comparator = this.#text(keyword);
    if (!right || !isComparator(comparator)) throw this.#syntaxError(node);
    return { expression: this.#compare(comparator, left, right, node), type: { kind: "boolean" } };
  }

  #compare(comparator: Comparator, left: Typed, right: Typed, node: Node): Expression {
    if (!comparable(left.type, right.type)) {
      throw this.#error(node, `${describe(left.type)} cannot be compared with ${describe(right.type)}.`);
    }
    const hasOrder = comparator === "=" || comparator === "!=" || [left, right].every(({ type }) => isOrdered(type));
    if (!hasOrder)
      throw this.#error(node, `"${comparator}" compares numbers or dates; ${describe(left.type)} has no order.`);
    return { kind: "compare", comparator, left: left.expression, right: right.expression };
  }

  #membership(of: Typed, parts: readonly Node[], node: Node): Typed {
    const tests = parts.flatMap((part) => (part.name === "PositiveUnaryTests" ? childrenOf(part) : [part]));
    const wanted = tests.filter(({ name }) => name === "PositiveUnaryTest");
    return this.#tests(
      of,
      wanted.flatMap((test) => this.#unaryTest(of, test, node)),
    );
  }

  #tests(of: Typed, tests: readonly Expression[]): Typed {
    return { expression: { kind: "in", of: of.expression, tests }, type: { kind: "boolean" } };
  }

  #unaryTest({ type }: Typed, test: Node, node: Node): Expression[] {
    const it: Typed = { expression: { kind: "local", name: "?" }, type };
    const [inner] = childrenOf(test);
    if (!inner) throw this.#syntaxError(test);
    if (inner.name === "SimplePositiveUnaryTest") return [this.#simpleTest(it, inner, node)];
    if (inner.name === "List") {
      return childrenOf(inner)
        .filter(isOperand)
        .map((item) => this.#compare("=", it, this.read(item), node));
    }
    const wanted = this.read(inner);
    if (wanted.type.kind !== "list") return [this.#compare("=", it, wanted, node)];
    return [{ kind: "call", name: "list contains", args: [wanted.expression, it.expression] }];
  }

  #simpleTest(it: Typed, test: Node, node: Node): Expression {
    const parts = childrenOf(test);
    const interval = parts.find(({ name }) => name === "Interval");
    if (interval) {
      const marks = childrenOf(interval);
      const [low, high] = marks.filter(isOperand);
      if (!low || !high) throw this.#syntaxError(test);
      const from = this.#text(marks[0] ?? node) === "[" ? ">=" : ">";
      const to = this.#text(marks.at(-1) ?? node) === "]" ? "<=" : "<";
      return this.#within(it, this.read(low), from, this.read(high), to, node);
    }
    const operator = parts.find(({ name }) => name === "CompareOp");
    const operand = parts.find(({ name }) => name !== "CompareOp");
    const comparator = operator ? this.#text(operator) : "";
    if (!operand || !isComparator(comparator)) throw this.#syntaxError(test);
    return this.#compare(comparator, it, this.read(operand), node);
  }

  #within(of: Typed, low: Typed, from: ">=" | ">", high: Typed, to: "<=" | "<", node: Node): Expression {
    const it: Typed = { expression: { kind: "local", name: "?" }, type: of.type };
    return { kind: "and", left: this.#compare(from, it, low, node), right: this.#compare(to, it, high, node) };
  }

  #logic(node: Node, parts: readonly Node[]): Typed {
    const kind = node.name === "Conjunction" ? "and" : "or";
    const [left, right] = parts.filter(({ name }) => name !== kind).map((part) => this.read(part));
    if (!left || !right) throw this.#syntaxError(node);
    for (const side of [left, right]) this.#expect(side, "boolean", node);
    return { expression: { kind, left: left.expression, right: right.expression }, type: { kind: "boolean" } };
  }

  #choice(node: Node, parts: readonly Node[]): Typed {
    const [condition, yes, no] = parts
      .filter(({ name }) => !["if", "then", "else"].includes(name))
      .map((part) => this.read(part));
    if (!condition || !yes || !no) throw this.#error(node, "an if needs then and else.");
    this.#expect(condition, "boolean", node);
    return {
      expression: { kind: "if", condition: condition.expression, yes: yes.expression, no: no.expression },
      type: either(yes.type, no.type),
    };
  }

  #list(parts: readonly Node[]): Typed {
    const items = parts.filter(isOperand).map((part) => this.read(part));
    const of = items.reduce<StaticType>(
      (type, item, index) => (index === 0 ? item.type : either(type, item.type)),
      ANY,
    );
    const expression = folded({ kind: "list", items: items.map((item) => item.expression) });
    return { expression, type: { kind: "list", of } };
  }

  /** Later entries may use earlier ones by their names. */
  #record(parts: readonly Node[]): Typed {
    const entries: [string, Expression][] = [];
    const fields = new Map<string, StaticType>();
    const outer = this.#locals;
    for (const entry of parts.filter(({ name }) => name === "ContextEntry")) {
      const [key, value] = meaningful(childrenOf(entry));
      if (!key || !value) throw this.#syntaxError(entry);
      const inner = childrenOf(key)[0] ?? key;
      const name = inner.name === "StringLiteral" ? this.#string(inner) : this.#text(key);
      if (fields.has(name)) throw this.#error(entry, `the key "${name}" is there twice.`);
      const { expression, type } = this.read(value);
      entries.push([name, expression]);
      fields.set(name, type);
      this.#locals = [...this.#locals, { name, type, fieldsInScope: false }];
    }
    this.#locals = outer;
    return { expression: folded({ kind: "record", entries }), type: { kind: "record", fields } };
  }

  #filter(node: Node, parts: readonly Node[]): Typed {
    const [source, predicate] = parts.filter(isOperand);
    if (!source || !predicate) throw this.#syntaxError(node);
    const of = this.read(source);
    const element = elementOf(of.type);
    const test = this.#with({ name: "item", type: element, fieldsInScope: true }, () => this.read(predicate));
    if (test.type.kind === "number") {
      return { expression: { kind: "at", list: of.expression, position: test.expression }, type: element };
    }
    this.#expect(test, "boolean", node);
    return {
      expression: { kind: "filter", list: of.expression, predicate: test.expression },
      type: { kind: "list", of: element },
    };
  }

  #iteration(node: Node, parts: readonly Node[]): Typed {
    const bindings = parts.filter(({ name }) => name === "InExpressions").flatMap(childrenOf);
    const body = parts.at(-1);
    if (!body) throw this.#syntaxError(node);
    const kind = node.name === "ForExpression" ? "for" : parts[0]?.name === "every" ? "every" : "some";
    return this.#iterate(
      kind,
      bindings.filter(({ name }) => name === "InExpression"),
      body,
      node,
    );
  }

  #iterate(kind: "for" | "some" | "every", bindings: readonly Node[], body: Node, node: Node): Typed {
    const [binding, ...rest] = bindings;
    if (!binding) return this.read(body);
    if (kind === "for" && rest.length > 0) throw this.#error(node, `"for" takes one list; nest a second one inside.`);
    const [nameNode, , context] = childrenOf(binding);
    const source = context && childrenOf(context)[0];
    if (!nameNode || !source) throw this.#syntaxError(binding);
    const name = this.#text(nameNode);
    const of = this.read(source);
    const inner = this.#with({ name, type: elementOf(of.type), fieldsInScope: false }, () =>
      this.#iterate(kind, rest, body, node),
    );
    if (kind !== "for") this.#expect(inner, "boolean", node);
    const type: StaticType = kind === "for" ? { kind: "list", of: inner.type } : { kind: "boolean" };
    return { expression: { kind, name, list: of.expression, body: inner.expression }, type };
  }

  #call(node: Node, parts: readonly Node[]): Typed {
    const [callee, ...rest] = parts;
    const name = callee ? this.#text(callee) : "";
    const target = functionNamed(name);
    if (!target) throw this.#error(node, `unknown function "${name}".${suggestion(name, functionNames)}`);
    if (rest.some(({ name: kind }) => kind === "NamedParameters")) {
      throw this.#error(node, "arguments are given by position, not by name.");
    }
    const args = rest
      .filter(({ name: kind }) => kind === "PositionalParameters")
      .flatMap(childrenOf)
      .filter(isOperand)
      .map((arg) => this.read(arg));
    const [fewest, most] = target.arity;
    if (args.length < fewest || args.length > most) {
      const expected = fewest === most ? String(fewest) : `${fewest} to ${most}`;
      throw this.#error(node, `${name}() takes ${expected} arguments, here are ${args.length}.`);
    }
    const type = resultType(
      target,
      args.map((arg) => arg.type),
    );
    return { expression: { kind: "call", name, args: args.map(({ expression }) => expression) }, type };
  }

  #dateLiteral(node: Node, parts: readonly Node[]): Typed {
    const [inner, ...rest] = parts;
    if (inner?.name === "AtLiteral") {
      const content = childrenOf(inner).find(({ name }) => name === "StringLiteral");
      const iso = content ? this.#string(content) : "";
      if (!isDay(iso)) throw this.#error(node, `"${iso}" is no day; write @"2025-01-31".`);
      return { expression: { kind: "literal", value: day(iso) }, type: { kind: "date" } };
    }
    if (!inner || this.#text(inner) !== "date")
      throw this.#error(node, "only dates are in the rule language, no times.");
    const args = rest
      .filter(({ name }) => name === "PositionalParameters")
      .flatMap(childrenOf)
      .filter(isOperand)
      .map((arg) => this.read(arg).expression);
    return { expression: { kind: "call", name: "date", args }, type: { kind: "date" } };
  }

  #with<Result>(local: Local, work: () => Result): Result {
    const outer = this.#locals;
    this.#locals = [...outer, local];
    const result = work();
    this.#locals = outer;
    return result;
  }

  #expect({ type }: Typed, kind: "number" | "boolean", node: Node): void {
    if (type.kind === kind || type.kind === "any" || type.kind === "null") return;
    throw this.#error(node, `needs ${describe({ kind })}, but this is ${describe(type)}.`);
  }

  #only(node: Node, parts: readonly Node[]): Node {
    const operands = parts.filter(isOperand);
    const [only] = operands;
    if (!only || operands.length !== 1) throw this.#syntaxError(operands[1] ?? node);
    return only;
  }

  #number(node: Node): Fraction {
    const digits = this.#text(node).replaceAll(/\s/g, "");
    if (!/^-?(\d+(\.\d+)?|\.\d+)$/.test(digits)) throw this.#error(node, `"${digits}" is no decimal number.`);
    return new Fraction(digits);
  }

  #string(node: Node): string {
    const quoted = this.#source.slice(node.from, node.to);
    try {
      return String(JSON.parse(quoted));
    } catch {
      throw this.#error(node, `${quoted} is no text; escape quotes and line breaks as in JSON.`);
    }
  }

  #text(node: Node): string {
    return this.#source.slice(node.from, node.to).trim().replaceAll(/\s+/g, " ");
  }

  #syntaxError(node: Node): RulesError {
    const found = this.#source.slice(node.from, node.from + 20).trim();
    return this.#error(node, found === "" ? "the formula ends too early." : `cannot read the formula at "${found}".`);
  }

  #error(node: Node, what: string): RulesError {
    const part = this.#source.slice(node.from, node.to).replaceAll(/\s+/g, " ").trim();
    const quoted = part.length > 60 ? `${part.slice(0, 57)}…` : part;
    return new RulesError("formula-invalid", this.#where, quoted === "" ? what : `in \`${quoted}\`: ${what}`);
  }
}

/** A table written into a formula is made once, not at every evaluation. */
function folded(expression: Extract<Expression, { kind: "list" | "record" }>): Expression {
  const parts = expression.kind === "list" ? expression.items : expression.entries.map(([, entry]) => entry);
  if (!parts.every(({ kind }) => kind === "literal")) return expression;
  const value = evaluate(expression, { fact: () => NOTHING, locals: undefined });
  return isExact(value) ? { kind: "literal", value } : expression;
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment" && child.name !== "BlockComment") children.push(child);
  }
  return children;
}

const punctuation = new Set(["(", ")", "[", "]", "{", "}", ",", ".", "..", ":"]);
const isOperand = ({ name }: Node) => !punctuation.has(name);
const meaningful = (nodes: readonly Node[]) => nodes.filter(isOperand);

function baseOf(node: Node): Node {
  let base = node;
  while (base.name === "PathExpression" && base.firstChild) base = base.firstChild;
  return base;
}

const isOrdered = ({ kind }: StaticType) => kind === "number" || kind === "date" || kind === "any" || kind === "null";

function isArithmeticOperator(operator: string): operator is "+" | "-" | "*" | "/" | "**" {
  return ["+", "-", "*", "/", "**"].includes(operator);
}

function isComparator(operator: string): operator is Comparator {
  return ["=", "!=", "<", "<=", ">", ">="].includes(operator);
}
