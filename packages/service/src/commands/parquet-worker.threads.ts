import { parentPort, workerData } from "node:worker_threads";
import type { FactColumn } from "@apply-free/rules";
import type { RowGroup } from "../parquet/row-groups.ts";
import { chunksOfGroup, openParquet, type PlainChunk } from "./fact-chunks-parquet.fs.ts";
import type { ReadingJob } from "./parquet-chunks.threads.ts";

// A thread that unpacks row groups of one file, one after another. `null`: it could not.
const { file, reading } = workerData as ReadingJob;
const opening = openParquet(file, new Set(reading.types.keys()));
opening.catch(() => {});

let answered: Promise<void> = Promise.resolve();
parentPort?.on("message", (group: RowGroup) => {
  answered = answered.then(() => answer(group));
});

async function answer(group: RowGroup): Promise<void> {
  try {
    const chunks = await chunksOfGroup(await opening, reading, group);
    parentPort?.postMessage(chunks, [...new Set(chunks.flatMap(buffersOf))]);
  } catch {
    parentPort?.postMessage(null);
  }
}

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
