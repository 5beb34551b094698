import { DoubleCodes } from "./double-codes.ts";

/** Where a fact's numbers change what any question answers; plain data, which any thread can be told. */
export type NumberScale = Readonly<{
  /** In their order, each once. */
  cuts: Float64Array;
  /** Others than whole numbers are no values. */
  isWhole: boolean;
}>;

/** Stands for a number that is no value of its fact. */
const NONE = -1;

/**
 * The class of a number: twice the number of cuts up to it where it lies between two, one less where it is the very
 * double of one.
 */
export function classOn({ cuts, isWhole }: NumberScale, value: number): number {
  if (!isWritten(value) || (isWhole && !Number.isInteger(value))) return NONE;
  const place = placeOn(cuts, value);
  return place > 0 && cuts[place - 1] === value ? 2 * place - 1 : 2 * place;
}

/** The class that all numbers from one to another share; `undefined` where they do not. */
function classBetween({ cuts }: NumberScale, from: number, to: number): number | undefined {
  const place = placeOn(cuts, from);
  const isOneSpan = place === placeOn(cuts, to) && cuts[place - 1] !== from && isWritten(from) && isWritten(to);
  return isOneSpan ? 2 * place : undefined;
}

/** How many cuts are at most `value`; `value` itself is the last of them or lies after it. */
export function placeOn(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** JSON writes other doubles with an exponent, which is no value of a fact. NaN and infinity are none either. */
function isWritten(value: number): boolean {
  const size = Math.abs(value);
  return size < 1e21 && (size >= 1e-6 || size === 0);
}

/** Codes of doubles by their class. @param codeOf told -1 of a number that is no value of its fact */
export function codesOn(scale: NumberScale, codeOf: (found: number) => number): DoubleCodes {
  const ofDouble = (value: number) => codeOf(classOn(scale, value));
  const codeBetween = (from: number, to: number) => {
    const shared = classBetween(scale, from, to);
    return shared === undefined ? undefined : codeOf(shared);
  };
  return new DoubleCodes({ ofDouble, codeBetween, isWhole: scale.isWhole });
}

/** Numbers as places among a few of them: of one class, any answers as all do. */
export class ScaleReader {
  /** The first number of each class that was met; the first of them has place 1. */
  readonly entries: (number | undefined)[];
  readonly #codes: DoubleCodes;

  constructor(scale: NumberScale) {
    this.entries = new Array(2 * scale.cuts.length + 1).fill(undefined);
    this.#codes = placesOn(scale);
  }

  /** @returns whether each is a value of its fact; else a place is 0 */
  read(into: Uint16Array, values: Float64Array): boolean {
    this.#codes.read(into, values, undefined, 0);
    const { entries } = this;
    let isEach = true;
    for (let at = 0; at < into.length; at += 1) {
      const place = into[at] as number;
      if (place === 0) isEach = false;
      else if (entries[place - 1] === undefined) entries[place - 1] = values[at];
    }
    return isEach;
  }
}

const known = new WeakMap<NumberScale, DoubleCodes>();

function placesOn(scale: NumberScale): DoubleCodes {
  const made = known.get(scale);
  if (made) return made;
  const codes = codesOn(scale, (found) => found + 1);
  known.set(scale, codes);
  return codes;
}
