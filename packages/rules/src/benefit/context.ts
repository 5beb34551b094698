import { evaluate, type Scope } from "../formula/evaluate.ts";
import type { StaticType } from "../formula/expression.ts";
import { type Formula, type Local, type Names, parseFormula } from "../formula/parse.ts";
import { describe } from "../formula/static-type.ts";
import type { Value } from "../formula/value.ts";
import { RulesError } from "../rules-error.ts";
import type { Term } from "./benefit.ts";

/** What a mechanism may use while it is compiled. */
export type BenefitContext = Readonly<{
  names: Names;
  /** The codes that a fact or derived fact may have, when it has a closed list. */
  codesOf: (id: string) => ReadonlyMap<string, unknown> | undefined;
  /** Compiles a nested term. */
  term: (document: unknown, where: string, local?: Local) => Term;
  /** Whether source.md has this clause. @throws RulesError policy-invalid */
  clauseAt: (label: string, where: string) => string;
  /** Names bound around this place: the record that an amount is computed for. */
  locals: readonly Local[];
  /** Told of each formula that is compiled, so that what the amount rests on can be read later. */
  onFormula: (formula: Formula) => void;
}>;

export type Operand = Readonly<{ value: (scope: Scope) => Value; facts: readonly string[]; formula: Formula }>;

/** A number or formula of the document, checked to give what is needed. @throws RulesError formula-invalid */
export function operand(
  written: string | number,
  kind: StaticType["kind"],
  where: string,
  { names, locals, onFormula }: BenefitContext,
): Operand {
  const formula = parseFormula(String(written), where, names, locals);
  if (formula.type.kind !== kind && formula.type.kind !== "any") {
    throw new RulesError(
      "formula-invalid",
      where,
      `needs ${describe({ kind } as StaticType)}, the formula gives ${describe(formula.type)}.`,
    );
  }
  onFormula(formula);
  return { value: (scope) => evaluate(formula.expression, scope), facts: formula.facts, formula };
}
