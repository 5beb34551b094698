import { leavesOf } from "../condition/condition.ts";
import type { Expression } from "../formula/expression.ts";
import type { Value } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";

/** Days as they stand in facts, or in one field of their records, and in the text itself. */
export type DaysIn = Readonly<{ facts: readonly string[]; field?: string; written: readonly string[] }>;

/** One way in which an answer depends on the day of the decision. */
export type UseOfDay =
  /** In a way that is not understood: any day may be another. */
  | Readonly<{ kind: "daily" }>
  /** Only its month or its year is looked at. */
  | Readonly<{ kind: "monthly" | "yearly" }>
  /** Compared with a day, or full months or years counted between them. */
  | Readonly<{ kind: "compared" | "months" | "years"; days: DaysIn }>;

/**
 * Every way in which what a policy answers depends on the day of the decision: its requirements, its amount, and
 * all that they rest on. What is not understood is `daily`, so that nothing is ever overlooked.
 */
export function usesOfDay(policy: Policy): readonly UseOfDay[] {
  const reading = new Reading(policy);
  for (const { fact, expected } of leavesOf(policy.requirements)) {
    const left: Expression = { kind: "fact", id: fact };
    if (expected.kind === "literal") reading.compareWithText(left, expected.value);
    else
      reading.compare(left, expected.kind === "fact" ? { kind: "fact", id: expected.id } : expected.formula.expression);
  }
  for (const { expression } of policy.benefit.formulas) reading.visit(expression);
  if (policy.payout.period === "year") reading.uses.push({ kind: "yearly" });
  return distinct(reading.uses);
}

export function distinct(uses: readonly UseOfDay[]): readonly UseOfDay[] {
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];
}

/** Names that stand for the day of the decision itself inside an `in`. */
type Aliases = ReadonlySet<string>;
const none: Aliases = new Set();

/** How the parts of the day change; any other part does each day. */
const parts: Readonly<Record<string, UseOfDay>> = { year: { kind: "yearly" }, month: { kind: "monthly" } };
const periods: Readonly<Record<string, UseOfDay>> = { year: { kind: "yearly" } };

class Reading {
  readonly uses: UseOfDay[] = [];
  readonly #policy: Policy;
  readonly #written: ReturnType<typeof writtenIn>;
  readonly #visited = new Set<string>();

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#written = writtenIn(policy);
  }

  visit(expression: Expression, aliases: Aliases = none): void {
    if (isDay(expression, aliases)) {
      this.uses.push({ kind: "daily" });
      return;
    }
    switch (expression.kind) {
      case "fact":
        this.#visitDerived(expression.id);
        return;
      case "field":
        if (isDay(expression.of, aliases)) this.uses.push(parts[expression.name] ?? { kind: "daily" });
        else this.visit(expression.of, aliases);
        return;
      case "compare":
        this.compare(expression.left, expression.right, aliases);
        return;
      case "call":
        this.#visitCall(expression, aliases);
        return;
      case "in": {
        const isAlias = isDay(expression.of, aliases);
        if (!isAlias) this.visit(expression.of, aliases);
        const inner = new Set([...aliases].filter((name) => name !== "?"));
        if (isAlias) inner.add("?");
        for (const test of expression.tests) this.visit(test, inner);
        return;
      }
      default:
        for (const part of partsOf(expression)) this.visit(part, aliases);
    }
  }

  compare(left: Expression, right: Expression, aliases: Aliases = none): void {
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      this.#relate("compared", one, other, aliases);
    }
  }

  compareWithText(left: Expression, value: Value): void {
    if (!isDay(left, none)) this.visit(left);
    else this.uses.push({ kind: "compared", days: { facts: [], written: daysWritten(value) } });
  }

  #visitDerived(id: string): void {
    if (this.#visited.has(id)) return;
    this.#visited.add(id);
    const derived = this.#policy.derived.get(id);
    if (derived) this.visit(derived.formula.expression);
  }

  #visitCall({ name, args }: Extract<Expression, { kind: "call" }>, aliases: Aliases): void {
    const [first, second] = args;
    const counted = name === "full months" ? "months" : name === "full years" ? "years" : undefined;
    if (counted && first && second) {
      for (const [one, other] of [
        [first, second],
        [second, first],
      ] as const) {
        this.#relate(counted, one, other, aliases);
      }
      return;
    }
    if (name === "period of" && first && isDay(first, aliases) && second?.kind === "literal") {
      const rhythm = second.value.kind === "text" ? second.value.text : "";
      this.uses.push(periods[rhythm] ?? { kind: "monthly" });
      return;
    }
    for (const arg of args) this.visit(arg, aliases);
  }

  /** @param one that may be the day of the decision, or the one or the other by a choice */
  #relate(kind: "compared" | "months" | "years", one: Expression, other: Expression, aliases: Aliases): void {
    if (isDay(one, aliases)) this.#keep(kind, other);
    else if (one.kind === "if" && [one.yes, one.no].some((branch) => isDay(branch, aliases))) {
      this.visit(one.condition, aliases);
      for (const branch of [one.yes, one.no]) this.#relate(kind, branch, other, aliases);
    } else this.visit(one, aliases);
  }

  #keep(kind: "compared" | "months" | "years", other: Expression): void {
    const found = this.#daysOf(other);
    if (found) this.uses.push(...found.map((days) => ({ kind, days })));
    else this.uses.push({ kind: "daily" });
  }

  /** Where the days stand that an expression may give as they are; `undefined` where it may make new ones. */
  #daysOf(expression: Expression): readonly DaysIn[] | undefined {
    const all = (each: readonly Expression[]) => {
      const found = each.map((part) => this.#daysOf(part));
      return found.some((days) => days === undefined) ? undefined : found.flatMap((days) => days ?? []);
    };
    switch (expression.kind) {
      case "literal":
        return [{ facts: [], written: daysWritten(expression.value) }];
      case "fact": {
        const { derived, vocabulary } = this.#policy;
        if (vocabulary.facts.has(expression.id)) return [{ facts: [expression.id], written: [] }];
        const formula = derived.get(expression.id)?.formula;
        return formula ? this.#daysOf(formula.expression) : [];
      }
      case "local":
        return this.#daysAnywhere();
      case "field":
        return this.#daysUnder(expression);
      case "if":
        return all([expression.yes, expression.no]);
      case "list":
        return all(expression.items);
      case "filter":
      case "at":
        return this.#daysOf(expression.list);
      case "for":
        return this.#daysOf(expression.body);
      case "call":
        return passing.has(expression.name) ? all(expression.args) : undefined;
      default:
        return undefined;
    }
  }

  #daysUnder({ of, name }: Extract<Expression, { kind: "field" }>): readonly DaysIn[] | undefined {
    const { vocabulary } = this.#policy;
    if (of.kind === "fact" && vocabulary.facts.has(of.id)) return [{ facts: [of.id], field: name, written: [] }];
    // A record that a formula makes may call anything by this name.
    if (this.#written.names.has(name)) return this.#daysAnywhere();
    return this.#written.makesDays ? undefined : [{ facts: this.#policy.facts, field: name, written: [] }];
  }

  /** Whatever a name was bound to, its days stand in some fact or in the text, if no formula makes new ones. */
  #daysAnywhere(): readonly DaysIn[] | undefined {
    const { days, makesDays } = this.#written;
    return makesDays ? undefined : [{ facts: this.#policy.facts, written: days }];
  }
}

