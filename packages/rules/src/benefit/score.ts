import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import { or } from "../formula/logic.ts";
import { FALSE, type Value } from "../formula/value.ts";
import { bilingualSchema, read } from "../read.ts";
import { amountInBands, bandTable, bandTableSchema } from "./bands.ts";
import type { Step, Term } from "./benefit.ts";
import { where as inCase, ZERO } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const scoreSchema = z.strictObject({
  criteria: z.array(z.strictObject({ label: bilingualSchema, /** FEEL; points. */ points: z.string() })).min(1),
  /** FEEL; any of them holding means nothing is granted (一票否决). */
  veto: z.array(z.string()).default([]),
  /** Bands of points, from low to high. */
  table: bandTableSchema,
});

/** Points by several criteria, added up; the amount is that of the band they fall into, unless there is a veto. */
export function score(document: unknown, where: string, context: BenefitContext): Term {
  const { criteria, veto, table } = read(scoreSchema, document, where, "policy-invalid");
  const points = criteria.map((criterion, place) => ({
    label: criterion.label,
    of: operand(criterion.points, "number", `${where}.criteria[${place}].points`, context),
  }));
  const vetoes = veto.map((each, place) => operand(each, "boolean", `${where}.veto[${place}]`, context));
  const rows = bandTable(table, `${where}.table`);
  const total = (scope: Scope) => points.reduce<Value>((sum, { of }) => arithmetic("+", sum, of.value(scope)), ZERO);
  const vetoed = (scope: Scope) => vetoes.reduce<Value>((any, each) => or(any, each.value(scope)), FALSE);
  return {
    amount: (scope) =>
      inCase(
        vetoed(scope),
        () => ZERO,
        () => amountInBands(total(scope), rows),
      ),
    steps: (scope) => [
      ...points.map(({ label, of }): Step => ({ label, value: of.value(scope), quantity: "number" })),
      { label: { zh: "总分", en: "Total points" }, value: total(scope), quantity: "number" },
    ],
    facts: [...points.flatMap(({ of }) => of.facts), ...vetoes.flatMap(({ facts }) => facts)],
  };
}
