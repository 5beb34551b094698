import { availableParallelism } from "node:os";
import type { FactDefinition } from "@apply-free/rules";
import type { RowGroup } from "../parquet/row-groups.ts";
import { AskedThread } from "../platform/asked-thread.threads.ts";
import type { FactChunk, WantedFacts } from "./fact-chunk.ts";
import {
  chunksOfGroup,
  type OpenParquet,
  openParquet,
  type PlainChunk,
  type Reading,
  refuseStrangers,
} from "./fact-chunks-parquet.fs.ts";

const workerFile = new URL("./parquet-worker.threads.ts", import.meta.url);
/** Rows from which starting threads pays. */
const ROWS_FOR_THREADS = 500_000;

export type ReadParquetOptions = Readonly<{ threads?: number; rowsForThreads?: number; worker?: URL }>;

/**
 * Firms of a Parquet file in its order, each row group read by a thread of its own where the file is large: reading
 * takes twice as long as coding what was read.
 * @throws DomainError bad-input naming the column, or where the file cannot be read
 */
export async function* parquetChunks(
  file: string,
  facts: WantedFacts,
  options: ReadParquetOptions = {},
): AsyncGenerator<FactChunk> {
  const { threads = availableParallelism(), rowsForThreads = ROWS_FOR_THREADS, worker = workerFile } = options;
  const opened = await openParquet(file, facts.wanted);
  refuseStrangers(opened, facts);
  const types = new Map([...facts.wanted].flatMap((id) => typeIn(facts, id)));
  const reading: Reading = { types, scales: facts.scales ?? new Map() };
  const isLarge = opened.groups.length > 1 && (opened.groups.at(-1)?.rowEnd ?? 0) >= rowsForThreads;
  const groups = isLarge && threads > 1 ? besideEachOther(opened, reading, threads, worker) : inTurn(opened, reading);
  for await (const chunks of groups) {
    for (const { first, count, columns } of chunks) yield { count, columns, lineOf: (row) => first + row + 1 };
  }
}

function typeIn({ known }: WantedFacts, id: string): [string, FactDefinition["type"]][] {
  const fact = known.get(id);
  return fact ? [[id, fact.type]] : [];
}

type Groups = AsyncGenerator<readonly PlainChunk[]>;

async function* inTurn(opened: OpenParquet, reading: Reading): Groups {
  for (const group of opened.groups) yield await chunksOfGroup(opened, reading, group);
}

/** What a thread is told once, and then which rows to read. */
export type ReadingJob = Readonly<{ file: string; reading: Reading }>;

async function* besideEachOther(opened: OpenParquet, reading: Reading, threads: number, file: URL): Groups {
  const job: ReadingJob = { file: opened.file, reading };
  const readers = Array.from({ length: threads }, (): Reader => new AskedThread(file, "a reading thread", job));
  try {
    // A thread has one more to go on with, and no more, so that a large file does not pile up in memory.
    const ahead = 2 * threads;
    const underWay: Promise<readonly PlainChunk[]>[] = [];
    const begin = (place: number) => {
      const group = opened.groups[place];
      const reader = readers[place % threads];
      if (!group || !reader) return;
      const read = readBy(reader, opened, reading, group);
      read.catch(() => {});
      underWay.push(read);
    };
    for (let place = 0; place < ahead; place += 1) begin(place);
    for (let place = 0; place < opened.groups.length; place += 1) {
      const chunks = await (underWay.shift() as Promise<readonly PlainChunk[]>);
      begin(place + ahead);
      yield chunks;
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.end()));
  }
}

/** What a thread answers about a row group; `null`: it could not read it. */
type Reader = AskedThread<RowGroup, readonly PlainChunk[] | null>;

/** A thread that failed or died says less than reading the same rows again does. */
async function readBy(
  reader: Reader,
  opened: OpenParquet,
  reading: Reading,
  group: RowGroup,
): Promise<readonly PlainChunk[]> {
  const chunks = await reader.ask(group).catch(() => null);
  return chunks ?? chunksOfGroup(opened, reading, group);
}
