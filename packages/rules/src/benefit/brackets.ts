import Fraction from "fraction.js";
import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import { num, type Value } from "../formula/value.ts";
import { decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Step, Term } from "./benefit.ts";
import { atLeastZero, smallest, ZERO } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const bracketsSchema = z.strictObject({
  /** FEEL; the base in 元. */
  of: z.string(),
  /** From low to high; only the last may lack an upper end. */
  table: z.array(z.strictObject({ upTo: decimalSchema.optional(), percent: decimalSchema })).min(1),
});

type Bracket = Readonly<{ from: Fraction; to: Fraction | undefined; rate: Fraction }>;

/** Each part of a base at the rate of its own bracket (超额累进): 10 % of the first five million, 5 % of what exceeds it. */
export function brackets(document: unknown, where: string, context: BenefitContext): Term {
  const { of, table } = read(bracketsSchema, document, where, "policy-invalid");
  const base = operand(of, "number", `${where}.of`, context);
  const rows = bracketsOf(table, `${where}.table`);
  const parts = (scope: Scope) => rows.map((bracket) => partOf(base.value(scope), bracket));
  return {
    amount: (scope) => parts(scope).reduce((sum, part) => arithmetic("+", sum, part), ZERO as Value),
    steps: (scope) => parts(scope).map((value, place) => stepOf(rows[place], value)),
    facts: base.facts,
  };
}

function bracketsOf(table: z.output<typeof bracketsSchema>["table"], where: string): Bracket[] {
  let from = new Fraction(0);
  return table.map(({ upTo, percent }, place) => {
    const to = upTo === undefined ? undefined : new Fraction(upTo);
    if (to === undefined && place < table.length - 1) {
      throw new RulesError(
        "policy-invalid",
        `${where}[${place}]`,
        "has no upper end, so nothing is left for the next.",
      );
    }
    if (to?.lte(from)) {
      throw new RulesError("policy-invalid", `${where}[${place}]`, "must end above the bracket before it.");
    }
    const bracket = { from, to, rate: new Fraction(percent).div(100) };
    from = to ?? from;
    return bracket;
  });
}

function partOf(base: Value, { from, to, rate }: Bracket): Value {
  const capped = to ? smallest([base, num(to)]) : base;
  return arithmetic("*", atLeastZero(arithmetic("-", capped, num(from))), num(rate));
}

function stepOf(bracket: Bracket | undefined, value: Value): Step {
  const rate = bracket?.rate.mul(100).toString() ?? "";
  return { label: { zh: `按 ${rate}% 的部分`, en: `The part at ${rate} %` }, value, quantity: "money" };
}
