import Fraction from "fraction.js";
import { arithmetic } from "./arithmetic.ts";
import { partsOf } from "./calendar.ts";
import { at, filter, map, overList, quantify } from "./collection.ts";
import { compare } from "./comparison.ts";
import { partOfDuration } from "./duration.ts";
import type { Expression } from "./expression.ts";
import { functionNamed } from "./functions.ts";
import { and, answerOf, or } from "./logic.ts";
import {
  becauseOf,
  FALSE,
  fieldNamed,
  list,
  NOTHING,
  num,
  overEach,
  TRUE,
  union,
  unknown,
  type Value,
} from "./value.ts";

/** What a formula sees: facts and derived facts by id, and the names it binds itself. */
export type Scope = Readonly<{ fact: (id: string) => Value; locals: Locals }>;
export type Locals = Readonly<{ name: string; value: Value; outer: Locals }> | undefined;

const MINUS_ONE = num(new Fraction(-1));

/** Everything that the formula may give, as far as the facts are known. Total: it never throws. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "fact":
      return scope.fact(expression.id);
    case "local":
      return localNamed(expression.name, scope.locals);
    case "field":
      return fieldOf(evaluate(expression.of, scope), expression.name);
    case "arithmetic":
      return arithmetic(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case "negate":
      return arithmetic("*", MINUS_ONE, evaluate(expression.of, scope));
    case "compare":
      return compare(expression.comparator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case "and": {
      const left = evaluate(expression.left, scope);
      return answerOf(left) === "false" ? FALSE : and(left, evaluate(expression.right, scope));
    }
    case "or": {
      const left = evaluate(expression.left, scope);
      return answerOf(left) === "true" ? TRUE : or(left, evaluate(expression.right, scope));
    }
    case "if":
      return choose(expression, scope);
    case "list":
      return list(expression.items.map((item) => ({ value: evaluate(item, scope) })));
    case "record":
      return record(expression, scope);
    case "in":
      return isMember(expression, scope);
    case "filter":
      return overList(evaluate(expression.list, scope), (items) =>
        filter(items, (item) => evaluate(expression.predicate, bind(scope, "item", item))),
      );
    case "at":
      return elementAt(evaluate(expression.list, scope), evaluate(expression.position, scope));
    case "for":
      return overList(evaluate(expression.list, scope), (items) =>
        map(items, (item) => evaluate(expression.body, bind(scope, expression.name, item))),
      );
    case "some":
    case "every":
      return overList(evaluate(expression.list, scope), (items) =>
        quantify(expression.kind, items, (item) => evaluate(expression.body, bind(scope, expression.name, item))),
      );
    case "call": {
      const args = expression.args.map((arg) => evaluate(arg, scope));
      return functionNamed(expression.name)?.apply(args) ?? NOTHING;
    }
  }
}

/** Each entry may use the ones before it by their names. */
function record({ entries }: Extract<Expression, { kind: "record" }>, scope: Scope): Value {
  const fields = new Map<string, Value>();
  let inner = scope;
  for (const [key, entry] of entries) {
    const value = evaluate(entry, inner);
    fields.set(key, value);
    inner = bind(inner, key, value);
  }
  return { kind: "record", fields };
}

/** The scope with one more name in it. */
export function bind(scope: Scope, name: string, value: Value): Scope {
  return { ...scope, locals: { name, value, outer: scope.locals } };
}

function localNamed(name: string, locals: Locals): Value {
  for (let at = locals; at; at = at.outer) if (at.name === name) return at.value;
  return NOTHING;
}

function fieldOf(value: Value, name: string): Value {
  switch (value.kind) {
    case "record":
      return fieldNamed(value, name);
    case "list":
      return map(value, (item) => fieldOf(item, name));
    case "date": {
      const parts: Readonly<Record<string, number>> = partsOf(value.day);
      const part = parts[name];
      return part === undefined ? NOTHING : num(new Fraction(part));
    }
    case "duration":
      return partOfDuration(value, name);
    case "oneOf":
      return overEach(value, (each) => fieldOf(each, name));
    case "unknown":
      return unknown(value.because);
    default:
      return NOTHING;
  }
}

/** A condition that is nothing decides nothing: the answer is nothing, not the else branch, so that errors never pay. */
function choose({ condition, yes, no }: Extract<Expression, { kind: "if" }>, scope: Scope): Value {
  const test = evaluate(condition, scope);
  switch (answerOf(test)) {
    case "true":
      return evaluate(yes, scope);
    case "false":
      return evaluate(no, scope);
    case "void":
      return NOTHING;
    case "unknown": {
      const mayBeNothing = test.kind === "unknown" || (test.kind === "oneOf" && test.values.some(isNoTruth));
      const branches = [evaluate(yes, scope), evaluate(no, scope), ...(mayBeNothing ? [NOTHING] : [])];
      return union(branches, becauseOf(test));
    }
  }
}

const isNoTruth = ({ kind }: Value) => kind !== "boolean";

function isMember({ of, tests }: Extract<Expression, { kind: "in" }>, scope: Scope): Value {
  const value = evaluate(of, scope);
  // One of several, each of which is among them, is among them whichever it is.
  if (value.kind === "oneOf") return overEach(value, (each) => memberOf(each, tests, scope));
  return memberOf(value, tests, scope);
}

function memberOf(value: Value, tests: readonly Expression[], scope: Scope): Value {
  const inner = bind(scope, "?", value);
  let found: Value = FALSE;
  for (const test of tests) {
    found = or(found, evaluate(test, inner));
    if (answerOf(found) === "true") return TRUE;
  }
  return found;
}

function elementAt(source: Value, position: Value): Value {
  return overList(source, (items) => {
    if (position.kind === "number") return at(items, position.n.valueOf());
    if (position.kind === "oneOf") {
      return overEach(position, (each) => (each.kind === "number" ? at(items, each.n.valueOf()) : NOTHING));
    }
    return becauseOf(position).length > 0 ? unknown(becauseOf(position)) : NOTHING;
  });
}
