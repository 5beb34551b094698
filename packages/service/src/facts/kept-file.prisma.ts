import { DomainError } from "../kernel/errors.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type ByteSource, PIECE, readBytes } from "./byte-source.ts";

/** Bytes of a kept file in one value. */
const PART = 16 * PIECE;

/** The beginning of a file, which is kept with what is known of it. */
export async function firstBytes(bytes: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readBytes(bytes, 0, Math.min(PART, bytes.byteLength)));
}

/** Keeps what follows the beginning. @param fileId whose beginning is kept already */
export async function keepFurtherBytes(tx: Tx, fileId: string, bytes: ByteSource): Promise<void> {
  for (let start = PART; start < bytes.byteLength; start += PART) {
    const part = await readBytes(bytes, start, Math.min(start + PART, bytes.byteLength));
    await tx.keptFilePart.create({
      data: { fileId, place: start / PART, size: part.length, bytes: Uint8Array.from(part) },
    });
  }
}

/**
 * A kept file as it arrived; to be read within the transaction.
 *
 * @param first its beginning; `null` when the file was let go
 * @throws DomainError kept-file-gone
 */
export async function keptBytes(tx: Tx, fileId: string, first: Uint8Array | null): Promise<ByteSource> {
  if (first === null) {
    const why =
      "原文件已超过保存期限，已清理；处理记录仍在。The file was let go when its time was over; what was decided stays.";
    throw new DomainError("kept-file-gone", why, { fileId });
  }
  const { _sum } = await tx.keptFilePart.aggregate({ where: { fileId }, _sum: { size: true } });
  const byteLength = first.length + (_sum.size ?? 0);
  const partAt = async (place: number): Promise<Uint8Array> => {
    if (place === 0) return first;
    return (await tx.keptFilePart.findUniqueOrThrow({ where: { fileId_place: { fileId, place } } })).bytes;
  };
  return {
    byteLength,
    async *read(from = 0, to = byteLength) {
      for (let place = Math.floor(from / PART); place * PART < to; place += 1) {
        const part = await partAt(place);
        const start = place * PART;
        yield part.subarray(Math.max(0, from - start), Math.min(part.length, to - start));
      }
    },
  };
}
