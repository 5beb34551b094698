import { z } from "zod";
import { dayCell, readAgencyResult } from "./agency-report-csv.ts";
import { cell, checkRow, isTitled, readAgencyTable, refuseOtherSum } from "./agency-table.ts";
import { decimalSum, invalid, text } from "./bank-xml.ts";
import type { StatementEntry } from "./camt053.ts";
import { channelTables, type OtherChannel } from "./channel-tables.ts";
import type { ReadReport } from "./read-bank-report.ts";

export const proofColumns = ["流水号", "日期", "状态", "金额", "业务编号", "原因代码", "原因"] as const;

/**
 * What an institution says: whether it takes the list on (`抵扣受理结果,<message id>`), and what it has done
 * (`账单抵扣回单,<the account that the list was paid from>`). Only the second makes anything done.
 *
 * @throws DomainError bank-file-invalid, naming line and column
 */
export function readChannelReport(channel: OtherChannel, bytes: Uint8Array): ReadReport {
  const { result, statement } = channelTables[channel];
  if (isTitled(bytes, result)) return { kind: "pain.002", report: readAgencyResult(bytes) };
  if (isTitled(bytes, statement)) return { kind: "camt.053", entries: readProof(channel, bytes) };
  throw invalid("line 1", `expected ${result} or ${statement}`);
}

function readProof(channel: OtherChannel, bytes: Uint8Array): StatementEntry[] {
  const { done, undone, prefix } = channelTables[channel];
  const proof = z.object({
    流水号: text(30),
    日期: dayCell,
    状态: z.enum([done, undone]),
    金额: decimalSum.refine((amountFen) => amountFen > 0n, "nothing was done"),
    业务编号: cell(text(35)),
    原因代码: cell(text(35)),
    原因: cell(text(105)),
  });
  const { title, rows, totals } = readAgencyTable(bytes, proofColumns);
  const [, accountNo = ""] = title;
  if (!/^\w{1,34}$/.test(accountNo)) throw invalid("line 1", "does not say which account it is of");
  const lines = rows.map((row) => checkRow(proof, row));
  const sumOf = (state: string) =>
    lines.filter((line) => line.状态 === state).reduce((sum, line) => sum + line.金额, 0n);
  refuseOtherSum(totals[2], sumOf(done), done);
  refuseOtherSum(totals[3], sumOf(undone), undone);
  return lines.map((line) => ({
    ...{ reference: `${prefix}:${line.流水号}`, endToEndId: line.业务编号, accountNo, currency: "CNY", channel },
    ...{ direction: line.状态 === done ? "debit" : "credit", amountFen: line.金额, bookedOn: line.日期 },
    ...(line.原因代码 !== undefined && { reasonCode: line.原因代码 }),
    ...(line.原因 !== undefined && { reason: line.原因 }),
  }));
}
