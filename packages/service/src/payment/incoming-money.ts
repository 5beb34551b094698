import type { StatementEntry } from "./camt053.ts";

/** What a credit that is no returned payment turned out to be. */
export type Recognised =
  | Readonly<{ kind: "recovered"; recoveryId: string }>
  | Readonly<{ kind: "suspense"; note: string }>;

/** A recorded line of the statement, and the debt that it pays. */
export type Repayment = Readonly<{ lineId: string; line: StatementEntry; recoveryId: string }>;

/** Money that firms pay back. A later room knows what for; the statement is read here. */
export type IncomingMoney = {
  /** By bank reference; a credit that carries no reference of ours is absent. Locks what it names. */
  recognise(credits: readonly StatementEntry[]): Promise<ReadonlyMap<string, Recognised>>;
  /** Books recorded lines that `recognise` knew, in the same transaction. */
  book(paid: readonly Repayment[], at: Date): Promise<void>;
};
