import { evaluate } from "./evaluate.ts";
import type { Expression, StaticType } from "./expression.ts";
import type { Reading, Typed } from "./reading.ts";
import { ANY, either, elementOf } from "./static-type.ts";
import { childrenOf, isOperand, meaningful, type Node } from "./syntax.ts";
import { isExact, NOTHING } from "./value.ts";

/** `[1, 2, 3]` */
export function readList(r: Reading, parts: readonly Node[]): Typed {
  const items = parts.filter(isOperand).map((part) => r.read(part));
  const of = items.reduce<StaticType>((type, item, index) => (index === 0 ? item.type : either(type, item.type)), ANY);
  const expression = folded({ kind: "list", items: items.map((item) => item.expression) });
  return { expression, type: { kind: "list", of } };
}

/** `{a: 1, b: a + 1}`: later entries may use earlier ones by their names. */
export function readRecord(r: Reading, parts: readonly Node[]): Typed {
  const entries: [string, Expression][] = [];
  const fields = new Map<string, StaticType>();
  const outer = r.locals;
  for (const entry of parts.filter(({ name }) => name === "ContextEntry")) {
    const [key, value] = meaningful(childrenOf(entry));
    if (!key || !value) throw r.syntaxError(entry);
    const inner = childrenOf(key)[0] ?? key;
    const name = inner.name === "StringLiteral" ? r.string(inner) : r.text(key);
    if (fields.has(name)) throw r.error(entry, `the key "${name}" is there twice.`);
    const { expression, type } = r.read(value);
    entries.push([name, expression]);
    fields.set(name, type);
    r.locals = [...r.locals, { name, type, fieldsInScope: false }];
  }
  r.locals = outer;
  return { expression: folded({ kind: "record", entries }), type: { kind: "record", fields } };
}

/** `list[condition]` keeps elements, `list[2]` takes one. */
export function readFilter(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [source, predicate] = parts.filter(isOperand);
  if (!source || !predicate) throw r.syntaxError(node);
  const of = r.read(source);
  const element = elementOf(of.type);
  const test = r.withLocal({ name: "item", type: element, fieldsInScope: true }, () => r.read(predicate));
  if (test.type.kind === "number") {
    return { expression: { kind: "at", list: of.expression, position: test.expression }, type: element };
  }
  r.expect(test, "boolean", node);
  return {
    expression: { kind: "filter", list: of.expression, predicate: test.expression },
    type: { kind: "list", of: element },
  };
}

/** `for x in list return …`, `some x in list satisfies …`. */
export function readIteration(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const bindings = parts.filter(({ name }) => name === "InExpressions").flatMap(childrenOf);
  const body = parts.at(-1);
  if (!body) throw r.syntaxError(node);
  const kind = node.name === "ForExpression" ? "for" : parts[0]?.name === "every" ? "every" : "some";
  return iterate(
    r,
    kind,
    bindings.filter(({ name }) => name === "InExpression"),
    body,
    node,
  );
}

function iterate(r: Reading, kind: "for" | "some" | "every", bindings: readonly Node[], body: Node, node: Node): Typed {
  const [binding, ...rest] = bindings;
  if (!binding) return r.read(body);
  if (kind === "for" && rest.length > 0) throw r.error(node, `"for" takes one list; nest a second one inside.`);
  const [nameNode, , context] = childrenOf(binding);
  const source = context && childrenOf(context)[0];
  if (!nameNode || !source) throw r.syntaxError(binding);
  const name = r.text(nameNode);
  const of = r.read(source);
  const inner = r.withLocal({ name, type: elementOf(of.type), fieldsInScope: false }, () =>
    iterate(r, kind, rest, body, node),
  );
  if (kind !== "for") r.expect(inner, "boolean", node);
  const type: StaticType = kind === "for" ? { kind: "list", of: inner.type } : { kind: "boolean" };
  return { expression: { kind, name, list: of.expression, body: inner.expression }, type };
}

/** A table written into a formula is made once, not at every evaluation. */
function folded(expression: Extract<Expression, { kind: "list" | "record" }>): Expression {
  const parts = expression.kind === "list" ? expression.items : expression.entries.map(([, entry]) => entry);
  if (!parts.every(({ kind }) => kind === "literal")) return expression;
  const value = evaluate(expression, { fact: () => NOTHING, locals: undefined });
  return isExact(value) ? { kind: "literal", value } : expression;
}
