import { writeAgencyOrder } from "./agency-order-csv.ts";
import type { Bank } from "./bank-port.ts";
import { folderExchange } from "./folder-exchange.bank.ts";
import { readPain001 } from "./pain001-rules.ts";

/**
 * A bank that reads and writes tables, as agency banks do (代发文件、代发结果、账户明细). What was
 * signed is the pain.001 message; its table says the same payments and is made of nothing else.
 */
export function csvExchangeBank(directory: string): Promise<Bank> {
  return folderExchange(directory, {
    extension: ".csv",
    write(messageId, order) {
      const read = readPain001(new TextEncoder().encode(order));
      if (read.messageId !== messageId) throw new Error(`the order of ${messageId} calls itself ${read.messageId}`);
      return writeAgencyOrder(read);
    },
  });
}
