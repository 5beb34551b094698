import type { Bilingual, Json } from "./json.ts";

export type Outcome = "eligible" | "ineligible" | "undetermined";

/** Money in 分 as decimal text. `none`: not eligible, or a benefit without money. */
export type Amount =
  | Readonly<{ kind: "exact"; fen: string }>
  | Readonly<{ kind: "range"; minFen: string; maxFen: string }>
  | Readonly<{ kind: "unknown" }>
  | Readonly<{ kind: "none" }>;

export type TraceResult = "true" | "false" | "unknown";

/** A fact that a derived fact rests on. */
export type Input = Readonly<{ fact: string; actual?: Json; source?: string; asOf?: string }>;

/** One branch of the decision with the value found, the value required, and where each comes from. */
export type Trace = Readonly<{
  /** Stable id of the node within its policy. */
  name: string;
  result: TraceResult;
  /** Label of the clause in source.md, e.g. `第四条（一）`. */
  clause?: string;
  label?: Bilingual;
  fact?: string;
  /** `all`, `any`, `not` or the operator of a leaf. */
  operator?: string;
  expected?: Json;
  actual?: Json;
  source?: string;
  /** Day the value speaks of. */
  asOf?: string;
  /** For a derived fact: the facts it rests on. */
  inputs?: readonly Input[];
  children: readonly Trace[];
}>;

/** One named quantity that the amount was computed from, in the order of use. */
export type ComputationStep = Readonly<{
  label: Bilingual;
  /** What was found, in the unit of the step; a range or nothing when partly or wholly unknown. */
  text: Bilingual;
  fact?: string;
  source?: string;
  asOf?: string;
  clause?: string;
}>;

/** What one firm deserves under one version of one policy on one day, with every reason. */
export type Decision = Readonly<{
  policy: string;
  version: number;
  /** Day of the decision, `YYYY-MM-DD`. */
  asOf: string;
  outcome: Outcome;
  amount: Amount;
  /** Only facts that could still change the outcome or the amount. */
  missing: readonly string[];
  /** `afterMonths` after the consent, where the parts are not whole years apart. */
  schedule?: readonly Readonly<{ year: number; afterMonths?: number; fen: string }>[];
  split?: readonly Readonly<{ payer: string; fen: string }>[];
  computation: readonly ComputationStep[];
  trace: Trace;
}>;
