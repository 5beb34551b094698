/** Bytes of WebAssembly's binary format. Source: WebAssembly Core Specification, section 5. */

export type Bytes = readonly number[];

/** An unsigned whole number, seven bits a byte. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** A signed whole number, seven bits a byte. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export function listOf(items: readonly Bytes[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

export function text(written: string): number[] {
  const bytes = new TextEncoder().encode(written);
  return [...unsigned(bytes.length), ...bytes];
}

export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;

/** A function without parameters or results: its variables, then its instructions. */
export type WasmFunction = Readonly<{ locals: readonly Readonly<{ count: number; type: number }>[]; code: Bytes }>;

/**
 * A module that imports one memory as `outside.memory` and exports functions by name.
 * @param functions in the order in which `call` counts them
 */
export function moduleOf(
  functions: readonly WasmFunction[],
  exported: ReadonlyMap<string, number>,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const sections: [id: number, content: number[]][] = [
    [1, listOf([[0x60, 0, 0]])],
    [2, listOf([[...text("outside"), ...text("memory"), 2, 0, ...unsigned(pages)]])],
    [3, listOf(functions.map(() => [0]))],
    [7, listOf([...exported].map(([name, place]) => [...text(name), 0, ...unsigned(place)]))],
  ];
  const bodies = functions.map(bodyOf);
  const count = unsigned(bodies.length);
  const size = bodies.reduce((sum, { length }) => sum + length, count.length);
  const head = [0x00, 0x61, 0x73, 0x6d, 0x01, 0, 0, 0];
  for (const [id, content] of sections) head.push(id, ...unsigned(content.length), ...content);
  head.push(10, ...unsigned(size), ...count);
  const whole = new Uint8Array(head.length - count.length + size);
  let at = 0;
  for (const part of [head, ...bodies]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bodyOf({ locals, code }: WasmFunction): number[] {
  const declared = listOf(locals.map(({ count, type }) => [...unsigned(count), type]));
  return unsigned(declared.length + code.length + 1).concat(declared, code, 0x0b);
}
