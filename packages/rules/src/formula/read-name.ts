import { suggestion } from "../nearest.ts";
import type { Reading, Typed } from "./reading.ts";
import { ANY, describe, fieldNames, fieldType } from "./static-type.ts";
import { baseOf, childrenOf, meaningful, type Node } from "./syntax.ts";

/** A fact, a name bound by the formula, or a field of either: `title.held`, `item`, `asOf.year`. */
export function readName(r: Reading, node: Node): Typed {
  const base = node.name === "PathExpression" ? baseOf(node) : node;
  if (base.name !== "VariableName") {
    const [of, field] = meaningful(childrenOf(node));
    if (!of || !field) throw r.syntaxError(node);
    return readField(r, r.read(of), r.text(field), field);
  }
  const path = node.name === "PathExpression" ? pathOf(r, node) : [r.text(node)];
  return resolve(r, path, node);
}

/** Locals first, then fields of the filtered element, then the longest prefix that is a fact. */
function resolve(r: Reading, path: readonly string[], node: Node): Typed {
  const [first = "", ...fields] = path;
  for (const local of r.locals.toReversed()) {
    if (local.name === first)
      return readFields(r, { expression: { kind: "local", name: first }, type: local.type }, fields, node);
    const own = local.fieldsInScope ? fieldType(local.type, first) : undefined;
    if (own && own !== ANY)
      return readFields(r, { expression: { kind: "local", name: local.name }, type: local.type }, path, node);
  }
  for (let length = path.length; length > 0; length--) {
    const id = path.slice(0, length).join(".");
    const type = r.names.typeOf(id);
    if (!type) continue;
    r.facts.add(id);
    return readFields(r, { expression: { kind: "fact", id }, type }, path.slice(length), node);
  }
  const untyped = r.locals.findLast(({ fieldsInScope, type }) => fieldsInScope && type.kind === "any");
  if (untyped) return readFields(r, { expression: { kind: "local", name: untyped.name }, type: ANY }, path, node);
  const known = [...r.names.ids(), ...r.locals.flatMap(({ name, type }) => [name, ...fieldNames(type)])];
  const wrong = path.join(".");
  throw r.error(node, `unknown name "${wrong}".${suggestion(wrong, known)}`);
}

function readFields(r: Reading, start: Typed, fields: readonly string[], node: Node): Typed {
  return fields.reduce((of, name) => readField(r, of, name, node), start);
}

function readField(r: Reading, of: Typed, name: string, node: Node): Typed {
  const type = fieldType(of.type, name);
  if (!type)
    throw r.error(node, `${describe(of.type)} has no field "${name}".${suggestion(name, fieldNames(of.type))}`);
  return { expression: { kind: "field", of: of.expression, name }, type };
}

function pathOf(r: Reading, node: Node): string[] {
  const [of, field] = meaningful(childrenOf(node));
  if (!of || !field) throw r.syntaxError(node);
  return [...(of.name === "PathExpression" ? pathOf(r, of) : [r.text(of)]), r.text(field)];
}
