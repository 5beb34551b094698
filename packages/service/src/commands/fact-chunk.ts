import type { FactColumn, FactColumns, FactDefinition, Json, NumberScale } from "@apply-free/rules";

/** Some firms of a file, their facts as columns. */
export type FactChunk = Readonly<{
  count: number;
  columns: FactColumns;
  /** Line of the file, from 1, or row where a file has no lines. */
  lineOf: (row: number) => number;
}>;

/** What is read of a file: facts that a policy asks for; others are only known by name. */
export type WantedFacts = Readonly<{
  /** Every fact that a column may be named for. */
  known: ReadonlyMap<string, FactDefinition>;
  wanted: ReadonlySet<string>;
  /** Facts of which it is enough to read one number for each class of them. */
  scales?: ReadonlyMap<string, NumberScale>;
}>;

/** Firms read and forgotten at a time. */
export const CHUNK_FIRMS = 16_384;

/** The column that names a firm; it is no fact. */
export const ID = "id";

/** Collects firms that come one by one. */
export class GrowingChunk {
  readonly #values = new Map<string, (Json | undefined)[]>();
  readonly #lines: number[] = [];

  get count(): number {
    return this.#lines.length;
  }

  get isFull(): boolean {
    return this.count >= CHUNK_FIRMS;
  }

  begin(line: number): void {
    this.#lines.push(line);
  }

  /** A fact of the firm that was begun last. */
  put(fact: string, value: Json): void {
    const values = this.#values.get(fact) ?? [];
    values[this.count - 1] = value;
    this.#values.set(fact, values);
  }

  finish(): FactChunk {
    const lines = [...this.#lines];
    const columns = new Map<string, FactColumn>();
    for (const [fact, values] of this.#values) {
      columns.set(fact, { kind: "values", values: Array.from({ length: lines.length }, (_, row) => values[row]) });
    }
    return { count: lines.length, columns, lineOf: (row) => lines[row] ?? 0 };
  }
}
