import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FactDefinition } from "@apply-free/rules";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parquetChunks, type ReadParquetOptions } from "./parquet-chunks.threads.ts";

/** Row groups that several threads read are the file that one reads, in its order. */

const ROWS = 1_050;
const vocabulary: Readonly<Record<string, FactDefinition["type"]>> = {
  "ent.region": "code",
  "ent.staff": "integer",
  "fin.sales": "money",
  "ent.paid": "list",
};
const label = { zh: "某", en: "Some" };
const known = new Map(
  Object.entries(vocabulary).map(([id, type]) => [id, { id, type, label } as unknown as FactDefinition]),
);
const facts = { known, wanted: new Set(["ent.region", "fin.sales", "ent.paid", "x.unheardOf"]) };

let directory: string;
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "parquet-"));
  file = path.join(directory, "firms.parquet");
  const column = <Value>(value: (row: number) => Value) => Array.from({ length: ROWS }, (_, row) => value(row));
  const written = parquetWriteBuffer({
    columnData: [
      { name: "ent.region", data: column((row) => (row % 7 === 0 ? null : `33010${row % 4}`)), type: "STRING" },
      { name: "ent.staff", data: column((row) => row), type: "INT32" },
      { name: "fin.sales", data: column((row) => (row % 5 === 0 ? null : row / 4)), type: "DOUBLE" },
      { name: "ent.paid", data: column((row) => JSON.stringify([{ amount: row }])), type: "STRING" },
    ],
    rowGroupSize: 100,
  });
  await writeFile(file, new Uint8Array(written));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(options: ReadParquetOptions) {
  const chunks: unknown[] = [];
  for await (const { count, columns, lineOf } of parquetChunks(file, facts, options))
    chunks.push({ count, lines: [lineOf(0), lineOf(count - 1)], columns: [...columns] });
  return chunks;
}

test("threads read what one reads, in the order of the file and with its lines", async () => {
  const alone = await read({ threads: 1 });
  expect(alone).toHaveLength(11);
  expect(alone.at(-1)).toMatchObject({ count: 50, lines: [1_001, 1_050] });
  for (const threads of [2, 3]) expect(await read({ threads, rowsForThreads: 0 })).toEqual(alone);
});

test("a thread that dies costs no firm: its rows are read again", async () => {
  const worker = new URL("./testing-dying-reader.threads.ts", import.meta.url);
  expect(await read({ threads: 2, rowsForThreads: 0, worker })).toEqual(await read({ threads: 1 }));
});

test("who stops reading leaves no thread behind", async () => {
  for await (const { count } of parquetChunks(file, facts, { threads: 2, rowsForThreads: 0 })) {
    expect(count).toBe(100);
    break;
  }
});

test("rows that cannot be read are refused by name, whoever reads them", async () => {
  const broken = path.join(directory, "broken.parquet");
  const bytes = await readFile(file);
  bytes.fill(0xff, 40, 400);
  await writeFile(broken, bytes);
  for (const options of [{ threads: 1 }, { threads: 2, rowsForThreads: 0 }]) {
    const all = async () => {
      for await (const _ of parquetChunks(broken, facts, options));
    };
    await expect(all()).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("broken.parquet"),
    });
  }
});
