import type { GrantedShare } from "./due-award.ts";
import type { StackingRule } from "./stacking-rule.ts";
import type { Doubt } from "./undetermined.ts";

/** The best that a firm may lawfully get of what it is due today, with what each rule took away. */
export type Bundle = Readonly<{
  /** What others deduct first, then in order of policy and period. */
  awards: readonly BundledAward[];
  totalFen: bigint;
  /** Nothing is undetermined. */
  isSettled: boolean;
  /** Where the firm may choose: what each choice gives. */
  choices: readonly BundleChoice[];
}>;

export type BundledAward = Readonly<{
  /** `policy|period` */
  award: string;
  policy: string;
  period: string;
  /**
   * `whole`: as its policy alone would give; `reduced`, `left-out`: by rules; `had`: paid or agreed to
   * before; `undetermined`: not to be paid before something is known.
   */
  state: "whole" | "reduced" | "left-out" | "had" | "undetermined";
  /** What its policy alone would give, where that is known. */
  askedFen?: bigint;
  grantedFen: bigint;
  /** By person, loan or project, where it is given for any; in the order asked. */
  shares?: readonly GrantedShare[];
  cuts: readonly Cut[];
  doubt?: Doubt | Readonly<{ what: "entangled" }>;
}>;

/** A rule that keeps an award from more. */
export type Cut = Readonly<{
  rule: StackingRule;
  /** Id of the person, loan or project; of a rule about calendar years, the year. */
  object?: string;
  year?: number;
  /** Receipts that it counts. */
  receivedFen: bigint;
  /** Awards of this bundle that it counts beside this one. */
  beside: readonly string[];
}>;

/** One of several that exclude each other: the firm may say which. */
export type BundleChoice = Readonly<{
  rule: StackingRule;
  object?: string;
  year?: number;
  options: readonly BundleOption[];
}>;

export type BundleOption = Readonly<{
  awards: readonly string[];
  /** Of the whole bundle, were this chosen. */
  totalFen: bigint;
  /** How much less that is than the best; zero for the one proposed. */
  lessFen: bigint;
  isProposed: boolean;
  /** Each award that gets something, were this chosen. */
  granted: ReadonlyMap<string, Readonly<{ grantedFen: bigint; shares?: readonly GrantedShare[] }>>;
}>;
