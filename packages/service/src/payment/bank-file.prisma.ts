import { dayToDate } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { BankFileStore } from "./bank-file-store.ts";
import type { StatementEntry } from "./camt053.ts";
import type { KnownLine } from "./repeated-lines.ts";

export function bankFileStore(tx: Tx): BankFileStore {
  return {
    async insert(file) {
      const { count } = await tx.bankFile.createMany({ data: [{ ...file }], skipDuplicates: true });
      return count === 1 ? "inserted" : "already";
    },
    async knownLines(references) {
      const rows = await tx.$queryRaw<KnownRow[]>`
        SELECT reference, direction, amount_fen, end_to_end_id, result = 'recovered' AS recovered
        FROM statement_line WHERE reference = ANY(${[...references]}::text[])`;
      return new Map(rows.map((row) => [row.reference, toKnownLine(row)]));
    },
    async insertLines(bankFileId, lines) {
      await tx.statementLine.createMany({
        data: lines.map(({ id, line, result, note, recoveryId }) => ({
          ...{ id, bankFileId, result, note: note ?? null },
          ...{ reference: line.reference, endToEndId: endToEndIdIn(line, recoveryId), direction: line.direction },
          ...{ amountFen: line.amountFen, bookedOn: dayToDate(line.bookedOn), reasonCode: line.reasonCode ?? null },
          ...{ recoveryId: recoveryId ?? null, remittance: line.remittance ?? null },
          channel: line.channel ?? "bank-transfer",
        })),
      });
    },
    async wasRefused(id) {
      return (await tx.journalEvent.count({ where: { type: "bank-file-refused", subject: id } })) > 0;
    },
  };
}

type KnownRow = Readonly<{
  reference: string;
  direction: "debit" | "credit";
  amount_fen: bigint;
  end_to_end_id: string | null;
  recovered: boolean;
}>;

function toKnownLine(row: KnownRow): KnownLine {
  const endToEndId = row.recovered ? "any" : (row.end_to_end_id ?? undefined);
  return { direction: row.direction, amountFen: fen(row.amount_fen), endToEndId };
}

/** The end-to-end id is of a payment of ours; a firm that pays back in parts may write one reference on all of them. */
function endToEndIdIn({ endToEndId }: StatementEntry, recoveryId: string | undefined): string | null {
  return recoveryId === undefined ? (endToEndId ?? null) : null;
}
