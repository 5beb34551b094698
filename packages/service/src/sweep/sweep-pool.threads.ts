import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  BLOCK_ROWS,
  type Counts,
  countsOf,
  type FirmTable,
  noCounts,
  programOf,
  rowsIn,
  type SimdModule,
  type SweepCounts,
  simdModule,
  wordEngine,
} from "@apply-free/rules";
import type { SweepJob, SweepShare } from "./sweep-job.ts";

const workerFile = new URL("./sweep-worker.threads.ts", import.meta.url);

/**
 * Decides all firms under all policies on several threads, which look into the same memory and take one block
 * after another. What one of them could not finish is an error, never a smaller count.
 */
export class SweepPool {
  readonly #threads: readonly Thread[];
  readonly #compiled = new WeakMap<FirmTable, Readonly<{ codes: number; compiled: SimdModule; words: WordEngine }>>();

  #busy: Promise<unknown> = Promise.resolve();

  constructor(threads = availableParallelism()) {
    this.#threads = Array.from({ length: threads }, () => new Thread());
  }

  /**
   * One sweep after another, for a thread answers one at a time.
   * @throws Error when a thread dies
   * @throws WebAssembly.CompileError where the platform has no vector instructions
   */
  count(table: FirmTable): Promise<SweepCounts> {
    const counted = this.#busy.then(() => this.#count(table));
    this.#busy = counted.catch(() => {});
    return counted;
  }

  async #count(table: FirmTable): Promise<SweepCounts> {
    const { compiled, words } = this.#programOf(table);
    const full = table.blocks.filter((_, place) => rowsIn(table, place) === BLOCK_ROWS);
    const next = new Int32Array(new SharedArrayBuffer(4));
    const shares = await Promise.all(this.#threads.map((thread) => thread.work({ compiled, blocks: full, next })));
    const decided = shares.reduce((sum, { blocks }) => sum + blocks, 0);
    if (decided !== full.length) throw new Error(`${decided} of ${full.length} blocks were decided`);
    const counts = noCounts(compiled.policies);
    for (const share of shares) add(counts, share);
    for (const [place, block] of table.blocks.entries()) {
      if (rowsIn(table, place) < BLOCK_ROWS) words.count(block, rowsIn(table, place), counts);
    }
    return countsOf(table, counts);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #programOf(table: FirmTable) {
    const { codes } = table;
    const known = this.#compiled.get(table);
    if (known?.codes === codes) return known;
    const program = programOf(table);
    const made = { codes, compiled: simdModule(program, false), words: wordEngine(program) };
    this.#compiled.set(table, made);
    return made;
  }
}

type WordEngine = ReturnType<typeof wordEngine>;

/** One thread, which is known to be dead however and whenever it died. */
class Thread {
  readonly #worker = new Worker(workerFile);
  readonly #died: Promise<never>;

  constructor() {
    this.#died = new Promise<never>((_, reject) => {
      this.#worker.once("error", (cause) => reject(cause));
      this.#worker.once("exit", (status) => reject(new Error(`a thread of the sweep ended with ${status}`)));
    });
    // It may die while nobody waits for it; whoever asks next is told.
    this.#died.catch(() => {});
    this.#worker.unref();
  }

  async work(job: SweepJob): Promise<SweepShare> {
    this.#worker.ref();
    const answered = new Promise<SweepShare>((resolve) => this.#worker.once("message", resolve));
    this.#worker.postMessage(job);
    try {
      return await Promise.race([answered, this.#died]);
    } finally {
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

function add(counts: Counts, share: SweepShare): void {
  for (const [place, eligible] of share.eligible.entries()) {
    counts.eligible[place] = (counts.eligible[place] as number) + eligible;
    counts.possible[place] = (counts.possible[place] as number) + (share.possible[place] as number);
  }
}
