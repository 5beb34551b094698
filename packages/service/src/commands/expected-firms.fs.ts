import { open } from "node:fs/promises";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import { looksLikeParquet } from "../facts/parquet-table.ts";

/** Bytes from whose lines the length of all is told. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * About how many firms a file holds, without reading it: what a Parquet file says of itself, else its length over
 * that of its first lines. Only whether they are many matters.
 * @returns 0 for a file that cannot be read; whoever reads it says why
 */
export async function expectedFirmsIn(file: string): Promise<number> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(new Uint8Array(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
      const head = buffer.subarray(0, bytesRead);
      if (looksLikeParquet(head)) return Number((await parquetMetadataAsync(await asyncBufferFromFile(file))).num_rows);
      const lines = head.reduce((count, byte) => count + (byte === NEWLINE ? 1 : 0), 0);
      return lines === 0 ? 0 : Math.round((size / bytesRead) * lines);
    } finally {
      await handle.close();
    }
  } catch {
    return 0;
  }
}

const NEWLINE = 10;
