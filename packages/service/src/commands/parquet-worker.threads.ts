import { parentPort, workerData } from "node:worker_threads";
import type { FactColumn } from "@apply-free/rules";
import type { RowGroup } from "../facts/parquet-table.ts";
import { chunksOfGroup, openParquet, type PlainChunk } from "./fact-chunks-parquet.fs.ts";
import type { ReadingJob } from "./parquet-chunks.threads.ts";

// A thread that unpacks row groups of one file, one after another. `null`: it could not.
const { file, types } = workerData as ReadingJob;
const opening = openParquet(file, new Set(types.keys()));
opening.catch(() => {});

parentPort?.on("message", async (group: RowGroup) => {
  try {
    const chunks = await chunksOfGroup(await opening, types, group);
    parentPort?.postMessage(chunks, [...new Set(chunks.flatMap(buffersOf))]);
  } catch {
    parentPort?.postMessage(null);
  }
});

/** Handed over, not copied. */
function buffersOf({ columns }: PlainChunk): ArrayBuffer[] {
  return [...columns.values()]
    .flatMap(arraysOf)
    .flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

function arraysOf(column: FactColumn): readonly ArrayBufferView[] {
  if (column.kind === "doubles") return column.known ? [column.values, column.known] : [column.values];
  return column.kind === "dictionary" ? [column.places] : [];
}
