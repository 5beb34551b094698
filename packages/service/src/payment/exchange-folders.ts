import path from "node:path";

/**
 * The folders that a payer and its agency bank exchange files through. Each side writes under
 * another name, makes the file durable and renames it: a file that is there is whole.
 */
export type ExchangeFolders = Readonly<{
  /** Our orders, until the bank takes them. */
  toBank: string;
  /** Orders that the bank has taken; it moves them here. */
  taken: string;
  /** Orders that the bank could not take. */
  declined: string;
  /** The bank's reports, until we have dealt with them. */
  fromBank: string;
  done: string;
  /** Reports that we could not read, each with its reason beside it. */
  unreadable: string;
}>;

export function exchangeFolders(directory: string): ExchangeFolders {
  const at = (...parts: string[]) => path.join(directory, ...parts);
  return {
    toBank: at("to-bank"),
    taken: at("to-bank", "taken"),
    declined: at("to-bank", "declined"),
    fromBank: at("from-bank"),
    done: at("from-bank", "done"),
    unreadable: at("from-bank", "unreadable"),
  };
}
