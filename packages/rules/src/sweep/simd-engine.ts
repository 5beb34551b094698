import { BLOCK_ROWS, copyPlanes, PLANE_WORDS } from "./block.ts";
import type { BlockPart, Counts, Engine, PolicyVisitor } from "./engine.ts";
import { type Program, registersOf } from "./program.ts";
import { callsOf, codeOfPolicy, codeOfSteps, operandsOf, REGISTER_BYTES } from "./simd-code.ts";
import { moduleOf } from "./wasm-bytes.ts";
import { firstBits, wordEngine } from "./word-engine.ts";

const PAGE_BYTES = 65_536;
/** Steps that one function does before the next one: their values have to find room. */
const STEPS_AT_ONCE = 64;

/** A program as machine code, with all that another thread needs to run it. */
export type SimdModule = Readonly<{
  module: WebAssembly.Module;
  pages: number;
  /** Where the two counts of each policy lie, in bytes. */
  countsAt: number;
  /** Where a byte for each policy lies that says whether it is asked. */
  openAt: number;
  /** Where the bits of the policy that was decided last lie, in bytes: possible, then certain. */
  bitsAt: number;
  program: Pick<Program, "reads" | "everybody" | "ofNobody">;
  policies: number;
}>;

/**
 * Writes a program as WebAssembly, 128 firms at a time.
 * @param keepsBits whether each policy can also show who fits it, not only how many
 * @throws WebAssembly.CompileError where the platform has no vector instructions
 */
export function simdModule(program: Program, keepsBits: boolean): SimdModule {
  const { policies, registers, reads, everybody, ofNobody } = program;
  const countsAt = (registers + 2) * REGISTER_BYTES;
  const openAt = countsAt + policies.length * 8;
  const pages = Math.ceil((openAt + policies.length) / PAGE_BYTES);
  const preparing = preparingFunctions(program);
  const bits = { possible: registers, certain: registers + 1 };
  const deciding = policies.map((bounds, place) =>
    codeOfPolicy(bounds, { countsAt: countsAt + place * 8, ...bits }, keepsBits),
  );
  const first = preparing.map((_, place) => place);
  const second = deciding.map((_, place) => preparing.length + place);
  const functions = [...preparing, ...deciding, callsOf(first), callsOf(second, openAt)];
  const exported = new Map([
    ["prepare", functions.length - 2],
    ["decide", functions.length - 1],
    ...(keepsBits ? second.map((at, place): [string, number] => [String(place), at]) : []),
  ]);
  const module = new WebAssembly.Module(moduleOf(functions, exported, pages));
  const layout = { pages, countsAt, openAt, bitsAt: registers * REGISTER_BYTES };
  return { module, ...layout, program: { reads, everybody, ofNobody }, policies: policies.length };
}

/** The shared steps, a few at a time. Only what a later part or a policy reads is written to memory. */
function preparingFunctions({ shared, policies }: Program) {
  const byPolicies = new Set(policies.flatMap(({ possible, certain }) => [possible, certain].flatMap(registersOf)));
  const lastRead = new Map<number, number>();
  for (const [at, step] of shared.entries()) for (const operand of operandsOf(step)) lastRead.set(operand, at);
  return Array.from({ length: Math.ceil(shared.length / STEPS_AT_ONCE) }, (_, part) => {
    const end = (part + 1) * STEPS_AT_ONCE;
    const isRead = (register: number) => byPolicies.has(register) || (lastRead.get(register) ?? 0) >= end;
    return codeOfSteps(shared.slice(part * STEPS_AT_ONCE, end), isRead);
  });
}

/** Runs a program as WebAssembly. */
export function simdEngine(program: Program): Engine {
  const counter = new SimdRun(simdModule(program, false));
  let shower: SimdRun | undefined;
  return {
    count: (part, counts) => counter.count(part, counts),
    visit(part, visitor) {
      shower ??= new SimdRun(simdModule(program, true));
      shower.visit(part, visitor);
    },
  };
}

/** A module with the memory that it runs on. */
export class SimdRun {
  readonly #of: SimdModule;
  readonly #memory: Int32Array;
  readonly #counts: Int32Array;
  readonly #open: Uint8Array;
  readonly #exports: WebAssembly.Exports;

  constructor(of: SimdModule) {
    const { module, pages, countsAt, openAt, policies, program } = of;
    const memory = new WebAssembly.Memory({ initial: pages });
    this.#of = of;
    this.#exports = new WebAssembly.Instance(module, { outside: { memory } }).exports;
    this.#memory = new Int32Array(memory.buffer);
    this.#counts = this.#memory.subarray(countsAt / 4, countsAt / 4 + policies * 2);
    this.#open = new Uint8Array(memory.buffer, openAt, policies);
    this.#memory.fill(-1, program.everybody * PLANE_WORDS, (program.everybody + 1) * PLANE_WORDS);
  }

  count(part: BlockPart, { possible, eligible }: Counts): void {
    this.#prepare(part);
    this.#run("decide");
    const { ofNobody } = this.#of.program;
    // Behind the last firm come bits of nobody, whose answers are known.
    const spare = BLOCK_ROWS - part.rows;
    for (let place = 0; place < this.#of.policies; place += 1) {
      if (this.#open[place] === 0) continue;
      const [may, does] = [this.#counts[place * 2] as number, this.#counts[place * 2 + 1] as number];
      possible[place] = (possible[place] as number) + may - spare * (ofNobody.possible[place] as number);
      if (part.ofZone?.[place] === 0) continue;
      eligible[place] = (eligible[place] as number) + does - spare * (ofNobody.certain[place] as number);
    }
  }

  visit(part: BlockPart, visitor: PolicyVisitor): void {
    this.#prepare(part);
    const at = this.#of.bitsAt / 4;
    const bits = (from: number) => firstBits(this.#memory.slice(from, from + PLANE_WORDS), part.rows);
    for (let place = 0; place < this.#of.policies; place += 1) {
      if (this.#open[place] === 0) continue;
      this.#run(String(place));
      if (this.#counts[place * 2] === 0) continue;
      const certain = part.ofZone?.[place] === 0 ? new Int32Array(PLANE_WORDS) : bits(at + PLANE_WORDS);
      visitor(place, certain, bits(at));
    }
  }

  #prepare({ block, open }: BlockPart): void {
    this.#counts.fill(0);
    if (open) this.#open.set(open);
    else this.#open.fill(1);
    copyPlanes(block, this.#memory, this.#of.program.reads);
    this.#run("prepare");
  }

  #run(name: string): void {
    (this.#exports[name] as () => void)();
  }
}

/** The fastest engine that the platform can run. */
export function bestEngine(program: Program): Engine {
  if (typeof WebAssembly === "undefined") return wordEngine(program);
  try {
    return simdEngine(program);
  } catch (cause) {
    // No vector instructions, or a page that forbids compiling: the plain engine answers the same.
    if (cause instanceof WebAssembly.CompileError || cause instanceof RangeError) return wordEngine(program);
    throw cause;
  }
}
