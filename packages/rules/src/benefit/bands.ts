import Fraction from "fraction.js";
import { z } from "zod";
import { compare } from "../formula/comparison.ts";
import { answerOf } from "../formula/logic.ts";
import { becauseOf, NOTHING, num, union, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

const bandSchema = z
  .strictObject({
    /** Upper limit of the band, not included (不满). */
    below: decimalSchema.optional(),
    /** Upper limit of the band, included (以下). */
    upTo: decimalSchema.optional(),
    amount: decimalSchema,
  })
  .refine(({ below, upTo }) => below === undefined || upTo === undefined, { error: "has both below and upTo" });

/** Bands from low to high. */
export const bandTableSchema = z.array(bandSchema).min(1);

const bandsSchema = z.strictObject({
  /** FEEL; the number that chooses the band. */
  of: z.string(),
  table: bandTableSchema,
});

export type Band = Readonly<{ limit: Fraction | undefined; comparator: "<" | "<="; amount: Value }>;

/** The whole amount of the band that a number falls into; bands from low to high, the last one open or closed. */
export function bands(document: unknown, where: string, context: BenefitContext): Term {
  const { of, table } = read(bandsSchema, document, where, "policy-invalid");
  const number = operand(of, "number", `${where}.of`, context);
  const rows = bandTable(table, `${where}.table`);
  return { amount: (scope) => amountInBands(number.value(scope), rows), steps: () => [], facts: number.facts };
}

/** @throws RulesError policy-invalid when a band can never be reached */
export function bandTable(table: z.output<typeof bandTableSchema>, where: string): readonly Band[] {
  const rows = table.map(({ below, upTo, amount }): Band => {
    const limit = below ?? upTo;
    return {
      limit: limit === undefined ? undefined : new Fraction(limit),
      comparator: upTo === undefined ? "<" : "<=",
      amount: num(new Fraction(amount)),
    };
  });
  refuseDisorder(rows, where);
  return rows;
}

/** Every band that the number may still fall into. */
export function amountInBands(value: Value, rows: readonly Band[]): Value {
  if (value.kind === "null") return NOTHING;
  const possible: Value[] = [];
  for (const { limit, comparator, amount } of rows) {
    const fits = limit === undefined ? "true" : answerOf(compare(comparator, value, num(limit)));
    if (fits === "void") return NOTHING;
    if (fits !== "false") possible.push(amount);
    if (fits === "true") return union(possible, becauseOf(value));
  }
  return union([...possible, NOTHING], becauseOf(value));
}

function refuseDisorder(rows: readonly Band[], where: string): void {
  for (const [index, { limit }] of rows.entries()) {
    const isLast = index === rows.length - 1;
    if (limit === undefined && !isLast) {
      throw new RulesError(
        "policy-invalid",
        `${where}[${index}]`,
        "has no upper limit, so no band after it can be reached.",
      );
    }
    const previous = rows[index - 1]?.limit;
    if (previous && limit?.lte(previous)) {
      throw new RulesError("policy-invalid", `${where}[${index}]`, "must have a higher limit than the band before it.");
    }
  }
}
