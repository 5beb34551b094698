import { BLOCK_ROWS, type Block, copyPlanes, PLANE_WORDS } from "./block.ts";
import type { Counts, Engine, PolicyVisitor } from "./engine.ts";
import type { Program } from "./program.ts";
import { callsOf, codeOfPolicy, codeOfSteps, REGISTER_BYTES } from "./simd-code.ts";
import { moduleOf } from "./wasm-bytes.ts";
import { wordEngine } from "./word-engine.ts";

const PAGE_BYTES = 65_536;
/** Steps that one function does before the next one: their values have to find room. */
const STEPS_AT_ONCE = 48;

/** A program as machine code, which another thread may run as it is. */
export type SimdModule = Readonly<{ module: WebAssembly.Module; pages: number; countsAt: number; bitsAt: number }>;

/**
 * Writes a program as WebAssembly, 128 firms at a time.
 * @param keepsBits whether each policy can also show who fits it, not only how many
 * @throws WebAssembly.CompileError where the platform has no vector instructions
 */
export function simdModule({ shared, policies, registers }: Program, keepsBits: boolean): SimdModule {
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
  return {
    module: new WebAssembly.Module(moduleOf(functions, exported, pages)),
    pages,
    countsAt,
    bitsAt: registers * REGISTER_BYTES,
  };
}

/** Runs a program as WebAssembly; a block that is not full, in plain JavaScript. */
export function simdEngine(program: Program, counting = simdModule(program, false)): Engine {
  const words = wordEngine(program);
  const counter = new Running(counting, program);
  let shower: Running | undefined;
  return {
    count(block: Block, rows: number, counts: Counts) {
      if (rows < BLOCK_ROWS) return words.count(block, rows, counts);
      counter.prepare(block);
      counter.run("decide");
      for (let place = 0; place < program.policies.length; place += 1) {
        counts.possible[place] = (counts.possible[place] as number) + (counter.counts[place * 2] as number);
        counts.eligible[place] = (counts.eligible[place] as number) + (counter.counts[place * 2 + 1] as number);
      }
    },
    visit(block: Block, rows: number, visitor: PolicyVisitor) {
      if (rows < BLOCK_ROWS) return words.visit(block, rows, visitor);
      shower ??= new Running(simdModule(program, true), program);
      shower.prepare(block);
      for (let place = 0; place < program.policies.length; place += 1) {
        shower.run(String(place));
        if (shower.counts[place * 2] === 0) continue;
        visitor(place, shower.bitsOf("certain"), shower.bitsOf("possible"));
      }
    },
  };
}

/** A module with the memory that it runs on. */
class Running {
  readonly counts: Int32Array;
  readonly #program: Program;
  readonly #memory: Int32Array;
  readonly #bitsAt: number;
  readonly #exports: WebAssembly.Exports;

  constructor({ module, pages, countsAt, bitsAt }: SimdModule, program: Program) {
    const memory = new WebAssembly.Memory({ initial: pages });
    this.#exports = new WebAssembly.Instance(module, { outside: { memory } }).exports;
    this.#program = program;
    this.#memory = new Int32Array(memory.buffer);
    this.#bitsAt = bitsAt / 4;
    this.counts = this.#memory.subarray(countsAt / 4, countsAt / 4 + program.policies.length * 2);
    this.#memory.fill(-1, program.everybody * PLANE_WORDS, (program.everybody + 1) * PLANE_WORDS);
  }

  prepare(block: Block): void {
    this.counts.fill(0);
    copyPlanes(block, this.#memory, this.#program.reads);
    this.run("prepare");
  }

  run(name: string): void {
    (this.#exports[name] as () => void)();
  }

  bitsOf(bound: "possible" | "certain"): Int32Array {
    const at = this.#bitsAt + (bound === "possible" ? 0 : PLANE_WORDS);
    return this.#memory.slice(at, at + PLANE_WORDS);
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
