import { z } from "zod";
import { extreme } from "../formula/collection.ts";
import { list, type Value } from "../formula/value.ts";
import { suggestion } from "../nearest.ts";
import { bilingualSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import { bands } from "./bands.ts";
import type { Benefit, Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";
import { formulaTerm } from "./formula-term.ts";
import { levelDifference } from "./level-difference.ts";
import { percentage } from "./percentage.ts";

/** One way to compute an amount per file; this table is all there is. */
const mechanisms: Readonly<Record<string, (document: unknown, where: string, context: BenefitContext) => Term>> = {
  bands,
  levelDifference,
  percentage,
};

const benefitSchema = z.strictObject({
  clause: z.union([z.string(), z.array(z.string()).min(1)]),
  amount: z.unknown().optional(),
  /** A benefit without money: what it is. */
  inKind: bilingualSchema.optional(),
});

type Context = Readonly<{ clauseAt: (label: string, where: string) => string }> & Omit<BenefitContext, "term">;

/**
 * Compiles a benefit. Its amount is a number, a formula, or an object with one mechanism
 * (`percentage`, `bands`, `levelDifference`, …) and, if wanted, `floor` and `cap`, applied in this order.
 *
 * @throws RulesError policy-invalid | formula-invalid
 */
export function parseBenefit(document: unknown, where: string, context: Context): Benefit {
  const { clause: written, amount, inKind } = read(benefitSchema, document, where, "policy-invalid");
  const clauses = [written].flat().map((label) => context.clauseAt(label, `${where}.clause`));
  if (amount === undefined) {
    if (!inKind)
      throw new RulesError("policy-invalid", where, "needs an amount, or inKind for a benefit without money.");
    return { clauses, inKind };
  }
  const full: BenefitContext = { ...context, term: (inner, place) => parseTerm(inner, place, full) };
  return { clauses, term: parseTerm(amount, `${where}.amount`, full), ...(inKind && { inKind }) };
}

function parseTerm(document: unknown, where: string, context: BenefitContext): Term {
  if (typeof document === "number" || typeof document === "string") return formulaTerm(document, where, context);
  const { cap, floor, ...rest } = read(limitedSchema, document, where, "policy-invalid");
  const [name, ...others] = Object.keys(rest);
  const mechanism = name !== undefined && Object.hasOwn(mechanisms, name) ? mechanisms[name] : undefined;
  if (name === undefined || !mechanism) {
    const wrong = name === undefined ? "has no way to compute it." : `unknown mechanism "${name}".`;
    throw new RulesError(
      "policy-invalid",
      where,
      `${wrong}${suggestion(name ?? "", [...Object.keys(mechanisms), "cap", "floor"])}`,
    );
  }
  if (others.length > 0)
    throw new RulesError("policy-invalid", where, `has both "${name}" and "${others[0]}"; one mechanism at a time.`);
  const term = mechanism(rest[name], `${where}.${name}`, context);
  return limit("min", cap, `${where}.cap`, limit("max", floor, `${where}.floor`, term, context), context);
}

const limitedSchema = z.looseObject({
  cap: z.union([z.number(), z.string()]).optional(),
  floor: z.union([z.number(), z.string()]).optional(),
});

function limit(
  which: "min" | "max",
  written: string | number | undefined,
  where: string,
  term: Term,
  context: BenefitContext,
): Term {
  if (written === undefined) return term;
  const bound = operand(written, "number", where, context);
  const label = which === "min" ? { zh: "上限", en: "At most" } : { zh: "下限", en: "At least" };
  const limited = (value: Value, other: Value) => extreme(which, list([{ value }, { value: other }]));
  return {
    amount: (scope) => limited(term.amount(scope), bound.value(scope)),
    steps: (scope) => [...term.steps(scope), { label, value: bound.value(scope), quantity: "money" }],
    facts: [...term.facts, ...bound.facts],
  };
}
