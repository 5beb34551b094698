import { writeXlsx } from "../facts/write-xlsx.ts";
import { agencyOrderRows } from "./agency-order-csv.ts";
import type { Bank } from "./bank-port.ts";
import { folderExchange } from "./folder-exchange.bank.ts";
import { readSigned } from "./pain001-rules.ts";

/**
 * A bank that reads and writes workbooks: the tables of `csv-exchange.bank.ts`, one sheet each. Every
 * cell of an order is text, since a spreadsheet rounds a number after 15 digits.
 */
export function xlsxExchangeBank(directory: string): Promise<Bank> {
  return folderExchange(directory, {
    extension: ".xlsx",
    write: (messageId, order) => writeXlsx(agencyOrderRows(readSigned(messageId, order))),
  });
}
