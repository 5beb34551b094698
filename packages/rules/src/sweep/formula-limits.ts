import type { FactsInView } from "../facts-in-view.ts";
import type { Expression } from "../formula/expression.ts";
import { type Exact, isExact } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";
import { factsUnder } from "./content.ts";

/** Where each name that a formula binds takes its values from: only from what is written there, or not. */
type Locals = ReadonlyMap<string, boolean>;

/**
 * The values with which formulas compare a fact, if comparing is all they do with it. Then no formula can
 * tell two values apart that lie on the same side of each of them, and what it gives may be remembered.
 *
 * @param root name of the derived fact whose formulas are read, with all that they rest on
 * @param run a view of no firm: what rests on no fact is the same for all
 * @returns `undefined` where a formula does more with the fact than compare it
 */
export function limitsOn(fact: string, root: string, policy: Policy, run: FactsInView): readonly Exact[] | undefined {
  const reading = new Reading(fact, policy, run);
  return reading.isOnlyCompared(root) ? reading.limits : undefined;
}

class Reading {
  readonly limits: Exact[] = [];
  readonly #fact: string;
  readonly #policy: Policy;
  readonly #run: FactsInView;
  readonly #visited = new Set<string>();

  constructor(fact: string, policy: Policy, run: FactsInView) {
    this.#fact = fact;
    this.#policy = policy;
    this.#run = run;
  }

  isOnlyCompared(name: string): boolean {
    if (this.#visited.has(name)) return true;
    this.#visited.add(name);
    const formula = this.#policy.derived.get(name)?.formula;
    if (!formula) return name !== this.#fact;
    return (
      this.#allows(formula.expression, new Map(), new Set()) &&
      formula.facts.every((each) => each === this.#fact || this.isOnlyCompared(each))
    );
  }

  /** @param aliases names that stand for the fact itself */
  #allows(expression: Expression, locals: Locals, aliases: ReadonlySet<string>): boolean {
    const inner = (each: Expression, names = locals, also = aliases) => this.#allows(each, names, also);
    switch (expression.kind) {
      case "literal":
        this.#keep(expression.value);
        return true;
      case "fact":
        this.#keepIfOfRun(expression.id);
        return expression.id !== this.#fact;
      case "local":
        return !aliases.has(expression.name);
      case "compare": {
        const { left, right } = expression;
        const sides = [
          [left, right],
          [right, left],
        ] as const;
        const [mine] = sides.filter(([side]) => this.#isFact(side, aliases));
        if (!mine) return inner(left) && inner(right);
        const [, other] = mine;
        return this.#isWritten(other, locals, aliases) && inner(other);
      }
      case "in": {
        const { of, tests } = expression;
        const isMine = this.#isFact(of, aliases);
        const also = new Set([...aliases].filter((name) => name !== "?"));
        if (isMine) also.add("?");
        const names = new Map([...locals, ["?", this.#isWritten(of, locals, aliases)] as const]);
        return (isMine || inner(of)) && tests.every((test) => inner(test, names, also));
      }
      case "filter":
        return inner(expression.list) && this.#under("item", expression.list, expression.predicate, locals, aliases);
      case "for":
      case "some":
      case "every":
        return (
          inner(expression.list) && this.#under(expression.name, expression.list, expression.body, locals, aliases)
        );
      case "record": {
        // Each entry may use the ones before it by their names.
        const names = new Map(locals);
        return expression.entries.every(([key, value]) => {
          const isAllowed = this.#allows(value, names, aliases);
          names.set(key, this.#isWritten(value, names, aliases));
          return isAllowed;
        });
      }
      default:
        return partsOf(expression).every((part) => inner(part));
    }
  }

  #under(name: string, list: Expression, body: Expression, locals: Locals, aliases: ReadonlySet<string>): boolean {
    const names = new Map([...locals, [name, this.#isWritten(list, locals, aliases)] as const]);
    return this.#allows(body, names, new Set([...aliases].filter((each) => each !== name)));
  }

  #isFact(expression: Expression, aliases: ReadonlySet<string>): boolean {
    return expression.kind === "fact"
      ? expression.id === this.#fact
      : expression.kind === "local" && aliases.has(expression.name);
  }

  /** Whether all that an expression may give is written in the formulas, or the same for every firm. */
  #isWritten(expression: Expression, locals: Locals, aliases: ReadonlySet<string>): boolean {
    const inner = (each: Expression) => this.#isWritten(each, locals, aliases);
    switch (expression.kind) {
      case "literal":
        return true;
      case "local":
        return !aliases.has(expression.name) && locals.get(expression.name) === true;
      case "fact": {
        if (this.#keepIfOfRun(expression.id)) return true;
        const derived = this.#policy.derived.get(expression.id);
        return derived !== undefined && this.#isWritten(derived.formula.expression, new Map(), new Set());
      }
      case "list":
        return expression.items.every(inner);
      case "field":
        return inner(expression.of);
      case "if":
        return inner(expression.yes) && inner(expression.no);
      case "filter":
      case "at":
        return inner(expression.list);
      default:
        return false;
    }
  }

  #keep(value: Exact): void {
    if (value.kind === "list") for (const item of value.items) if (isExact(item.value)) this.#keep(item.value);
    if (value.kind === "record") for (const field of value.fields.values()) if (isExact(field)) this.#keep(field);
    this.limits.push(value);
  }

  /** The decision day and what follows from it alone. */
  #keepIfOfRun(name: string): boolean {
    if (this.#policy.vocabulary.facts.has(name) || factsUnder(name, this.#policy).length > 0) return false;
    const value = this.#run.value(name);
    if (!isExact(value)) return false;
    this.#keep(value);
    return true;
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "field":
    case "negate":
      return [expression.of];
    case "arithmetic":
    case "and":
    case "or":
      return [expression.left, expression.right];
    case "if":
      return [expression.condition, expression.yes, expression.no];
    case "list":
      return expression.items;
    case "at":
      return [expression.list, expression.position];
    case "call":
      return expression.args;
    default:
      return [];
  }
}
