import type { Amount } from "../decision.ts";
import type { ObjectRef } from "./paid-ledger.ts";

/** What one policy alone would give a firm for one award period, before policies look at each other. */
export type DueAward = Readonly<{
  policy: string;
  /** Award period: a year (`2025`) or `once`. */
  period: string;
  /** Its other names, e.g. its family in the ledger of what was paid. */
  families: readonly string[];
  amount: Amount;
  /** An exact amount, part by part, where it is given for persons, loans or projects. */
  shares?: readonly Share[];
}>;

export type Share = Readonly<{ objects: readonly ObjectRef[]; fen: bigint }>;

/** A share as it was settled beside others: `fen` of the `askedFen` that its policy alone would give. */
export type GrantedShare = Share & Readonly<{ askedFen: bigint }>;

/** `policy|period`: one award of one policy. */
export function awardKey({ policy, period }: Pick<DueAward, "policy" | "period">): string {
  return `${policy}|${period}`;
}

export function namesOf({ policy, families }: Pick<DueAward, "policy" | "families">): readonly string[] {
  return [policy, ...families];
}

/** The calendar year that an award counts towards. */
export function yearOf({ period }: Pick<DueAward, "period">, asOf: string): number {
  return Number((/^\d{4}/.exec(period)?.[0] ?? asOf).slice(0, 4));
}
