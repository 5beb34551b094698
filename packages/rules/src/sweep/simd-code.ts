import { PLANE_WORDS } from "./block.ts";
import {
  AND,
  AND_NOT,
  type Bound,
  CHOOSE,
  isSameBound,
  NOT,
  OR,
  OR_NOT,
  type PolicyBounds,
  type Step,
} from "./program.ts";
import { I32, I64, signed, unsigned, V128, type WasmFunction } from "./wasm-bytes.ts";

/** Bytes of one register. */
export const REGISTER_BYTES = PLANE_WORDS * 4;
const VECTOR_BYTES = 16;

/** Instructions. Source: WebAssembly Core Specification, 5.4, vector instructions. */
const simd = (code: number) => [0xfd, ...unsigned(code)];
const LOAD = simd(0);
const STORE = simd(11);
const operations: Readonly<Record<number, readonly number[]>> = {
  [NOT]: simd(77),
  [AND]: simd(78),
  [AND_NOT]: simd(79),
  [OR]: simd(80),
  [OR_NOT]: [...simd(77), ...simd(80)],
  [CHOOSE]: simd(82),
};
const LOAD_LONG = [0x29];
const LONG_ZERO = [0x42, 0];
const BITS_IN_LONG = [0x7b];
const ADD_LONG = [0x7c];
const IS_ZERO = [0x50];
const TO_NUMBER = [0xa7];
const getLocal = (place: number) => [0x20, ...unsigned(place)];
const setLocal = (place: number) => [0x21, ...unsigned(place)];
const teeLocal = (place: number) => [0x22, ...unsigned(place)];
const number = (value: number) => [0x41, ...signed(value)];
const ADD = [0x6a];
const IF = [0x04, 0x40];
const END = [0x0b];

/** Where a vector of a register lies, past the bytes in local 0. */
const place = (register: number) => [4, ...unsigned(register * REGISTER_BYTES)];
const load = (register: number) => [...getLocal(0), ...LOAD, ...place(register)];

/** Does something for each vector of a register, or each piece of other size; local 0 counts its bytes. */
function eachVector(body: readonly number[], bytes = VECTOR_BYTES): number[] {
  const next = [...getLocal(0), ...number(bytes), ...ADD, ...teeLocal(0), ...number(REGISTER_BYTES)];
  return [...number(0), ...setLocal(0), 0x03, 0x40, ...body, ...next, 0x49, 0x0d, 0, ...END];
}

/**
 * Steps over registers; what one step makes the next one has at hand.
 * @param isRead whether anything but these steps reads a register; others need not be written
 */
export function codeOfSteps(steps: readonly Step[], isRead: (register: number) => boolean): WasmFunction {
  const locals = new Map<number, number>();
  const body: number[] = [];
  const named = (register: number) => {
    const local = locals.size + 1;
    locals.set(register, local);
    return local;
  };
  const use = (register: number) => {
    const known = locals.get(register);
    return known === undefined ? [...load(register), ...teeLocal(named(register))] : getLocal(known);
  };
  for (const step of steps) {
    const { operation, into } = step;
    const operands = operandsOf(step).flatMap(use);
    const instruction = operations[operation];
    if (!instruction) throw new Error(`no operation ${operation}`);
    if (isRead(into)) {
      body.push(...getLocal(0), ...operands, ...instruction, ...teeLocal(named(into)), ...STORE, ...place(into));
    } else body.push(...operands, ...instruction, ...setLocal(named(into)));
  }
  const variables = [
    { count: 1, type: I32 },
    { count: locals.size, type: V128 },
  ];
  return { locals: variables, code: eachVector(body) };
}

export function operandsOf({ operation, a, b, c }: Step): readonly number[] {
  if (operation === NOT) return [a];
  return operation === CHOOSE ? [a, b, c] : [a, b];
}

/** Where a policy leaves its two counts, and the registers that take its bits. */
export type Outputs = Readonly<{ countsAt: number; possible: number; certain: number }>;

/** Variables of a policy: bytes of the loop, and firms counted. */
const COUNTED = 1;

/**
 * Adds the firms that a policy may and does fit to its two counts. Who does is not asked where nobody may. With
 * `keepsBits` both registers hold its bits afterwards; else the second is left alone where both bounds are the same.
 */
export function codeOfPolicy({ possible, certain }: PolicyBounds, to: Outputs, keepsBits: boolean): WasmFunction {
  const may = codeOfBound(possible, to.countsAt, to.possible);
  const isSame = isSameBound(possible, certain) && !keepsBits;
  const does = isSame ? addCounted(to.countsAt + 4) : codeOfBound(certain, to.countsAt + 4, to.certain);
  const locals = [
    { count: 1, type: I32 },
    { count: 1, type: I64 },
  ];
  return { locals, code: [...may, ...getLocal(COUNTED), ...IS_ZERO, 0x45, ...IF, ...does, ...END] };
}

/**
 * Writes a bound into a register, counts its bits there, and adds them to a count in memory. A processor counts the bits
 * of a whole word at once, and those of a vector only byte by byte.
 */
function codeOfBound(bound: Bound, countAt: number, into: number): number[] {
  const written = eachVector([...getLocal(0), ...valueOfBound(bound), ...STORE, ...place(into)]);
  const counted = eachVector(
    Array.from({ length: WORDS_AT_ONCE }, (_, word) => countOfWord(into, word)).flat(),
    WORDS_AT_ONCE * WORD_BYTES,
  );
  return [...written, ...LONG_ZERO, ...setLocal(COUNTED), ...counted, ...addCounted(countAt)];
}

const WORD_BYTES = 8;
const WORDS_AT_ONCE = 8;

function countOfWord(register: number, word: number): number[] {
  const at = [3, ...unsigned(register * REGISTER_BYTES + word * WORD_BYTES)];
  return [
    ...getLocal(COUNTED),
    ...getLocal(0),
    ...LOAD_LONG,
    ...at,
    ...BITS_IN_LONG,
    ...ADD_LONG,
    ...setLocal(COUNTED),
  ];
}

function valueOfBound(bound: Bound): number[] {
  if (typeof bound === "number") return load(bound);
  const join = operations[bound.operation] ?? [];
  return bound.parts.flatMap((part, at) => [...valueOfBound(part), ...(at === 0 ? [] : join)]);
}

function addCounted(address: number): number[] {
  const at = [2, ...unsigned(address)];
  return [...number(0), ...number(0), 0x28, ...at, ...getLocal(COUNTED), ...TO_NUMBER, ...ADD, 0x36, ...at];
}

/** Calls others, one after another; each only where its byte in memory is set, if they have bytes. */
export function callsOf(functions: readonly number[], openAt?: number): WasmFunction {
  const code = functions.flatMap((each, at) => {
    const call = [0x10, ...unsigned(each)];
    return openAt === undefined ? call : [...byteAt(openAt + at), ...IF, ...call, ...END];
  });
  return { locals: [], code };
}

const byteAt = (address: number) => [...number(0), 0x2d, 0, ...unsigned(address)];
