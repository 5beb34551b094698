import { type BenefitKind, benefitKinds, regionOf } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";

/** Which policies somebody wants to see. */
export type ZoneFilter = Readonly<{
  /** GB/T 2260, six digits, of the place where a firm is registered. */
  region?: string | undefined;
  kind?: BenefitKind | undefined;
}>;

/** From the day it applies until its last day, both included. */
export function isInForce({ version: { validFrom, validTo } }: CompiledPolicy, today: Day): boolean {
  return validFrom <= today && (validTo === undefined || today <= validTo);
}

/**
 * A place finds what its firms can get and what its parts give: Zhengzhou finds Henan's policies and Zhengzhou's,
 * Henan finds those of all its cities, and each finds what is bound to no place.
 */
export function fits({ policy }: CompiledPolicy, { region, kind }: ZoneFilter): boolean {
  if (kind !== undefined && policy.benefit.kind !== kind) return false;
  const bound = regionOf(policy);
  if (region === undefined || bound === undefined) return true;
  const wanted = significant(region);
  return wanted.startsWith(significant(bound)) || significant(bound).startsWith(wanted);
}

/** Six digits, as GB/T 2260 writes a province or a city. */
export function regionCodeOf({ policy }: CompiledPolicy): string | undefined {
  return regionOf(policy)?.padEnd(6, "0");
}

/** What there is to choose from, in the order of the codes and of the kinds. */
export function choicesAmong(policies: readonly CompiledPolicy[]) {
  const regions = new Set(policies.map(regionCodeOf).filter((code) => code !== undefined));
  const kinds = new Set(policies.map(({ policy }) => policy.benefit.kind));
  return { regions: [...regions].sort(), kinds: benefitKinds.filter((kind) => kinds.has(kind)) };
}

function significant(code: string): string {
  return code.replace(/(?:00){1,2}$/, "");
}
