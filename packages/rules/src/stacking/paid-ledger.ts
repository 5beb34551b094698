import type { ObjectKind } from "./stacking-rule.ts";

/** A person, loan or project that money is given for; the id is a pseudonym. */
export type ObjectRef = Readonly<{ kind: ObjectKind; id: string }>;

/** One receipt, by whomever it was paid; money that a firm has agreed to counts as received. */
export type PaidLine = Readonly<{
  /** Policy id and family, as far as they are known. */
  names: readonly string[];
  fen: bigint;
  /** What its policy alone would have given, where other rules made it less: what 就高 compares with. */
  standardFen?: bigint;
  /** Day of payment; absent where nobody said. */
  paidOn?: string;
  /** Calendar year that it was awarded for; that of the payment where nobody said. */
  year?: number;
  objects?: readonly ObjectRef[];
  /** `policy|period`, where it is an award of this system. */
  award?: string;
  /** Who received it: this firm (and those whose history it carries on), its group of companies, or anybody else. */
  of: "firm" | "group" | "other";
  /** A sum whose parts stand in the record by person, loan and project; rules about those look there. */
  isSum?: boolean;
}>;

/** All receipts that a rule may look at, and of which kinds the record is known to be whole. */
export type PaidLedger = Readonly<{
  lines: readonly PaidLine[];
  /** Unknown history is not empty history: a rule that needs it leaves its benefits undetermined. */
  isWhole: Readonly<{ firm: boolean; group: boolean; objects: boolean }>;
}>;

export const emptyLedger: PaidLedger = { lines: [], isWhole: { firm: true, group: true, objects: true } };