/** What all formulas of a policy write: days, names in records, and whether they make days that stand nowhere. */
function writtenIn(policy: Policy) {
  const days = new Set<string>();
  const names = new Set<string>();
  let makesDays = false;
  const look = (expression: Expression) => {
    if (expression.kind === "literal") for (const day of daysWritten(expression.value)) days.add(day);
    if (expression.kind === "record") for (const [name] of expression.entries) names.add(name);
    if (expression.kind === "call") makesDays ||= making.has(expression.name);
    for (const part of partsOf(expression)) look(part);
  };
  for (const { formula } of policy.derived.values()) look(formula.expression);
  for (const { expression } of policy.benefit.formulas) look(expression);
  for (const { expected } of leavesOf(policy.requirements)) {
    if (expected.kind === "formula") look(expected.formula.expression);
  }
  return { days: [...days].sort(), names, makesDays };
}

/** Functions by which a day can come about that is written nowhere; adding to a day needs a duration. */
const making: ReadonlySet<string> = new Set([
  "date",
  "add days",
  "add months",
  "add working days",
  "duration",
  "years and months duration",
]);

/** Functions that give one of what they are given, or some of it. */
const passing: ReadonlySet<string> = new Set(["min", "max", "distinct values", "concatenate"]);

function isDay(expression: Expression, aliases: Aliases): boolean {
  return expression.kind === "fact"
    ? expression.id === "asOf"
    : expression.kind === "local" && aliases.has(expression.name);
}

function daysWritten(value: Value): readonly string[] {
  switch (value.kind) {
    case "date":
      return [value.day];
    case "list":
      return value.items.flatMap((item) => daysWritten(item.value));
    case "record":
      return [...value.fields.values()].flatMap(daysWritten);
    default:
      return [];
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "field":
    case "negate":
      return [expression.of];
    case "arithmetic":
    case "compare":
    case "and":
    case "or":
      return [expression.left, expression.right];
    case "if":
      return [expression.condition, expression.yes, expression.no];
    case "list":
      return expression.items;
    case "record":
      return expression.entries.map(([, value]) => value);
    case "in":
      return [expression.of, ...expression.tests];
    case "filter":
      return [expression.list, expression.predicate];
    case "at":
      return [expression.list, expression.position];
    case "for":
    case "some":
    case "every":
      return [expression.list, expression.body];
    case "call":
      return expression.args;
    default:
      return [];
  }
}
