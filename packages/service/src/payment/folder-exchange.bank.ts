import { open } from "node:fs/promises";
import path from "node:path";
import type { Bank, BankReport } from "./bank-port.ts";
import { MAX_BYTES } from "./bank-xml.ts";
import { exchangeFolders } from "./exchange-folders.ts";
import { nameable } from "./message-id.ts";
import { listWhole, makeDirectories, moveWhole, readIfThere, writeWhole } from "./whole-file.fs.ts";

/** What lies in the folders. */
export type Form = Readonly<{
  /** With its dot; files of other kinds are left alone. */
  extension: string;
  /** The order as the bank reads it; the same order gives the same bytes. */
  write(messageId: string, order: string): string | Uint8Array;
}>;

/**
 * A bank that is spoken to through folders (代发文件), as agency banks' front-end machines are. The
 * message id is the file's name, so an order cannot lie there twice.
 */
export async function folderExchange(directory: string, { extension, write }: Form): Promise<Bank> {
  const { toBank, taken, declined, fromBank, done, unreadable } = exchangeFolders(directory);
  await makeDirectories([toBank, taken, declined, fromBank, done, unreadable]);
  const fileName = (messageId: string) => `${nameable(messageId)}${extension}`;
  const waiting = (messageId: string) => path.join(toBank, fileName(messageId));
  const received = (messageId: string) => path.join(taken, fileName(messageId));
  return {
    name: `file-exchange (${extension.slice(1)})`,
    declares: { deduplicates: true, queries: true },
    async submit(messageId, order) {
      const lying = await readIfThere(waiting(messageId));
      const earlier = lying ?? (await readIfThere(received(messageId)));
      const file = write(messageId, order);
      if (earlier !== undefined && Buffer.from(earlier).compare(Buffer.from(file)) !== 0) {
        throw new Error(`message ${messageId} was given to the bank with other content; stop and report`);
      }
      if (lying === undefined) await writeWhole(waiting(messageId), file);
      return earlier === undefined ? "taken" : "taken-before";
    },
    async query(messageId) {
      // In the order of its way, or one that is moved in between would be seen at neither place.
      const there = (await readIfThere(waiting(messageId))) ?? (await readIfThere(received(messageId)));
      return there === undefined ? "unknown" : "taken";
    },
    async reports() {
      const reports: BankReport[] = [];
      for (const name of await listWhole(fromBank, extension)) {
        reports.push({ name, content: await readBounded(path.join(fromBank, name)) });
      }
      return reports;
    },
    acknowledge: (name) => moveWhole(path.join(fromBank, name), path.join(done, name)),
    async refuse(name, reason) {
      await writeWhole(path.join(unreadable, `${name}.reason.txt`), `${reason}\n`);
      await moveWhole(path.join(fromBank, name), path.join(unreadable, name));
    },
  };
}

/** One byte more than is accepted is enough to refuse it; the rest need not be read. */
async function readBounded(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const content = Buffer.alloc(Math.min(size, MAX_BYTES + 1));
    await handle.read(content, 0, content.length, 0);
    return content;
  } finally {
    await handle.close();
  }
}
