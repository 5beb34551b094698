import { availableParallelism } from "node:os";
import {
  type BlockPart,
  type Counts,
  countsOf,
  type FirmTable,
  noCounts,
  partsOf,
  programOf,
  type SweepCounts,
  simdModule,
  zoneProgramOf,
} from "@apply-free/rules";
import { AskedThread } from "../platform/asked-thread.threads.ts";
import type { SweepGround, SweepJob, SweepShare } from "./sweep-job.ts";

const workerFile = new URL("./sweep-worker.threads.ts", import.meta.url);

/**
 * Decides all firms under all policies on several threads, which look into the same memory and take one block
 * after another. What one of them could not finish is an error, never a smaller count.
 */
export class SweepPool {
  readonly #threads: readonly Thread[];
  readonly #known = new WeakMap<FirmTable, Readonly<{ codes: number; ground: SweepGround }>>();

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
    const ground = this.#groundOf(table);
    const { parts, policies } = ground;
    const next = new Int32Array(new SharedArrayBuffer(4));
    const shares = await Promise.all(this.#threads.map((thread) => thread.work(ground, next)));
    const decided = shares.reduce((sum, { blocks }) => sum + blocks, 0);
    if (decided !== parts.length) throw new Error(`${decided} of ${parts.length} blocks were decided`);
    const counts = noCounts(policies);
    for (const share of shares) add(counts, share);
    return countsOf(table, counts);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  /** The same object as long as nothing but bits within the blocks has changed. */
  #groundOf(table: FirmTable): SweepGround {
    const { codes, plan } = table;
    const parts = partsOf(table);
    const found = this.#known.get(table);
    const known = found?.codes === codes ? found.ground : undefined;
    if (known && isSame(known.parts, parts)) return known;
    const ofZone = parts.some((part) => part.ofZone);
    const whole = parts.some((part) => !part.ofZone);
    const compiled = {
      ofZone: ofZone ? (known?.compiled.ofZone ?? simdModule(zoneProgramOf(table), false)) : undefined,
      whole: whole ? (known?.compiled.whole ?? simdModule(programOf(table), false)) : undefined,
    };
    const ground = { compiled, policies: plan.policies.length, parts };
    this.#known.set(table, { codes, ground });
    return ground;
  }
}

function isSame(before: readonly BlockPart[], now: readonly BlockPart[]): boolean {
  const isSamePart = (part: BlockPart, place: number) => {
    const { block, rows, open, ofZone } = before[place] as BlockPart;
    return part.block === block && part.rows === rows && part.open === open && part.ofZone === ofZone;
  };
  return before.length === now.length && now.every(isSamePart);
}

/** One thread of the pool. */
class Thread {
  readonly #asked: AskedThread<SweepJob, SweepShare>;
  /** What it was told last. */
  #ground: SweepGround | undefined;

  constructor(file: URL) {
    this.#asked = new AskedThread(file, "a thread of the sweep");
  }

  work(ground: SweepGround, next: SweepJob["next"]): Promise<SweepShare> {
    const job: SweepJob = { ...(this.#ground !== ground && { ground }), next };
    this.#ground = ground;
    return this.#asked.ask(job);
  }

  end(): Promise<void> {
    return this.#asked.end();
  }
}

function add(counts: Counts, share: SweepShare): void {
  for (const [place, eligible] of share.eligible.entries()) {
    counts.eligible[place] = (counts.eligible[place] as number) + eligible;
    counts.possible[place] = (counts.possible[place] as number) + (share.possible[place] as number);
  }
}
