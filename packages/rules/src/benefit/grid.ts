import Fraction from "fraction.js";
import { z } from "zod";
import type { Scope } from "../formula/evaluate.ts";
import { alternativesOf, becauseOf, mergeBecause, NOTHING, num, union, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

const gridSchema = z.strictObject({
  /** FEEL; gives the key of the row, as text. */
  rows: z.string(),
  /** FEEL; gives the key of the column, as text. */
  columns: z.string(),
  table: z.record(z.string(), z.record(z.string(), decimalSchema)),
  /** 元 where the table has no number. Absent: the text gives none there, so the amount is unknown. */
  otherwise: decimalSchema.optional(),
});

/** An amount that two keys choose together. A key not yet known gives every number that it could still choose. */
export function grid(document: unknown, where: string, context: BenefitContext): Term {
  const { rows, columns, table, otherwise } = read(gridSchema, document, where, "policy-invalid");
  const row = operand(rows, "text", `${where}.rows`, context);
  const column = operand(columns, "text", `${where}.columns`, context);
  const rest: Value = otherwise === undefined ? NOTHING : num(new Fraction(otherwise));
  const cells = new Map(
    Object.entries(table).map(([key, line]) => [
      key,
      new Map(Object.entries(line).map(([name, amount]) => [name, num(new Fraction(amount))])),
    ]),
  );
  if (cells.size === 0) throw new RulesError("policy-invalid", `${where}.table`, "is empty.");
  const keysOf = (value: Value, all: Iterable<string>) =>
    alternativesOf(value)?.map((each) => (each.kind === "text" ? each.text : "")) ?? [...all, ""];
  return {
    amount: (scope: Scope) => {
      const [first, second] = [row.value(scope), column.value(scope)];
      const columnNames = new Set([...cells.values()].flatMap((line) => [...line.keys()]));
      const found = keysOf(first, cells.keys()).flatMap((r) =>
        keysOf(second, columnNames).map((c) => cells.get(r)?.get(c) ?? rest),
      );
      return union(found, mergeBecause(becauseOf(first), becauseOf(second)));
    },
    steps: () => [],
    facts: [...row.facts, ...column.facts],
  };
}
