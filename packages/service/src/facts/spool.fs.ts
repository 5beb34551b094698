import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ByteSource } from "./byte-source.ts";
import { fileBytes } from "./file-bytes.fs.ts";
import { tooLarge } from "./read-table.ts";
import { surveyor } from "./survey-file.ts";

/**
 * Lets bytes from elsewhere wait in a temporary file, looked at on their way there; the file is gone when the
 * work is done.
 * @throws DomainError delivery-too-large before more than the limit is on the disk
 */
export async function spooled<Result>(
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
  work: (file: ByteSource) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-delivery-"));
  try {
    const file = path.join(directory, "delivery");
    const { see, done } = surveyor();
    let length = 0;
    const watch = new Transform({
      transform(piece: Buffer, _, next) {
        length += piece.length;
        if (length > limitBytes) return next(tooLarge(length, limitBytes));
        see(piece);
        next(null, piece);
      },
    });
    await pipeline(bytes, watch, createWriteStream(file, { mode: 0o600 }));
    return await work({ ...(await fileBytes(file)), survey: done() });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
