import { stringify } from "csv-stringify/sync";
import { toDecimalYuan } from "../kernel/money.ts";
import { channelTables, type OtherChannel } from "./channel-tables.ts";
import type { OrderRead } from "./pain001-rules.ts";

/**
 * What was signed, as the list that an institution works through: a title with count and sum, a row for
 * each firm, and the totals again, so that a list that was cut off shows it. Amounts in 元 with two
 * decimals. The same order gives the same text.
 */
export function writeChannelOrder(channel: OtherChannel, { messageId, totalFen, transfers }: OrderRead): string {
  const { order, number, institution } = channelTables[channel];
  const [count, total] = [String(transfers.length), toDecimalYuan(totalFen)];
  return stringify([
    [order, messageId, count, total],
    ["序号", "拨付账号", "户名", number, institution, "金额", "业务编号", "附言"],
    ...transfers.map((each, nth) => [
      ...[String(nth + 1), each.payerAccountNo, each.holderName, each.accountNo, each.bankCode],
      ...[toDecimalYuan(each.amountFen), each.endToEndId, each.purpose],
    ]),
    ["合计", count, total],
  ]);
}
