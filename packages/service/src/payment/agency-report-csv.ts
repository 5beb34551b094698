import { z } from "zod";
import { parseDay } from "../kernel/day.ts";
import { fromDecimalYuan } from "../kernel/money.ts";
import { cell, checkRow, readAgencyTable, refuseOtherSum } from "./agency-table.ts";
import { decimalSum, invalid, text } from "./bank-xml.ts";
import type { StatementEntry } from "./camt053.ts";
import { refuseContradictions, type StatusReport } from "./pain002.ts";

export const AGENCY_RESULT = "代发结果";
export const AGENCY_STATEMENT = "账户明细";

export const resultColumns = ["业务编号", "金额", "结果", "原因代码", "原因"] as const;
export const statementColumns = [
  ...["流水号", "记账日期", "借贷", "金额", "币种", "业务编号", "退回代码", "退回原因", "附言"],
] as const;

const answers = { 成功: "accepted", 失败: "rejected", 处理中: "pending" } as const;

const result = z.object({
  业务编号: text(35),
  金额: decimalSum,
  结果: z.enum(["成功", "失败", "处理中"]),
  原因代码: cell(text(35)),
  原因: cell(text(105)),
});

/**
 * `代发结果,<message id>`, then a row per payment: the bank's answer to an order, or to a part of it.
 * 成功 is a promise as "accepted" is; only the statement settles.
 *
 * @throws DomainError bank-file-invalid, naming line and column
 */
export function readAgencyResult(bytes: Uint8Array): StatusReport {
  const { title, rows, totals } = readAgencyTable(bytes, resultColumns);
  const [, messageId] = title;
  if (!messageId) throw invalid("line 1", "does not say which order it answers");
  const lines = rows.map((row) => checkRow(result, row));
  refuseOtherSum(totals[2], sumOf(lines), "金额");
  const payments = lines.map(({ 业务编号: endToEndId, 结果, 原因代码: reasonCode, 原因: reason }) => ({
    ...{ endToEndId, answer: answers[结果] },
    ...(reasonCode !== undefined && { reasonCode }),
    ...(reason !== undefined && { reason }),
  }));
  refuseContradictions(undefined, payments);
  return { originalMessageId: messageId, whole: undefined, payments };
}

/** A cell with a day that exists. */
export const dayCell = z.string().transform((given, context) => {
  const day = parseDay(given);
  if (day !== undefined) return day;
  context.addIssue({ code: "custom", message: "not a date" });
  return z.NEVER;
});

const movement = z.object({
  流水号: text(35),
  记账日期: dayCell,
  借贷: z.enum(["借", "贷"]),
  金额: decimalSum.refine((amountFen) => amountFen > 0n, "nothing was booked"),
  币种: z.string().regex(/^[A-Z]{3}$/, "not a currency"),
  业务编号: cell(text(35)),
  退回代码: cell(text(35)),
  退回原因: cell(text(105)),
  附言: cell(text(140)),
});

/**
 * `账户明细,<account>,<opening balance>,<closing balance>`, then a row per booked movement.
 *
 * @throws DomainError bank-file-invalid, naming line and column; balances and movements that do not agree
 */
export function readAgencyStatement(bytes: Uint8Array): StatementEntry[] {
  const { title, rows, totals } = readAgencyTable(bytes, statementColumns);
  const [, accountNo = "", opening = "", closing = ""] = title;
  if (!/^\w{1,34}$/.test(accountNo)) throw invalid("line 1", "does not say which account it is of");
  const lines = rows.map((row) => checkRow(movement, row));
  const [debitsFen, creditsFen] = (["借", "贷"] as const).map((side) =>
    sumOf(lines.filter((each) => each.借贷 === side)),
  );
  refuseOtherSum(totals[2], debitsFen ?? 0n, "借");
  refuseOtherSum(totals[3], creditsFen ?? 0n, "贷");
  const own = sumSigned(lines.filter(({ 币种 }) => 币种 === "CNY"));
  const [openingFen, closingFen] = [fromDecimalYuan(opening), fromDecimalYuan(closing)];
  if (openingFen === undefined || closingFen !== openingFen + own) {
    throw invalid("line 1", "opening balance and movements do not give the closing balance");
  }
  return lines.map((line) => ({
    ...{ reference: line.流水号, endToEndId: line.业务编号, accountNo, currency: line.币种 },
    ...{ direction: line.借贷 === "借" ? "debit" : "credit", amountFen: line.金额, bookedOn: line.记账日期 },
    ...(line.退回代码 !== undefined && { reasonCode: line.退回代码 }),
    ...(line.退回原因 !== undefined && { reason: line.退回原因 }),
    ...(line.附言 !== undefined && { remittance: line.附言 }),
  }));
}

type Amount = Readonly<{ 金额: bigint }>;

function sumOf(lines: readonly Amount[]): bigint {
  return lines.reduce((sum, { 金额 }) => sum + 金额, 0n);
}

function sumSigned(lines: readonly (Amount & Readonly<{ 借贷: "借" | "贷" }>)[]): bigint {
  return lines.reduce((sum, { 金额, 借贷 }) => (借贷 === "贷" ? sum + 金额 : sum - 金额), 0n);
}
