import { dayToDate } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { BankFileStore } from "./bank-file-store.ts";
import type { StatementEntry } from "./camt053.ts";

export function bankFileStore(tx: Tx): BankFileStore {
  return {
    async insert(file) {
      const { count } = await tx.bankFile.createMany({ data: [{ ...file }], skipDuplicates: true });
      return count === 1 ? "inserted" : "already";
    },
    async knownReferences(references) {
      const rows = await tx.$queryRaw<{ reference: string }[]>`
        SELECT reference FROM statement_line WHERE reference = ANY(${[...references]}::text[])`;
      return new Set(rows.map(({ reference }) => reference));
    },
    async insertLines(bankFileId, lines) {
      await tx.statementLine.createMany({
        data: lines.map(({ id, line, result, note, recoveryId }) => ({
          ...{ id, bankFileId, result, note: note ?? null },
          ...{ reference: line.reference, endToEndId: endToEndIdIn(line, recoveryId), direction: line.direction },
          ...{ amountFen: line.amountFen, bookedOn: dayToDate(line.bookedOn), reasonCode: line.reasonCode ?? null },
          ...{ recoveryId: recoveryId ?? null, remittance: line.remittance ?? null },
        })),
      });
    },
    async wasRefused(id) {
      return (await tx.journalEvent.count({ where: { type: "bank-file-refused", subject: id } })) > 0;
    },
  };
}

/** The end-to-end id is of a payment of ours; a firm that pays back in parts may write one reference on all of them. */
function endToEndIdIn({ endToEndId }: StatementEntry, recoveryId: string | undefined): string | null {
  return recoveryId === undefined ? (endToEndId ?? null) : null;
}
