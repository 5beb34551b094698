import { suggestion } from "../nearest.ts";
import { isDay } from "./calendar.ts";
import { durationFrom } from "./duration.ts";
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
  checkArity(r, node, name, args.length);
  const type = resultType(
    target,
    args.map((arg) => arg.type),
  );
  return { expression: { kind: "call", name, args: args.map(({ expression }) => expression) }, type };
}

function checkArity(r: Reading, node: Node, name: string, given: number): void {
  const [fewest = 0, most = 0] = functionNamed(name)?.arity ?? [];
  if (given >= fewest && given <= most) return;
  const expected = fewest === most ? String(fewest) : `${fewest} to ${most}`;
  throw r.error(node, `${name}() takes ${expected} arguments, here are ${given}.`);
}

/** `@"2025-01-31"`, `date(2025, 1, 31)`, `@"P3M"`, `duration("P3M")` */
export function readDate(r: Reading, node: Node, parts: readonly Node[]): Typed {
  const [inner, ...rest] = parts;
  if (inner?.name === "AtLiteral") {
    const content = childrenOf(inner).find(({ name }) => name === "StringLiteral");
    const iso = content ? r.string(content) : "";
    const span = durationFrom(iso);
    if (span) return { expression: { kind: "literal", value: span }, type: { kind: "duration" } };
    if (!isDay(iso)) throw r.error(node, `"${iso}" is no day or duration; write @"2025-01-31", @"P1Y6M" or @"P90D".`);
    return { expression: { kind: "literal", value: day(iso) }, type: { kind: "date" } };
  }
  const name = inner ? r.text(inner) : "";
  if (name !== "date" && name !== "duration") {
    throw r.error(node, "only dates and durations are in the rule language, no times.");
  }
  const args = rest
    .filter(({ name }) => name === "PositionalParameters")
    .flatMap(childrenOf)
    .filter(isOperand)
    .map((arg) => r.read(arg).expression);
  checkArity(r, node, name, args.length);
  return { expression: { kind: "call", name, args }, type: { kind: name } };
}
