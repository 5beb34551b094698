import type { Bank } from "./bank-port.ts";
import { folderExchange } from "./folder-exchange.bank.ts";

/** A bank that reads and writes ISO 20022 messages: the order goes out as it was signed. */
export function fileExchangeBank(directory: string): Promise<Bank> {
  return folderExchange(directory, { extension: ".xml", write: (_, order) => order });
}
