import type { FactDefinition, Policy } from "@apply-free/rules";
import type { WantedFacts } from "./fact-chunk.ts";

export type PolicyCount = Readonly<{ id: string; eligible: number; undetermined: number }>;

/** What `sweep --json` prints. `alone` and `misfits` only where there are any. */
export type Answered = Readonly<{
  firms: number;
  policies: number;
  eligible: number;
  undetermined: number;
  byPolicy: readonly PolicyCount[];
  loadMs: number;
  sweepMs: number;
  bytesPerFirm: number;
  /** Policies that columns could not express, decided firm by firm. */
  alone?: readonly Readonly<{ id: string; why: string }>[];
  /** Values that are none of their facts, and counted as unknown. */
  misfits?: number;
}>;

type Measured = Omit<Answered, "policies" | "eligible" | "undetermined" | "alone" | "misfits"> &
  Required<Pick<Answered, "alone" | "misfits">>;

export function totalsOf({ firms, byPolicy, loadMs, sweepMs, bytesPerFirm, alone, misfits }: Measured): Answered {
  const sum = (key: "eligible" | "undetermined") => byPolicy.reduce((total, each) => total + each[key], 0);
  return {
    firms,
    policies: byPolicy.length,
    eligible: sum("eligible"),
    undetermined: sum("undetermined"),
    byPolicy,
    loadMs: tenths(loadMs),
    sweepMs: tenths(sweepMs),
    bytesPerFirm,
    ...(alone.length > 0 && { alone }),
    ...(misfits > 0 && { misfits }),
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;

/** Facts that a file of firms may name, and those that these policies look at. */
export function factsFor(policies: readonly Policy[]): WantedFacts {
  const known = new Map<string, FactDefinition>();
  for (const { vocabulary } of policies)
    for (const [id, fact] of vocabulary.facts) if (!known.has(id)) known.set(id, fact);
  return { known, wanted: new Set(policies.flatMap(({ facts }) => facts)) };
}
