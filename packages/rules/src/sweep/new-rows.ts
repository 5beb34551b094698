import type { CodeRow } from "./block.ts";

/** Codes of new firms in the zone, and their places in the order of these. */
export type Kept = Readonly<{ zone: Uint16Array; order: Int32Array }>;

/** Memory for the codes of firms that are being added, used again: as they come, and as they will lie. */
export type NewRows = Kept & Readonly<{ codes: Uint16Array; bytes: Uint8Array; narrow: CodeRow }>;

export function newRowsFor(count: number): NewRows {
  const bytes = new Uint8Array(count);
  const [codes, zone, order] = [new Uint16Array(count), new Uint16Array(count), new Int32Array(count)];
  return { codes, zone, order, bytes, narrow: { bytes: new DataView(bytes.buffer) } };
}

export function gathered(from: Uint16Array, order: Int32Array): Uint16Array {
  const into = new Uint16Array(order.length);
  for (let place = 0; place < order.length; place += 1) into[place] = from[order[place] as number] as number;
  return into;
}

export function gatherBytes(from: Uint16Array, order: Int32Array | undefined, into: Uint8Array): void {
  if (!order) for (let place = 0; place < from.length; place += 1) into[place] = from[place] as number;
  else for (let place = 0; place < order.length; place += 1) into[place] = from[order[place] as number] as number;
}

/** Places by their code, those of one code as they came. */
export function putInOrder(codes: Uint16Array, order: Int32Array): void {
  const next: number[] = [0];
  for (let place = 0; place < codes.length; place += 1) {
    const after = (codes[place] as number) + 1;
    while (next.length <= after) next.push(0);
    next[after] = (next[after] as number) + 1;
  }
  for (let code = 1; code < next.length; code += 1) next[code] = (next[code] as number) + (next[code - 1] as number);
  for (let place = 0; place < codes.length; place += 1) {
    const code = codes[place] as number;
    order[next[code] as number] = place;
    next[code] = (next[code] as number) + 1;
  }
}
