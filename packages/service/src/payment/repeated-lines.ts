import { invalid } from "./bank-xml.ts";
import type { StatementEntry } from "./camt053.ts";

/** What is remembered of a line under the bank's own reference. */
export type KnownLine = Pick<StatementEntry, "direction" | "amountFen"> &
  Readonly<{
    /** `any` = the payer wrote it, and it says nothing about which line this is. */
    endToEndId: string | undefined | "any";
  }>;

/**
 * The lines that nobody has dealt with, in their order. The same line again, in this file or an
 * earlier one, is left out.
 *
 * @param known lines of earlier files, by reference
 * @throws DomainError bank-file-invalid: a reference came before with other content. One of the two
 *   is forged or a mistake; to pass it over in silence would lose a booking.
 */
export function newLines(
  entries: readonly StatementEntry[],
  known: ReadonlyMap<string, KnownLine>,
): readonly StatementEntry[] {
  const seen = new Map<string, KnownLine>(known);
  return entries.filter((line) => {
    const before = seen.get(line.reference);
    if (before === undefined) {
      seen.set(line.reference, line);
      return true;
    }
    const difference = differenceOf(before, line);
    if (difference === undefined) return false;
    throw invalid(`line "${line.reference}"`, `came before with another ${difference}`);
  });
}

function differenceOf(before: KnownLine, line: StatementEntry): string | undefined {
  if (before.direction !== line.direction) return "direction";
  if (before.amountFen !== line.amountFen) return "amount";
  const sameId = before.endToEndId === "any" || before.endToEndId === line.endToEndId;
  return sameId ? undefined : "end-to-end id";
}
