import { z } from "zod";
import { arithmetic } from "../formula/arithmetic.ts";
import type { Scope } from "../formula/evaluate.ts";
import { answerOf } from "../formula/logic.ts";
import { TRUE, type Value } from "../formula/value.ts";
import { bilingualSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Step, Term } from "./benefit.ts";
import { where as inCase, largest, ZERO } from "./conditional.ts";
import { type BenefitContext, operand } from "./context.ts";

const partsSchema = z.strictObject({
  /** `first`: the first part that applies; later ones are alternatives for whom it does not. */
  take: z.enum(["sum", "highest", "first"]),
  of: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as firstEntry" }),
        label: bilingualSchema,
        clause: z.string().optional(),
        /** FEEL; whether this part applies. Absent: always. */
        when: z.string().optional(),
        amount: z.unknown(),
      }),
    )
    .min(1),
});

type Part = Readonly<{ label: Step["label"]; test: (scope: Scope) => Value; term: Term }>;

/** The items of a document that grants several things: their sum, the highest of them, or the first that applies. */
export function parts(document: unknown, where: string, context: BenefitContext): Term {
  const { take, of } = read(partsSchema, document, where, "policy-invalid");
  const twice = of.find(({ name }, place) => of.findIndex((each) => each.name === name) !== place);
  if (twice) throw new RulesError("policy-invalid", `${where}.of`, `"${twice.name}" is there twice.`);
  const facts: string[] = [];
  const all = of.map(({ label, clause, when, amount }, place): Part => {
    const at = `${where}.of[${place}]`;
    if (clause !== undefined) context.clauseAt(clause, `${at}.clause`);
    const test = when === undefined ? undefined : operand(when, "boolean", `${at}.when`, context);
    const term = context.term(amount, `${at}.amount`);
    facts.push(...(test?.facts ?? []), ...term.facts);
    return { label, test: test ? test.value : () => TRUE, term };
  });
  return { amount: (scope) => taken(take, all, scope), steps: (scope) => stepsOf(all, scope), facts };
}

function taken(take: "sum" | "highest" | "first", all: readonly Part[], scope: Scope): Value {
  const applying = ({ test, term }: Part) => inCase(test(scope), () => term.amount(scope));
  switch (take) {
    case "sum":
      return all.map(applying).reduce((sum, part) => arithmetic("+", sum, part), ZERO as Value);
    case "highest":
      return largest([ZERO, ...all.map(applying)]);
    case "first":
      return all.reduceRight<() => Value>(
        (otherwise, { test, term }) =>
          () =>
            inCase(test(scope), () => term.amount(scope), otherwise),
        () => ZERO,
      )();
  }
}

function stepsOf(all: readonly Part[], scope: Scope): Step[] {
  return all
    .filter(({ test }) => answerOf(test(scope)) !== "false")
    .flatMap(({ label, test, term }): Step[] => [
      ...term.steps(scope),
      { label, value: inCase(test(scope), () => term.amount(scope)), quantity: "money" },
    ]);
}
