import type { Bank } from "./bank-port.ts";
import { writeChannelOrder } from "./channel-order-csv.ts";
import type { OtherChannel } from "./channel-tables.ts";
import { folderExchange } from "./folder-exchange.bank.ts";
import { readSigned } from "./pain001-rules.ts";

/**
 * A utility company, a lending bank or a tax office, by the contract of a bank: it takes a list once, can be asked
 * whether it has it, and its own statement alone says what was done. What was signed is the same order that
 * a bank would get; the list is made of nothing else.
 */
export function channelExchange(directory: string, channel: OtherChannel): Promise<Bank> {
  return folderExchange(directory, {
    extension: ".csv",
    write: (messageId, order) => writeChannelOrder(channel, readSigned(messageId, order)),
  });
}
