import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  type Counts,
  countsOf,
  type FirmTable,
  noCounts,
  partsOf,
  programOf,
  type SimdModule,
  type SweepCounts,
  simdModule,
} from "@apply-free/rules";
import type { SweepJob, SweepShare } from "./sweep-job.ts";

const workerFile = new URL("./sweep-worker.threads.ts", import.meta.url);

/**
 * Decides all firms under all policies on several threads, which look into the same memory and take one block
 * after another. What one of them could not finish is an error, never a smaller count.
 */
export class SweepPool {
  readonly #threads: readonly Thread[];
  readonly #compiled = new WeakMap<FirmTable, Readonly<{ codes: number; compiled: SimdModule }>>();

  #busy: Promise<unknown> = Promise.resolve();

  /** @param file what each thread runs */
  constructor(threads = availableParallelism(), file = workerFile) {
    this.#threads = Array.from({ length: threads }, () => new Thread(file));
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
    const compiled = this.#programOf(table);
    const parts = partsOf(table);
    const next = new Int32Array(new SharedArrayBuffer(4));
    const shares = await Promise.all(this.#threads.map((thread) => thread.work({ compiled, parts, next })));
    const decided = shares.reduce((sum, { blocks }) => sum + blocks, 0);
    if (decided !== parts.length) throw new Error(`${decided} of ${parts.length} blocks were decided`);
    const counts = noCounts(compiled.policies);
    for (const share of shares) add(counts, share);
    return countsOf(table, counts);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #programOf(table: FirmTable): SimdModule {
    const { codes } = table;
    const known = this.#compiled.get(table);
    if (known?.codes === codes) return known.compiled;
    const compiled = simdModule(programOf(table), false);
    this.#compiled.set(table, { codes, compiled });
    return compiled;
  }
}

/** One thread, which is known to be dead however and whenever it died. */
class Thread {
  readonly #worker: Worker;
  readonly #died: Promise<never>;

  constructor(file: URL) {
    this.#worker = new Worker(file);
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
