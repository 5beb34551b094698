import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Compressors } from "hyparquet";
import { compressors } from "hyparquet-compressors";

/** What unpacks pages: the platform's own code where it has it, which is quicker. */
export const codecs: Compressors = {
  ...compressors,
  GZIP: (packed, size) => gunzipSync(packed, roomFor(size)),
  BROTLI: (packed, size) => brotliDecompressSync(packed, roomFor(size)),
  ZSTD: (packed, size) => zstdDecompressSync(packed, roomFor(size)),
};

/** One piece of memory for all of a page, and never more, whatever its bytes unpack to. */
const roomFor = (size: number) => ({ chunkSize: Math.max(size + 1, LEAST_ROOM), maxOutputLength: size + 1 });
const LEAST_ROOM = 64;
