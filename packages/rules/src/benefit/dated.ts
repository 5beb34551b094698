import { z } from "zod";
import { compare } from "../formula/comparison.ts";
import type { Scope } from "../formula/evaluate.ts";
import { and } from "../formula/logic.ts";
import { day, NOTHING, TRUE, type Value } from "../formula/value.ts";
import { daySchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Term } from "./benefit.ts";
import { where as inCase } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const datedSchema = z.strictObject({
  /** FEEL; the day that chooses the version: of the loan, of the hire, of the recognition. */
  on: z.string(),
  /** From the oldest to the newest; both days included. */
  versions: z.array(z.strictObject({ from: daySchema, to: daySchema.optional(), amount: z.unknown() })).min(1),
});

/** The amount under the version of the rule that was in force on a record's own day, not on the day of the decision. */
export function dated(document: unknown, where: string, context: BenefitContext): Term {
  const { on, versions } = read(datedSchema, document, where, "policy-invalid");
  const chosen = operand(on, "date", `${where}.on`, context);
  refuseOverlaps(versions, `${where}.versions`);
  const terms = versions.map(({ from, to, amount }, place) => ({
    from,
    to,
    term: context.term(amount, `${where}.versions[${place}].amount`),
  }));
  const isIn = (value: Value, from: string, to: string | undefined) =>
    and(compare(">=", value, day(from)), to === undefined ? TRUE : compare("<=", value, day(to)));
  const amount = (scope: Scope) =>
    // No version was in force: the text says nothing of such a day.
    terms.reduceRight<() => Value>(
      (otherwise, { from, to, term }) =>
        () =>
          inCase(isIn(chosen.value(scope), from, to), () => term.amount(scope), otherwise),
      () => NOTHING,
    )();
  return { amount, steps: () => [], facts: [...chosen.facts, ...terms.flatMap(({ term }) => term.facts)] };
}

function refuseOverlaps(versions: z.output<typeof datedSchema>["versions"], where: string): void {
  for (const [place, { from }] of versions.entries()) {
    const previous = versions[place - 1];
    if (previous && (previous.to === undefined || previous.to >= from)) {
      throw new RulesError("policy-invalid", `${where}[${place}]`, "must begin after the version before it ends.");
    }
  }
}
