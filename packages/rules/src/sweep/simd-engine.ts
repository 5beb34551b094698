import { BLOCK_ROWS, type Block, copyPlanes, PLANE_WORDS } from "./block.ts";
import type { Counts, Engine, PolicyVisitor } from "./engine.ts";
import type { PlaneRange, Program } from "./program.ts";
import { callsOf, codeOfPolicy, codeOfSteps, REGISTER_BYTES } from "./simd-code.ts";
import { moduleOf } from "./wasm-bytes.ts";
import { wordEngine } from "./word-engine.ts";

const PAGE_BYTES = 65_536;
/** Steps that one function does before the next one: their values have to find room. */
const STEPS_AT_ONCE = 48;

/** A program as machine code, with all that another thread needs to run it. */
export type SimdModule = Readonly<{
  module: WebAssembly.Module;
  pages: number;
  /** Where the two counts of each policy lie, in bytes. */
  countsAt: number;
  /** Where the bits of the policy that was decided last lie, in bytes: possible, then certain. */
  bitsAt: number;
  reads: readonly PlaneRange[];
  everybody: number;
  policies: number;
}>;

/**
 * Writes a program as WebAssembly, 128 firms at a time.
 * @param keepsBits whether each policy can also show who fits it, not only how many
 * @throws WebAssembly.CompileError where the platform has no vector instructions
 */
export function simdModule({ shared, policies, registers, reads, everybody }: Program, keepsBits: boolean): SimdModule {
  const countsAt = (registers + 2) * REGISTER_BYTES;
  const pages = Math.ceil((countsAt + policies.length * 8) / PAGE_BYTES);
  const preparing = Array.from({ length: Math.ceil(shared.length / STEPS_AT_ONCE) }, (_, part) =>
    codeOfSteps(shared.slice(part * STEPS_AT_ONCE, (part + 1) * STEPS_AT_ONCE)),
  );
  const bits = keepsBits && { bits: { possible: registers, certain: registers + 1 } };
  const deciding = policies.map((bounds, place) => codeOfPolicy(bounds, { countsAt: countsAt + place * 8, ...bits }));
  const first = preparing.map((_, place) => place);
  const second = deciding.map((_, place) => preparing.length + place);
  const functions = [...preparing, ...deciding, callsOf(first), callsOf(second)];
  const exported = new Map([
    ["prepare", functions.length - 2],
    ["decide", functions.length - 1],
    ...(keepsBits ? second.map((at, place): [string, number] => [String(place), at]) : []),
  ]);
  const module = new WebAssembly.Module(moduleOf(functions, exported, pages));
  return { module, pages, countsAt, bitsAt: registers * REGISTER_BYTES, reads, everybody, policies: policies.length };
}

/** Runs a program as WebAssembly; a block that is not full, in plain JavaScript. */
export function simdEngine(program: Program): Engine {
  const words = wordEngine(program);
  const counter = new SimdRun(simdModule(program, false));
  let shower: SimdRun | undefined;
  return {
    count(block: Block, rows: number, counts: Counts) {
      if (rows < BLOCK_ROWS) words.count(block, rows, counts);
      else counter.count(block, counts);
    },
    visit(block: Block, rows: number, visitor: PolicyVisitor) {
      if (rows < BLOCK_ROWS) return words.visit(block, rows, visitor);
      shower ??= new SimdRun(simdModule(program, true));
      shower.visit(block, visitor);
    },
  };
}

/** A module with the memory that it runs on. It takes full blocks only. */
export class SimdRun {
  readonly #of: SimdModule;
  readonly #memory: Int32Array;
  readonly #counts: Int32Array;
  readonly #exports: WebAssembly.Exports;

  constructor(of: SimdModule) {
    const memory = new WebAssembly.Memory({ initial: of.pages });
    this.#of = of;
    this.#exports = new WebAssembly.Instance(of.module, { outside: { memory } }).exports;
    this.#memory = new Int32Array(memory.buffer);
    this.#counts = this.#memory.subarray(of.countsAt / 4, of.countsAt / 4 + of.policies * 2);
    this.#memory.fill(-1, of.everybody * PLANE_WORDS, (of.everybody + 1) * PLANE_WORDS);
  }

  count(block: Block, counts: Counts): void {
    this.#prepare(block);
    this.#run("decide");
    for (let place = 0; place < this.#of.policies; place += 1) {
      counts.possible[place] = (counts.possible[place] as number) + (this.#counts[place * 2] as number);
      counts.eligible[place] = (counts.eligible[place] as number) + (this.#counts[place * 2 + 1] as number);
    }
  }

  visit(block: Block, visitor: PolicyVisitor): void {
    this.#prepare(block);
    const at = this.#of.bitsAt / 4;
    const bits = (from: number) => this.#memory.slice(from, from + PLANE_WORDS);
    for (let place = 0; place < this.#of.policies; place += 1) {
      this.#run(String(place));
      if (this.#counts[place * 2] !== 0) visitor(place, bits(at + PLANE_WORDS), bits(at));
    }
  }

  #prepare(block: Block): void {
    this.#counts.fill(0);
    copyPlanes(block, this.#memory, this.#of.reads);
    this.#run("prepare");
  }

  #run(name: string): void {
    (this.#exports[name] as () => void)();
  }
}

/** The fastest engine that the platform can run. */
export function bestEngine(program: Program): Engine {
  try {
    return simdEngine(program);
  } catch (cause) {
    // No vector instructions, or a page that forbids compiling: the plain engine answers the same.
    if (cause instanceof WebAssembly.CompileError || cause instanceof RangeError) return wordEngine(program);
    throw cause;
  }
}
