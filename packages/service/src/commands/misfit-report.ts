import { type FactDefinition, isValueOf, type Json, type Misfit } from "@apply-free/rules";
import type { FactChunk } from "./fact-chunk.ts";
import type { Io } from "./io.ts";

const MOST_NAMED = 10;
const MOST_REMEMBERED = 100_000;

/** Names the first values that are none of their facts, and counts the rest. Each counts as unknown. */
export class MisfitReport {
  readonly #file: string;
  readonly #io: Io;
  /** By fact; the same values come again and again. */
  readonly #known = new Map<string, Map<Json, boolean>>();
  count = 0;

  constructor(file: string, io: Io) {
    this.#file = file;
    this.#io = io;
  }

  add({ fact, row, value }: Misfit, { lineOf }: FactChunk): void {
    this.count += 1;
    if (this.count > MOST_NAMED) return;
    const written = JSON.stringify(value).slice(0, 60);
    this.#io.err(`${this.#file}:${lineOf(row)}: ${fact}: ${written} is no value of it and counts as unknown`);
  }

  /** Looks at every value of some facts. */
  addAll(chunk: FactChunk, facts: Iterable<FactDefinition>): void {
    for (const fact of facts) {
      const column = chunk.columns.get(fact.id);
      if (column === undefined) continue;
      const isValue = this.#asked(fact);
      if (column.kind === "dictionary") {
        const wrong = column.entries.map((entry) => entry !== undefined && !isValue(entry));
        if (!wrong.includes(true)) continue;
        for (let row = 0; row < chunk.count; row += 1) {
          const place = column.places[row] as number;
          if (wrong[place]) this.add({ fact: fact.id, row, value: column.entries[place] as Json }, chunk);
        }
        continue;
      }
      for (let row = 0; row < chunk.count; row += 1) {
        if (column.kind === "doubles" && column.known && column.known[row] !== 1) continue;
        const value = column.values[row];
        if (value !== undefined && !isValue(value)) this.add({ fact: fact.id, row, value }, chunk);
      }
    }
  }

  finish(): void {
    if (this.count > MOST_NAMED) this.#io.err(`${this.#file}: ${this.count} such values in all`);
  }

  #asked(fact: FactDefinition): (value: Json) => boolean {
    const known = this.#known.get(fact.id) ?? new Map<Json, boolean>();
    this.#known.set(fact.id, known);
    return (value) => {
      if (typeof value === "object") return isValueOf(fact, value);
      const found = known.get(value);
      if (found !== undefined) return found;
      const answer = isValueOf(fact, value);
      if (known.size < MOST_REMEMBERED) known.set(value, answer);
      return answer;
    };
  }
}
