import { type Block, copyPlanes, PLANE_WORDS } from "./block.ts";
import type { BlockPart, Counts, Engine, PolicyVisitor } from "./engine.ts";
import { AND, AND_NOT, CHOOSE, NOT, OR, OR_NOT, type Program } from "./program.ts";
import { bitsIn } from "./row-set.ts";
import { AND_OR_LEAVE, type PolicySteps, stepsOf, type WordStep } from "./word-steps.ts";

/** Runs a program 32 firms at a time in plain JavaScript. */
export function wordEngine(program: Program): Engine {
  const { reads, nobody, everybody, shared } = program;
  const { registers, policies } = stepsOf(program);
  const memory = new Int32Array(registers * PLANE_WORDS);
  memory.fill(0, nobody * PLANE_WORDS, (nobody + 1) * PLANE_WORDS);
  memory.fill(-1, everybody * PLANE_WORDS, (everybody + 1) * PLANE_WORDS);

  const load = (block: Block) => {
    copyPlanes(block, memory, reads);
    for (const step of shared) take(memory, step);
  };
  return {
    count({ block, rows, open, ofZone }: BlockPart, counts: Counts) {
      load(block);
      for (const [place, policy] of policies.entries()) {
        if (open?.[place] === 0 || !run(memory, policy)) continue;
        const possible = countOf(memory, policy.possible, rows);
        const certain = policy.certain === policy.possible ? possible : countOf(memory, policy.certain, rows);
        counts.possible[place] = (counts.possible[place] as number) + possible;
        if (ofZone?.[place] === 0) continue;
        counts.eligible[place] = (counts.eligible[place] as number) + certain;
      }
    },
    visit({ block, rows, open, ofZone }: BlockPart, visitor: PolicyVisitor) {
      load(block);
      for (const [place, policy] of policies.entries()) {
        if (open?.[place] === 0 || !run(memory, policy)) continue;
        const certain = ofZone?.[place] === 0 ? new Int32Array(PLANE_WORDS) : onlyFirst(memory, policy.certain, rows);
        visitor(place, certain, onlyFirst(memory, policy.possible, rows));
      }
    },
  };
}

/** @returns whether anybody may be left; only steps of AND find out on their way that nobody is */
function run(memory: Int32Array, { steps, possible }: PolicySteps): boolean {
  for (const step of steps) if (!take(memory, step)) return false;
  return !isEmpty(memory, possible);
}

/** @returns false where the step leaves nobody and the policy is over */
function take(memory: Int32Array, { operation, into, a, b, c }: WordStep): boolean {
  const to = into * PLANE_WORDS;
  const left = a * PLANE_WORDS;
  const right = b * PLANE_WORDS;
  switch (operation) {
    case AND:
      and(memory, to, left, right);
      return true;
    case AND_OR_LEAVE:
      return and(memory, to, left, right) !== 0;
    case OR:
      or(memory, to, left, right);
      return true;
    case AND_NOT:
      andNot(memory, to, left, right);
      return true;
    case OR_NOT:
      orNot(memory, to, left, right);
      return true;
    case NOT:
      not(memory, to, left);
      return true;
    case CHOOSE:
      choose(memory, to, left, right, c * PLANE_WORDS);
      return true;
    default:
      throw new Error(`no operation ${operation}`);
  }
}

function and(memory: Int32Array, to: number, a: number, b: number): number {
  let any = 0;
  for (let word = 0; word < PLANE_WORDS; word += 1) {
    const bits = (memory[a + word] as number) & (memory[b + word] as number);
    memory[to + word] = bits;
    any |= bits;
  }
  return any;
}

function or(memory: Int32Array, to: number, a: number, b: number): void {
  for (let word = 0; word < PLANE_WORDS; word += 1) {
    memory[to + word] = (memory[a + word] as number) | (memory[b + word] as number);
  }
}

function andNot(memory: Int32Array, to: number, a: number, b: number): void {
  for (let word = 0; word < PLANE_WORDS; word += 1) {
    memory[to + word] = (memory[a + word] as number) & ~(memory[b + word] as number);
  }
}

function orNot(memory: Int32Array, to: number, a: number, b: number): void {
  for (let word = 0; word < PLANE_WORDS; word += 1) {
    memory[to + word] = (memory[a + word] as number) | ~(memory[b + word] as number);
  }
}

function not(memory: Int32Array, to: number, a: number): void {
  for (let word = 0; word < PLANE_WORDS; word += 1) memory[to + word] = ~(memory[a + word] as number);
}

function choose(memory: Int32Array, to: number, a: number, b: number, c: number): void {
  for (let word = 0; word < PLANE_WORDS; word += 1) {
    const which = memory[c + word] as number;
    memory[to + word] = ((memory[a + word] as number) & which) | ((memory[b + word] as number) & ~which);
  }
}

function isEmpty(memory: Int32Array, register: number): boolean {
  const at = register * PLANE_WORDS;
  for (let word = 0; word < PLANE_WORDS; word += 1) if (memory[at + word] !== 0) return false;
  return true;
}

/** Firms among the first `rows` whose bit is set. */
function countOf(memory: Int32Array, register: number, rows: number): number {
  const at = register * PLANE_WORDS;
  const whole = rows >>> 5;
  let count = 0;
  for (let word = 0; word < whole; word += 1) count += bitsIn(memory[at + word] as number);
  return rows & 31 ? count + bitsIn((memory[at + whole] as number) & maskOf(rows)) : count;
}

const maskOf = (rows: number) => (1 << (rows & 31)) - 1;

const onlyFirst = (memory: Int32Array, register: number, rows: number) =>
  firstBits(memory.slice(register * PLANE_WORDS, (register + 1) * PLANE_WORDS), rows);

/** Bits of the first firms only. */
export function firstBits(bits: Int32Array, rows: number): Int32Array {
  const whole = rows >>> 5;
  if (whole >= PLANE_WORDS) return bits;
  bits[whole] = (bits[whole] as number) & maskOf(rows);
  return bits.fill(0, whole + 1);
}
