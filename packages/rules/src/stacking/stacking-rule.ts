import type { Bilingual } from "../json.ts";

/** Whose receipts count together: the firm's, its group of companies', or those for one person, loan or project. */
export const scopes = ["firm", "group", "person", "loan", "project"] as const;
export type Scope = (typeof scopes)[number];
/** What money is given for, where it is not given for the firm as a whole. */
export type ObjectKind = Exclude<Scope, "firm" | "group">;

/** Which receipts count: all of them, those for one calendar year, or those of the last so many years. */
export type Window =
  | Readonly<{ kind: "ever" }>
  | Readonly<{ kind: "calendarYear" }>
  | Readonly<{ kind: "rollingYears"; years: number }>;

/** One benefit that a rule counts, by each name that it has: policy id, family in the ledger of what was paid. */
export type Seat = readonly [string, ...string[]];

/** What a policy says about benefits beside it. */
export type StackingRule = Readonly<{
  /** Name of the rule within its policy. */
  name: string;
  /** Policies that state it: one, or several that share a `group`. The first speaks for it. */
  policies: readonly string[];
  clause: string;
  label: Bilingual;
  group?: string;
  per: Scope;
  during: Window;
}> &
  Terms;

export type Terms =
  /** 不重复享受: one of the seats, whichever the firm takes. `once`: nor again what it had itself. */
  | Readonly<{ kind: "exclusive"; seats: readonly Seat[]; once: boolean }>
  /** 就高不重复: the highest alone; where a lower one was paid already, what it falls short by. */
  | Readonly<{ kind: "highest"; seats: readonly Seat[] }>
  /** 补差: what another level paid already is made up to the policy's own standard. */
  | Readonly<{ kind: "levelDifference"; own: Seat; seats: readonly Seat[] }>
  /** So much of what was received is deducted, in hundredths (100: all of it). */
  | Readonly<{ kind: "deduct"; own: Seat; seats: readonly Seat[]; percent: bigint }>
  /** All seats together come to no more than this. */
  | Readonly<{ kind: "ceiling"; seats: readonly Seat[]; mostFen: bigint }>;

export type RuleKind = StackingRule["kind"];
export type RuleOf<Kind extends RuleKind> = Extract<StackingRule, { kind: Kind }>;

/** Where a benefit with these names sits, or -1. */
export function seatOf(seats: readonly Seat[], names: readonly string[]): number {
  return seats.findIndex((seat) => seat.some((name) => names.includes(name)));
}
