import Fraction from "fraction.js";
import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import { num, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";
import { keyTable, tableSchema } from "./key-table.ts";

const percentageSchema = z.strictObject({
  /** FEEL; the base in 元. */
  of: z.union([z.string(), z.number()]),
  /** `60` is 60 %. */
  percent: z.union([decimalSchema, tableSchema]),
});

const HUNDRED = num(new Fraction(100));

/** So many percent of a base; the rate fixed or chosen by a key. Reduced exactly, rounded only at the very end. */
export function percentage(document: unknown, where: string, context: BenefitContext): Term {
  const { of, percent } = read(percentageSchema, document, where, "policy-invalid");
  const base = operand(of, "number", `${where}.of`, context);
  const rate = typeof percent === "string" ? fixed(percent) : keyTable(percent, `${where}.percent`, context);
  return {
    amount: (scope) => arithmetic("/", arithmetic("*", base.value(scope), rate.value(scope)), HUNDRED),
    steps: (scope) => [{ label: { zh: "比例", en: "Rate" }, value: rate.value(scope), quantity: "percent" }],
    facts: [...base.facts, ...rate.facts],
  };
}

function fixed(percent: string): { value: (scope: Scope) => Value; facts: readonly string[] } {
  const value = num(new Fraction(percent));
  return { value: () => value, facts: [] };
}
