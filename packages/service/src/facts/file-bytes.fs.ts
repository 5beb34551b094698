import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { DomainError } from "../kernel/errors.ts";
import { type ByteSource, PIECE } from "./byte-source.ts";

/** A file of this machine, read as often as needed and never whole. @throws DomainError bad-input */
export async function fileBytes(file: string): Promise<ByteSource> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DomainError("bad-input", `${file}: 没有这个文件。There is no such file.`, { file });
  }
  const { size } = found;
  return {
    byteLength: size,
    async *read(from = 0, to = size) {
      // The end of a read stream is inclusive.
      if (from < to) yield* createReadStream(file, { start: from, end: to - 1, highWaterMark: PIECE });
    },
  };
}
