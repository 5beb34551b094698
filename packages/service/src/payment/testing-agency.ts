import { toDecimalYuan } from "../kernel/money.ts";
import { resultColumns, statementColumns } from "./agency-report-csv.ts";

/** For tests: the tables that an agency bank writes. */
export type ResultRow = Readonly<{ id: string; amountFen: bigint; result: string; code?: string; reason?: string }>;

export function agencyResult(messageId: string, rows: readonly ResultRow[]): string {
  const total = toDecimalYuan(rows.reduce((sum, { amountFen }) => sum + amountFen, 0n));
  return [
    `代发结果,${messageId}`,
    resultColumns.join(),
    ...rows.map(({ id, amountFen, result, code = "", reason = "" }) =>
      [id, toDecimalYuan(amountFen), result, code, reason].join(),
    ),
    `合计,${rows.length},${total}\n`,
  ].join("\n");
}

export type MovementRow = Readonly<{
  reference: string;
  day: string;
  side: "借" | "贷";
  amountFen: bigint;
  currency?: string;
  id?: string;
  code?: string;
  remittance?: string;
}>;

export function agencyStatement(accountNo: string, openingFen: bigint, rows: readonly MovementRow[]): string {
  const sum = (side: "借" | "贷", own = false) =>
    rows
      .filter((row) => row.side === side && (!own || (row.currency ?? "CNY") === "CNY"))
      .reduce((total, { amountFen }) => total + amountFen, 0n);
  const closingFen = openingFen + sum("贷", true) - sum("借", true);
  return [
    `账户明细,${accountNo},${toDecimalYuan(openingFen)},${toDecimalYuan(closingFen)}`,
    statementColumns.join(),
    ...rows.map(({ reference, day, side, amountFen, currency = "CNY", id = "", code = "", remittance = "" }) =>
      [reference, day, side, toDecimalYuan(amountFen), currency, id, code, "", remittance].join(),
    ),
    `合计,${rows.length},${toDecimalYuan(sum("借"))},${toDecimalYuan(sum("贷"))}\n`,
  ].join("\n");
}
