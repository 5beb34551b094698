import Fraction from "fraction.js";
import { z } from "zod";
import type { Scope } from "../formula/evaluate.ts";
import { alternativesOf, becauseOf, type Exact, NOTHING, num, union, type Value } from "../formula/value.ts";
import { suggestion } from "../nearest.ts";
import { decimalSchema } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import { type BenefitContext, operand } from "./context.ts";

/** Numbers chosen by a key. */
export const tableSchema = z.strictObject({
  /** FEEL; gives the key. */
  by: z.string(),
  table: z.record(z.string(), decimalSchema),
  /** For keys that the table lacks. `undecided`: the text does not say which of its numbers applies. */
  otherwise: z.union([z.literal("undecided"), decimalSchema]).optional(),
});

/**
 * Compiles a table with one key. A key not yet known gives every number that it could still choose.
 */
export function keyTable(
  { by, table, otherwise }: z.output<typeof tableSchema>,
  where: string,
  context: BenefitContext,
): { value: (scope: Scope) => Value; facts: readonly string[] } {
  const key = operand(by, "text", `${where}.by`, context);
  const numbers = new Map(Object.entries(table).map(([name, number]) => [name, num(new Fraction(number))]));
  if (numbers.size === 0) throw new RulesError("policy-invalid", `${where}.table`, "is empty.");
  refuseUnknownKeys(key.facts, numbers, where, context);
  const rest = otherwiseOf(otherwise, numbers);
  const numberFor = (each: Exact): Value => (each.kind === "text" ? numbers.get(each.text) : undefined) ?? rest;
  return {
    value: (scope) => {
      const found = key.value(scope);
      const choices = alternativesOf(found);
      const results = choices ? choices.map(numberFor) : [...numbers.values(), rest];
      return union(results, becauseOf(found));
    },
    facts: key.facts,
  };
}

function otherwiseOf(otherwise: string | undefined, numbers: ReadonlyMap<string, Value>): Value {
  if (otherwise === undefined) return NOTHING;
  return otherwise === "undecided" ? union([...numbers.values()], []) : num(new Fraction(otherwise));
}

function refuseUnknownKeys(
  facts: readonly string[],
  numbers: ReadonlyMap<string, Value>,
  where: string,
  { codesOf }: BenefitContext,
): void {
  const [fact, ...others] = facts;
  const codes = fact !== undefined && others.length === 0 ? codesOf(fact) : undefined;
  if (!codes) return;
  for (const key of numbers.keys()) {
    if (!codes.has(key)) {
      throw new RulesError(
        "policy-invalid",
        `${where}.table`,
        `"${key}" is no code of ${fact}.${suggestion(key, codes.keys())}`,
      );
    }
  }
}
