import type { Fund } from "../allocation/fund.ts";
import type { TimeLimits } from "../allocation/time-limits.ts";
import type { Benefit } from "../benefit/benefit.ts";
import type { Group } from "../condition/condition.ts";
import type { Judge } from "../condition/engine.ts";
import type { Formula } from "../formula/parse.ts";
import type { Bilingual } from "../json.ts";
import type { ObjectShares } from "../stacking/object-shares.ts";
import type { StackingRule } from "../stacking/stacking-rule.ts";
import type { DerivedDefinition, Vocabulary } from "../vocabulary/vocabulary.ts";

import type { Channel } from "./channel.ts";

/** The published document that a policy encodes. */
export type SourceDocument = Readonly<{
  /** 文号, where the text shows one. */
  no?: string;
  issuer: string;
  date?: string;
  /** Address of the text that was read. */
  address?: string;
  /** Id of the superior policy that it carries out. */
  parent?: string;
}>;

/** What a firm is told beside the rule itself. */
export type Guide = Readonly<{
  materials: readonly Readonly<{ name: Bilingual; how: "waived" | "upload" }>[];
  contact: Bilingual;
}>;

/** How and when the benefit is paid. */
export type Payout = Readonly<{
  budgetLine: string;
  /** One award in a lifetime, or one each year. */
  period: "once" | "year";
  /** Calendar days in which the beneficiary has to answer. */
  confirmWithinDays: number;
  /** Family in the ledger of what was paid; several policies may share one. */
  family?: string;
  /** Who gets the money, where it is not the beneficiary. */
  payee?: Bilingual;
  /** Who bears it, where it is not the treasury. */
  payer?: Bilingual;
}>;

/** Days on which a policy is in force, both included. */
export type Validity = Readonly<{ from: string; to?: string }>;

/** A choice where the text is ambiguous, with the readings not chosen. */
export type Setting = Readonly<{
  name: string;
  question: Bilingual;
  /** Key of the chosen reading; formulas see it as `setting.<name>`. */
  choice: string;
  chosen: Bilingual;
  alternatives: readonly Bilingual[];
}>;

/** What a clause is about: who is eligible, how much, when, how it is handled, or none of these for eligibility. */
export const clauseTags = ["资格", "金额", "时限", "程序", "非资格"] as const;
export type ClauseTag = (typeof clauseTags)[number];

/** A clause of source.md: its label, its text, and what it is about (`## 第四条（一） 参保缴费 [资格]`). */
export type Clause = Readonly<{ label: string; text: string; tags: readonly ClauseTag[] }>;

/** A derived fact, ready to evaluate. */
export type Derived = Readonly<{ definition: DerivedDefinition; formula: Formula; isShared: boolean }>;

/** One policy, parsed and compiled. Compile once, decide often. */
export type Policy = Readonly<{
  id: string;
  version: number;
  title: Bilingual;
  document: SourceDocument;
  /** Kinds of subject (`ent.subjectType`) that it speaks of at all. */
  subjectTypes: readonly string[];
  /** Absent where the text that could be read does not say. */
  validity?: Validity;
  payout: Payout;
  channel: Channel;
  /** Absent where the text does not say what happens when the money is short. */
  fund?: Fund;
  timeLimits?: TimeLimits;
  settings: readonly Setting[];
  guide?: Guide;
  clauses: ReadonlyMap<string, Clause>;
  vocabulary: Vocabulary;
  /** Validity, subject and conditions in one tree: all that makes a firm eligible. */
  requirements: Group;
  judge: Judge;
  benefit: Benefit;
  /** What it says about benefits beside it. */
  stacking: readonly StackingRule[];
  objects?: ObjectShares;
  /** Derived facts that it uses, shared and its own. */
  derived: ReadonlyMap<string, Derived>;
  /** Facts of the vocabulary that it may look at. */
  facts: readonly string[];
}>;
