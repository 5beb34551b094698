/** A node of a circuit over the planes of one column. */
export type Gate =
  | Readonly<{ kind: "false" }>
  | Readonly<{ kind: "true" }>
  /** The plane of one bit of the code. */
  | Readonly<{ kind: "plane"; plane: number }>
  | Choice;

/** Where the plane is set `yes`, elsewhere `no`. */
export type Choice = Readonly<{ kind: "choice"; plane: number; yes: Gate; no: Gate }>;

const NO: Gate = { kind: "false" };
const YES: Gate = { kind: "true" };
/** A code that does not occur may answer anything. */
const ANY = 2;

/**
 * Turns sets of codes of one column into circuits, deciding one bit of the code after another; what two
 * sets have in common is built once.
 */
export class ClassCircuits {
  readonly #first: number;
  readonly #width: number;
  readonly #made = new Map<string, Gate>();

  /** @param first plane of the lowest bit */
  constructor(first: number, width: number) {
    this.#first = first;
    this.#width = width;
  }

  /** @param members 1 for each code in the set, 0 for the others; codes beyond it do not occur */
  of(members: Uint8Array): Gate {
    const table = new Uint8Array(1 << this.#width).fill(ANY);
    table.set(members);
    return this.#gate(table, this.#width);
  }

  #gate(table: Uint8Array, bits: number): Gate {
    if (!table.includes(1)) return NO;
    if (!table.includes(0)) return YES;
    const key = table.join("");
    const known = this.#made.get(key);
    if (known) return known;
    const half = table.length / 2;
    const low = table.subarray(0, half);
    const high = table.subarray(half);
    const merged = mergedOf(low, high);
    const gate = merged ? this.#gate(merged, bits - 1) : this.#choice(low, high, bits - 1);
    this.#made.set(key, gate);
    return gate;
  }

  #choice(low: Uint8Array, high: Uint8Array, bit: number): Gate {
    const plane = this.#first + bit;
    const yes = this.#gate(high, bit);
    const no = this.#gate(low, bit);
    return yes === YES && no === NO ? { kind: "plane", plane } : { kind: "choice", plane, yes, no };
  }
}

/** One table that serves both halves, if a bit makes no difference. */
function mergedOf(low: Uint8Array, high: Uint8Array): Uint8Array | undefined {
  const merged = new Uint8Array(low.length);
  for (const [place, a] of low.entries()) {
    const b = high[place] as number;
    if (a !== b && a !== ANY && b !== ANY) return undefined;
    merged[place] = a === ANY ? b : a;
  }
  return merged;
}
