import { writeAgencyOrder } from "./agency-order-csv.ts";
import type { Bank } from "./bank-port.ts";
import { folderExchange } from "./folder-exchange.bank.ts";
import { readSigned } from "./pain001-rules.ts";

/**
 * A bank that reads and writes tables, as agency banks do (代发文件、代发结果、账户明细). What was
 * signed is the pain.001 message; its table says the same payments and is made of nothing else.
 */
export async function csvExchangeBank(directory: string): Promise<Bank> {
  const bank = await folderExchange(directory, {
    extension: ".csv",
    write: (messageId, order) => writeAgencyOrder(readSigned(messageId, order)),
  });
  return {
    ...bank,
    async reports() {
      return (await bank.reports()).map(({ name, content }) => ({ name, content: inUtf8(content) }));
    },
  };
}

/** Many bank machines still write GB 18030; what is neither is left for the reader to refuse. */
function inUtf8(content: Uint8Array): Uint8Array {
  if (isText(content, "utf-8")) return content;
  if (!isText(content, "gb18030")) return content;
  return new TextEncoder().encode(new TextDecoder("gb18030").decode(content));
}

function isText(content: Uint8Array, encoding: "utf-8" | "gb18030"): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}
