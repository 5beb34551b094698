import { readFile, stat } from "node:fs/promises";
import { DomainError } from "../kernel/errors.ts";
import { localLimitBytes, tooLarge } from "./read-table.ts";

/** The bytes of a delivery; a file that is too large is refused before it is read. @throws DomainError bad-input | delivery-too-large */
export async function readDeliveryFile(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DomainError("bad-input", `${file}: 没有这个文件。There is no such file.`, { file });
  }
  if (found.size > localLimitBytes) throw tooLarge(found.size, localLimitBytes);
  return readFile(file);
}
