import { dateToDay } from "../kernel/day.ts";
import { maskAccountNo } from "../kernel/mask.ts";
import { fen } from "../kernel/money.ts";
import type { BankFile, Payment, PaymentBatch, StatementLine } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CaseBatch, CasePayment, CaseStatementLine } from "./case-chain.ts";
import type { People } from "./people.prisma.ts";

type Line = StatementLine & { bankFile: Pick<BankFile, "id" | "sha256" | "receivedAt"> };

/** Every attempt to pay one entitlement, with its batch and what the bank booked for it. */
export async function casePayments(db: Tx, entitlementId: string, people: People): Promise<CasePayment[]> {
  const payments = await db.payment.findMany({ where: { entitlementId }, orderBy: { attempt: "asc" } });
  const batchIds = payments.flatMap(({ batchId }) => batchId ?? []);
  const batches = await db.paymentBatch.findMany({ where: { id: { in: batchIds } }, omit: { file: true } });
  const lines = await db.statementLine.findMany({
    where: { endToEndId: { in: payments.map(({ endToEndId }) => endToEndId) } },
    include: { bankFile: { select: { id: true, sha256: true, receivedAt: true } } },
    orderBy: [{ bookedOn: "asc" }, { reference: "asc" }],
  });
  await people.load(batches.flatMap(({ maker, checker }) => [maker, checker ?? maker]));
  return payments.map((payment) => {
    const batch = batches.find(({ id }) => id === payment.batchId);
    const own = lines.filter(({ endToEndId }) => endToEndId === payment.endToEndId);
    return toPayment(payment, batch && toBatch(batch, people), own.map(toLine));
  });
}

function toPayment(
  { id, attempt, endToEndId, holderName, bankCode, createdAt, ...row }: Payment,
  batch: CaseBatch | undefined,
  statementLines: readonly CaseStatementLine[],
): CasePayment {
  return {
    id,
    attempt,
    endToEndId,
    holderName,
    bankCode,
    createdAt,
    status: row.status as CasePayment["status"],
    amountFen: fen(row.amountFen),
    maskedAccountNo: maskAccountNo(row.accountNo),
    statementLines,
    ...(row.settledOn && { settledOn: dateToDay(row.settledOn) }),
    ...(row.reasonCode && { reasonCode: row.reasonCode }),
    ...(row.reason && { reason: row.reason }),
    ...(batch && { batch }),
  };
}

function toBatch(
  { id, messageId, count, sha256, draftedAt, ...row }: Omit<PaymentBatch, "file">,
  people: People,
): CaseBatch {
  return {
    id,
    messageId,
    count,
    sha256,
    draftedAt,
    status: row.status as CaseBatch["status"],
    maker: people.get(row.maker),
    totalFen: fen(row.totalFen),
    ...(row.checker && { checker: people.get(row.checker) }),
    ...(row.approvedAt && { approvedAt: row.approvedAt }),
    ...(row.sentAt && { sentAt: row.sentAt }),
    ...(row.closedAt && { closedAt: row.closedAt }),
  };
}

function toLine({ reference, direction, amountFen, bookedOn, result, bankFile, ...row }: Line): CaseStatementLine {
  return {
    reference,
    direction: direction as CaseStatementLine["direction"],
    amountFen: fen(amountFen),
    bookedOn: dateToDay(bookedOn),
    result: result as CaseStatementLine["result"],
    file: bankFile,
    ...(row.reasonCode && { reasonCode: row.reasonCode }),
    ...(row.note && { note: row.note }),
  };
}
