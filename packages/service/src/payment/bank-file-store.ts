import type { StatementEntry } from "./camt053.ts";
import type { Placement } from "./place-line.ts";
import type { KnownLine } from "./repeated-lines.ts";

export type BankFile = Readonly<{
  id: string;
  kind: "pain.002" | "camt.053";
  /** Of the bytes as received, without a byte order mark. */
  sha256: string;
  content: string;
  receivedAt: Date;
}>;

/** A line of a statement and what became of it. */
export type RecordedLine = Readonly<{
  id: string;
  line: StatementEntry;
  result: Result;
  note: string | undefined;
  /** The debt that it pays. */
  recoveryId?: string;
}>;

type Result = Exclude<Placement["kind"], "settled-late">;

/** What the bank gave us, kept as received. */
export type BankFileStore = {
  /** `already` = these bytes were dealt with before. */
  insert(file: BankFile): Promise<"inserted" | "already">;
  /** Those of these bank references that were dealt with before, in whatever file. */
  knownLines(references: readonly string[]): Promise<ReadonlyMap<string, KnownLine>>;
  insertLines(bankFileId: string, lines: readonly RecordedLine[]): Promise<void>;
  /** Whether a file that could not be read was journalled already. */
  wasRefused(id: string): Promise<boolean>;
};
