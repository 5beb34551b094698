import { stringify } from "csv-stringify/sync";
import { toDecimalYuan } from "../kernel/money.ts";
import type { OrderRead } from "./pain001-rules.ts";

export const AGENCY_ORDER = "代发文件";

export const orderColumns = [
  ...["序号", "付款户名", "付款账号", "收款户名", "收款账号"],
  ...["收款行号", "金额", "币种", "业务编号", "附言"],
] as const;

/**
 * A payment order as rows: a title with count and sum, a row per payment, and the totals again, so
 * that a table that was cut off shows it. Amounts in 元 with two decimals.
 */
export function agencyOrderRows({ messageId, totalFen, transfers }: OrderRead): readonly (readonly string[])[] {
  const [count, total] = [String(transfers.length), toDecimalYuan(totalFen)];
  return [
    [AGENCY_ORDER, messageId, count, total],
    orderColumns,
    ...transfers.map((each, nth) => [
      ...[String(nth + 1), each.payerName, each.payerAccountNo, each.holderName, each.accountNo],
      ...[each.bankCode, toDecimalYuan(each.amountFen), "CNY", each.endToEndId, each.purpose],
    ]),
    ["合计", count, total],
  ];
}

/** The same order gives the same text. */
export function writeAgencyOrder(order: OrderRead): string {
  return stringify(agencyOrderRows(order) as string[][]);
}
