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
import { I32, signed, unsigned, V128, type WasmFunction } from "./wasm-bytes.ts";

/** Bytes of one register. */
export const REGISTER_BYTES = PLANE_WORDS * 4;
const VECTOR_BYTES = 16;

/** Instructions. Source: WebAssembly Core Specification, 5.4, vector instructions. */
const simd = (code: number) => [0xfd, ...unsigned(code)];
const LOAD = simd(0);
const STORE = simd(11);
const ZERO = [...simd(12), ...Array<number>(16).fill(0)];
const operations: Readonly<Record<number, readonly number[]>> = {
  [NOT]: simd(77),
  [AND]: simd(78),
  [AND_NOT]: simd(79),
  [OR]: simd(80),
  [OR_NOT]: [...simd(77), ...simd(80)],
  [CHOOSE]: simd(82),
};
const BITS_IN_BYTES = simd(98);
const PAIRS_OF_BYTES = simd(125);
const PAIRS_OF_SHORTS = simd(127);
const ADD_SHORTS = simd(142);
const lane = (place: number) => [...simd(27), place];
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

/** Does something for each vector of a register; local 0 counts its bytes. */
function eachVector(body: readonly number[]): number[] {
  const next = [...getLocal(0), ...number(VECTOR_BYTES), ...ADD, ...teeLocal(0), ...number(REGISTER_BYTES)];
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

/** Where a policy leaves its counts, and, if they are wanted, its bits. */
export type Outputs = Readonly<{ countsAt: number; bits?: Readonly<{ possible: number; certain: number }> }>;

/** Variables of a policy: bytes of the loop, firms counted, and the counts of the loop so far. */
const COUNTED = 1;
const TOTAL = 2;

/** Adds the firms that a policy may and does fit to its two counts. The second is left out where the first is none. */
export function codeOfPolicy({ possible, certain }: PolicyBounds, { countsAt, bits }: Outputs): WasmFunction {
  const may = codeOfBound(possible, countsAt, bits?.possible);
  const isSame = isSameBound(possible, certain) && !bits;
  const does = isSame ? addTo(countsAt + 4, getLocal(COUNTED)) : codeOfBound(certain, countsAt + 4, bits?.certain);
  const locals = [
    { count: 2, type: I32 },
    { count: 1, type: V128 },
  ];
  return { locals, code: [...may, ...getLocal(COUNTED), ...IF, ...does, ...END] };
}

/** Counts a bound, and adds it to a count in memory. */
function codeOfBound(bound: Bound, countAt: number, bits: number | undefined): number[] {
  const value = valueOfBound(bound);
  const kept = bits === undefined ? value : [...getLocal(0), ...value, ...STORE, ...place(bits), ...load(bits)];
  const body = [...kept, ...BITS_IN_BYTES, ...PAIRS_OF_BYTES, ...getLocal(TOTAL), ...ADD_SHORTS, ...setLocal(TOTAL)];
  const sum = [0, 1, 2, 3].flatMap((each) => [
    ...getLocal(TOTAL),
    ...PAIRS_OF_SHORTS,
    ...lane(each),
    ...(each === 0 ? [] : ADD),
  ]);
  const counted = [...ZERO, ...setLocal(TOTAL), ...eachVector(body), ...sum, ...setLocal(COUNTED)];
  return [...counted, ...addTo(countAt, getLocal(COUNTED))];
}

function valueOfBound(bound: Bound): number[] {
  if (typeof bound === "number") return load(bound);
  const join = operations[bound.operation] ?? [];
  return bound.parts.flatMap((part, at) => [...valueOfBound(part), ...(at === 0 ? [] : join)]);
}

function addTo(address: number, value: readonly number[]): number[] {
  const at = [2, ...unsigned(address)];
  return [...number(0), ...number(0), 0x28, ...at, ...value, ...ADD, 0x36, ...at];
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
