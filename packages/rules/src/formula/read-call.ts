import { suggestion } from "../nearest.ts";
import { isDay } from "./calendar.ts";
import { functionNamed, functionNames } from "./functions.ts";
import type { Reading, Typed } from "./reading.ts";
import { resultType } from "./static-type.ts";
import { childrenOf, isOperand, type Node } from "./syntax.ts";
import { day } from "./value.ts";

/** `sum(list)` */
export function readCall(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [callee, ...rest] = parts;
  const name = callee ? r.text(callee) : "";
  const target = functionNamed(name);
  if (!target) throw r.error(node, `unknown function "${name}".${suggestion(name, functionNames)}`);
  if (rest.some(({ name: kind }) => kind === "NamedParameters")) {
    throw r.error(node, "arguments are given by position, not by name.");
  }
  const args = rest
    .filter(({ name: kind }) => kind === "PositionalParameters")
    .flatMap(childrenOf)
    .filter(isOperand)
    .map((arg) => r.read(arg));
  const [fewest, most] = target.arity;
  if (args.length < fewest || args.length > most) {
    const expected = fewest === most ? String(fewest) : `${fewest} to ${most}`;
    throw r.error(node, `${name}() takes ${expected} arguments, here are ${args.length}.`);
  }
  const type = resultType(
    target,
    args.map((arg) => arg.type),
  );
  return { expression: { kind: "call", name, args: args.map(({ expression }) => expression) }, type };
}

/** `@"2025-01-31"`, `date(2025, 1, 31)` */
export function readDate(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [inner, ...rest] = parts;
  if (inner?.name === "AtLiteral") {
    const content = childrenOf(inner).find(({ name }) => name === "StringLiteral");
    const iso = content ? r.string(content) : "";
    if (!isDay(iso)) throw r.error(node, `"${iso}" is no day; write @"2025-01-31".`);
    return { expression: { kind: "literal", value: day(iso) }, type: { kind: "date" } };
  }
  if (!inner || r.text(inner) !== "date") throw r.error(node, "only dates are in the rule language, no times.");
  const args = rest
    .filter(({ name }) => name === "PositionalParameters")
    .flatMap(childrenOf)
    .filter(isOperand)
    .map((arg) => r.read(arg).expression);
  return { expression: { kind: "call", name: "date", args }, type: { kind: "date" } };
}
