import { z } from "zod";
import type { Formula, Local } from "../formula/parse.ts";
import { suggestion } from "../nearest.ts";
import { bilingualSchema, decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import { bands } from "./bands.ts";
import { type Benefit, benefitKinds, type Term } from "./benefit.ts";
import { brackets } from "./brackets.ts";
import { type BenefitContext, operand } from "./context.ts";
import { dated } from "./dated.ts";
import { each } from "./each.ts";
import { formula, formulaTerm } from "./formula-term.ts";
import { grid } from "./grid.ts";
import { highest } from "./highest.ts";
import { ladder } from "./ladder.ts";
import { levelDifference } from "./level-difference.ts";
import { limited, withMinimum } from "./limits-of-amount.ts";
import { parts } from "./parts.ts";
import { percentage } from "./percentage.ts";
import { score } from "./score.ts";
import { instalmentsOf, splitOf } from "./shares.ts";
import { waterfall } from "./waterfall.ts";

/** One way to compute an amount per file; this table is all there is. */
const mechanisms: Readonly<Record<string, (document: unknown, where: string, context: BenefitContext) => Term>> = {
  bands,
  brackets,
  dated,
  each,
  formula,
  grid,
  highest,
  ladder,
  levelDifference,
  parts,
  percentage,
  score,
  waterfall,
};

const benefitSchema = z.strictObject({
  clause: z.union([z.string(), z.array(z.string()).min(1)]),
  kind: z.enum(benefitKinds).default("cash"),
  amount: z.unknown().optional(),
  /** A benefit without money: what it is. */
  inKind: bilingualSchema.optional(),
  /** The text sets only the most that may be granted. `table`: a published table decides within it. */
  discretion: z.strictObject({ clause: z.string(), table: z.unknown().optional() }).optional(),
  /** 元; an amount below it is not paid. */
  minimum: decimalSchema.optional(),
  instalments: z.unknown().optional(),
  split: z.unknown().optional(),
});

type Context = Omit<BenefitContext, "term" | "locals" | "onFormula">;

/**
 * Compiles a benefit. Its amount is a number, a formula, or an object with one mechanism
 * (`percentage`, `bands`, `levelDifference`, …) and, if wanted, `floor` and `cap`, applied in this order.
 *
 * @throws RulesError policy-invalid | formula-invalid
 */
export function parseBenefit(document: unknown, where: string, context: Context): Benefit {
  const given = read(benefitSchema, document, where, "policy-invalid");
  const { clause: written, kind, amount, inKind, discretion } = given;
  const clauses = [written].flat().map((label) => context.clauseAt(label, `${where}.clause`));
  refuseShapeless(given, where);
  const numbers = [...new Set(numbersIn([amount, given.minimum, given.instalments, given.split]))];
  const formulas: Formula[] = [];
  const own = { clauses, kind, numbers, formulas, ...(inKind && { inKind }) };
  if (amount === undefined) return own;
  const full: BenefitContext = {
    ...context,
    locals: [],
    onFormula: (compiled) => formulas.push(compiled),
    term: (inner, place, local) => parseTerm(inner, place, withLocal(full, local)),
  };
  const term = parseTerm(amount, `${where}.amount`, full);
  const decided = discretion && {
    clause: context.clauseAt(discretion.clause, `${where}.discretion.clause`),
    ...(discretion.table !== undefined && { term: parseTerm(discretion.table, `${where}.discretion.table`, full) }),
  };
  return {
    ...own,
    term: given.minimum === undefined ? term : withMinimum(given.minimum, term),
    ...(decided && { discretion: decided }),
    ...(given.instalments !== undefined && {
      instalments: instalmentsOf(given.instalments, `${where}.instalments`),
    }),
    ...(given.split !== undefined && { split: splitOf(given.split, `${where}.split`) }),
  };
}

function numbersIn(document: unknown): string[] {
  if (typeof document === "number") return [String(document)];
  if (typeof document === "string") return /^\d+(\.\d+)?$/.test(document) ? [document] : [];
  if (typeof document !== "object" || document === null) return [];
  return Object.values(document).flatMap(numbersIn);
}

/** What is computed for one record may name it, and so may what is computed inside that. */
function withLocal(context: BenefitContext, local: Local | undefined): BenefitContext {
  if (!local) return context;
  const inner: BenefitContext = {
    ...context,
    locals: [...context.locals, local],
    term: (document, place, next) => parseTerm(document, place, withLocal(inner, next)),
  };
  return inner;
}

/** A text that shows neither an amount nor a thing given is still a policy; then it says so by its kind. */
function refuseShapeless(given: z.output<typeof benefitSchema>, where: string): void {
  const { amount, inKind, kind, discretion, minimum, instalments, split } = given;
  if (amount === undefined && inKind === undefined) {
    throw new RulesError(
      "policy-invalid",
      where,
      "needs an amount, or inKind: what is given, or that no amount is shown.",
    );
  }
  const needsAmount = discretion ?? minimum ?? instalments ?? split;
  if (amount === undefined && needsAmount !== undefined) {
    throw new RulesError("policy-invalid", where, "discretion, minimum, instalments and split need an amount.");
  }
  if (amount !== undefined && kind === "qualification") {
    throw new RulesError("policy-invalid", `${where}.kind`, "a qualification has no amount.");
  }
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
  const bound = (written: string | number | undefined, which: "cap" | "floor") =>
    written === undefined ? undefined : operand(written, "number", `${where}.${which}`, context);
  return limited("min", bound(cap, "cap"), limited("max", bound(floor, "floor"), term));
}

const limitedSchema = z.looseObject({
  cap: z.union([z.number(), z.string()]).optional(),
  floor: z.union([z.number(), z.string()]).optional(),
});
