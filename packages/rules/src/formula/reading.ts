import Fraction from "fraction.js";
import { limits } from "../limits.ts";
import { RulesError } from "../rules-error.ts";
import type { Expression, StaticType } from "./expression.ts";
import { describe } from "./static-type.ts";
import { isOperand, type Node } from "./syntax.ts";

/** Names that a formula may use from outside: fact ids with their types. */
export type Names = Readonly<{ typeOf: (id: string) => StaticType | undefined; ids: () => Iterable<string> }>;

/** A part of a formula with the type that it is known to have. */
export type Typed = Readonly<{ expression: Expression; type: StaticType }>;

/** A name that the formula binds itself; the fields of a filtered element may be named without it. */
export type Local = Readonly<{ name: string; type: StaticType; fieldsInScope: boolean }>;

/** One walk over one formula: its text, the names in scope, and what it has seen so far. */
export class Reading {
  readonly facts = new Set<string>();
  readonly names: Names;
  locals: readonly Local[] = [];
  readonly #source: string;
  readonly #where: string;
  readonly #readNode: (r: Reading, node: Node) => Typed;
  #nodes = 0;
  #depth = 0;

  /** @param readNode reads one node of any kind */
  constructor(source: string, where: string, names: Names, readNode: (r: Reading, node: Node) => Typed) {
    this.#source = source;
    this.#where = where;
    this.names = names;
    this.#readNode = readNode;
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
    const typed = this.#readNode(this, node);
    this.#depth -= 1;
    return typed;
  }

  withLocal<Result>(local: Local, work: () => Result): Result {
    const outer = this.locals;
    this.locals = [...outer, local];
    const result = work();
    this.locals = outer;
    return result;
  }

  expect({ type }: Typed, kind: "number" | "boolean", node: Node): void {
    if (type.kind === kind || type.kind === "any" || type.kind === "null") return;
    throw this.error(node, `needs ${describe({ kind })}, but this is ${describe(type)}.`);
  }

  only(node: Node, parts: readonly Node[]): Node {
    const operands = parts.filter(isOperand);
    const [only] = operands;
    if (!only || operands.length !== 1) throw this.syntaxError(operands[1] ?? node);
    return only;
  }

  number(node: Node): Fraction {
    const digits = this.text(node).replaceAll(/\s/g, "");
    if (!/^-?(\d+(\.\d+)?|\.\d+)$/.test(digits)) throw this.error(node, `"${digits}" is no decimal number.`);
    return new Fraction(digits);
  }

  string(node: Node): string {
    const quoted = this.#source.slice(node.from, node.to);
    try {
      return String(JSON.parse(quoted));
    } catch {
      throw this.error(node, `${quoted} is no text; escape quotes and line breaks as in JSON.`);
    }
  }

  text(node: Node): string {
    return this.#source.slice(node.from, node.to).trim().replaceAll(/\s+/g, " ");
  }

  syntaxError(node: Node): RulesError {
    const found = this.#source.slice(node.from, node.from + 20).trim();
    return this.error(node, found === "" ? "the formula ends too early." : `cannot read the formula at "${found}".`);
  }

  error(node: Node, what: string): RulesError {
    const part = this.#source.slice(node.from, node.to).replaceAll(/\s+/g, " ").trim();
    const quoted = part.length > 60 ? `${part.slice(0, 57)}…` : part;
    return new RulesError("formula-invalid", this.#where, quoted === "" ? what : `in \`${quoted}\`: ${what}`);
  }
}
