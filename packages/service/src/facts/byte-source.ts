/** What only the whole of a file tells. */
export type FileSurvey = Readonly<{
  /** Lower-case hex. */
  sha256: string;
  /** Every byte belongs to valid UTF-8; GBK text almost never does. */
  isUtf8: boolean;
}>;

/** Bytes of a file that are read as often as needed and are never all in memory at once. */
export type ByteSource = Readonly<{
  byteLength: number;
  /** From the first byte (inclusive) to the last (exclusive), by default all, piece by piece. */
  read(from?: number, to?: number): AsyncIterable<Uint8Array>;
  /** What was seen of the bytes on their way here, where somebody looked. */
  survey?: FileSurvey;
}>;

export function toByteSource(bytes: Uint8Array | ByteSource): ByteSource {
  if (!(bytes instanceof Uint8Array)) return bytes;
  return {
    byteLength: bytes.length,
    async *read(from = 0, to = bytes.length) {
      for (let start = from; start < to; start += PIECE) yield bytes.subarray(start, Math.min(to, start + PIECE));
    },
  };
}

/** Part of a file in memory; who asks knows that it is small. */
export async function readBytes(source: ByteSource, from = 0, to = source.byteLength): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(from, to)) pieces.push(piece);
  return pieces.length === 1 && pieces[0] ? pieces[0] : new Uint8Array(Buffer.concat(pieces));
}

/** Bytes of one piece: large enough that the work around it does not show, small enough to be nothing in memory. */
export const PIECE = 256 * 1024;
