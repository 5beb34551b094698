import { toDecimalYuan } from "../kernel/money.ts";
import { resultColumns } from "./agency-report-csv.ts";
import { proofColumns } from "./channel-report-csv.ts";
import { channelTables, type OtherChannel } from "./channel-tables.ts";
import type { ResultRow } from "./testing-agency.ts";

/** For tests: the tables that an institution writes. */
export function channelResult(channel: OtherChannel, messageId: string, rows: readonly ResultRow[]): string {
  const total = toDecimalYuan(rows.reduce((sum, { amountFen }) => sum + amountFen, 0n));
  return [
    `${channelTables[channel].result},${messageId}`,
    resultColumns.join(),
    ...rows.map(({ id, amountFen, result, code = "", reason = "" }) =>
      [id, toDecimalYuan(amountFen), result, code, reason].join(),
    ),
    `合计,${rows.length},${total}\n`,
  ].join("\n");
}

export type ProofRow = Readonly<{
  reference: string;
  day: string;
  id?: string;
  amountFen: bigint;
  isUndone?: boolean;
  code?: string;
}>;

export function channelStatement(channel: OtherChannel, accountNo: string, rows: readonly ProofRow[]): string {
  const { statement, done, undone } = channelTables[channel];
  const sumOf = (isUndone: boolean) =>
    toDecimalYuan(
      rows.filter((row) => (row.isUndone ?? false) === isUndone).reduce((sum, { amountFen }) => sum + amountFen, 0n),
    );
  return [
    `${statement},${accountNo}`,
    proofColumns.join(),
    ...rows.map(({ reference, day, id = "", amountFen, isUndone, code = "" }) =>
      [reference, day, isUndone ? undone : done, toDecimalYuan(amountFen), id, code, ""].join(),
    ),
    `合计,${rows.length},${sumOf(false)},${sumOf(true)}\n`,
  ].join("\n");
}
