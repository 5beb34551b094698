import type { Scope } from "../formula/evaluate.ts";
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

/** What a policy gives: money, or something else that has no amount. */
export type Benefit = Readonly<{ clauses: readonly string[]; term?: Term; inKind?: Bilingual }>;
