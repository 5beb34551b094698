import type Fraction from "fraction.js";
import type { Scope } from "../formula/evaluate.ts";
import type { Formula } from "../formula/parse.ts";
import type { Value } from "../formula/value.ts";
import type { Bilingual } from "../json.ts";

/** What a number means, for printing it. */
export type Quantity = "money" | "percent" | "number";

/** A quantity on the way to the amount that no fact carries, e.g. the rate chosen from a table. */
export type Step = Readonly<{ label: Bilingual; value: Value; quantity: Quantity }>;

/** A compiled way to compute an amount in 元. Pure; never throws. */
export type Term = Readonly<{
  amount: (scope: Scope) => Value;
  /** The quantities it chose on the way, for the explanation. */
  steps: (scope: Scope) => readonly Step[];
  /** Facts and derived facts that it names, in order. */
  facts: readonly string[];
}>;

/** Kinds of benefit. All but `cash` reach the beneficiary without a payment of the treasury. */
export const benefitKinds = ["cash", "taxRelief", "billDeduction", "rentReduction", "qualification"] as const;
export type BenefitKind = (typeof benefitKinds)[number];

/** What the text leaves to an office's discretion (不超过、最高): up to the amount, or what a published table says. */
export type Discretion = Readonly<{ clause: string; term?: Term }>;

/** Parts of 100 %, in order; they always sum exactly. `afterMonths`: whole months after the firm agreed. */
export type Instalment = Readonly<{ year: number; afterMonths: number; share: Fraction }>;
export type Payer = Readonly<{ payer: string; share: Fraction }>;

/** How an award is paid in parts (分期拨付). */
export type Instalments = Readonly<{
  parts: readonly Instalment[];
  /** Names of the conditions that have to hold before each later part; absent: all of them. */
  stillRequired?: readonly string[];
  /**
   * `kept`: the money of every part is kept from the day of the consent, and goes along when the line is
   * carried over. `own-year`: a part of a later year waits for the line of that year, `<budgetLine>-<year>`.
   */
  money: "kept" | "own-year";
}>;

/** What a policy gives: money, or something else that has no amount. */
export type Benefit = Readonly<{
  clauses: readonly string[];
  kind: BenefitKind;
  /** Decimals that its tables and limits are written with; those inside formulas are not among them. */
  numbers: readonly string[];
  /** Every formula of its amount. */
  formulas: readonly Formula[];
  term?: Term;
  inKind?: Bilingual;
  discretion?: Discretion;
  instalments?: Instalments;
  split?: readonly Payer[];
}>;
