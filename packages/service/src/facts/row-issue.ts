import type { Bilingual } from "@apply-free/rules";

/** What is wrong with one row of a delivery, for the department that wrote it. */
export type RowIssue = Readonly<{
  /** Line in the file as its author counts: from 1, title and header lines included. */
  line: number;
  /** Header of the column; absent when the whole row is meant. */
  field?: string;
  /** A refused row brings nothing; a warning takes nothing away. */
  severity: "refused" | "warning";
  /** One sentence. */
  reason: Bilingual;
}>;

/** A piece of the file as it may be shown: short, on one line. */
export function quoted(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return `“${flat.length > 30 ? `${flat.slice(0, 30)}…` : flat}”`;
}
