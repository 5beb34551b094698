/** What a kind of number says of its doubles. */
export type DoubleClasses = Readonly<{
  ofDouble: (value: number) => number;
  /** The code that all numbers from one to another share; `undefined` where they do not. */
  codeBetween: (from: number, to: number) => number | undefined;
  isWhole: boolean;
}>;

/** Bits of a double beside its sign that tell its drawer: the exponent, and six of the fraction. */
const BITS_LEFT_OUT = 14;
/** Drawers from a millionth, below which JSON writes an exponent, to 10²¹, from which it does. */
const FIRST = 1003 << 6;
const DRAWERS = (1093 << 6) - FIRST;
const MAGNITUDE = 0x1ffff;
const NONE = -1;

/** Which half of a double holds its sign, in the order of bytes of this machine. */
const HIGH = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/**
 * Codes of many doubles. Doubles of one sign that begin with the same bits lie beside each other, and hardly ever a
 * limit between them: their code is looked up, and only where there is one is it searched.
 */
export class DoubleCodes {
  readonly #classes: DoubleClasses;
  #drawers: Int32Array | undefined;

  constructor(classes: DoubleClasses) {
    this.#classes = classes;
  }

  /** @param known 1 for each that is one; others keep what `into` says */
  read(into: Uint16Array, values: Float64Array, known: Uint8Array | undefined, from: number): void {
    const { ofDouble, isWhole } = this.#classes;
    this.#drawers ??= drawersOf(this.#classes);
    const drawers = this.#drawers;
    const halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let place = 0; place < into.length; place += 1) {
      const row = from + place;
      if (known && known[row] !== 1) continue;
      const half = halves[2 * row + HIGH] as number;
      const drawer = ((half >>> BITS_LEFT_OUT) & MAGNITUDE) - FIRST;
      const isNear = drawer >= 0 && drawer < DRAWERS;
      const code = isNear ? (drawers[half >>> 31 === 0 ? drawer : DRAWERS + drawer] as number) : NONE;
      const value = values[row] as number;
      into[place] = code === NONE || (isWhole && Math.floor(value) !== value) ? ofDouble(value) : code;
    }
  }
}

function drawersOf({ codeBetween }: DoubleClasses): Int32Array {
  const drawers = new Int32Array(2 * DRAWERS);
  for (let drawer = 0; drawer < DRAWERS; drawer += 1) {
    const half = (FIRST + drawer) << BITS_LEFT_OUT;
    const least = doubleOf(half, 0);
    const most = doubleOf(half | ((1 << BITS_LEFT_OUT) - 1), 0xffffffff);
    drawers[drawer] = codeBetween(least, most) ?? NONE;
    drawers[DRAWERS + drawer] = codeBetween(-most, -least) ?? NONE;
  }
  return drawers;
}

const scratch = new Float64Array(1);
const scratchHalves = new Uint32Array(scratch.buffer);

function doubleOf(high: number, low: number): number {
  scratchHalves[HIGH] = high;
  scratchHalves[1 - HIGH] = low;
  return scratch[0] as number;
}
