import type { FirmTable } from "./firm-table.ts";
import { literalsOf } from "./plan.ts";
import { mayHold } from "./zones.ts";

/** Which policies a firm may still fit by its code in one column alone: a bit for each, in words of 32. */
export class OpenPolicies {
  readonly #table: FirmTable;
  /** Policies that ask about a column. */
  readonly #asking: readonly (readonly number[])[];
  readonly #known: (Int32Array | undefined)[][];

  constructor(table: FirmTable) {
    this.#table = table;
    const { columns, policies } = table.plan;
    const asking = columns.map((): Set<number> => new Set());
    for (const [place, { form }] of policies.entries())
      for (const { column } of literalsOf(form)) asking[column]?.add(place);
    this.#asking = asking.map((each) => [...each]);
    this.#known = columns.map(() => []);
  }

  /** @returns ALL_OPEN where none is ruled out */
  of(column: number, code: number): Int32Array {
    const known = this.#known[column]?.[code];
    if (known) return known;
    const { plan, codings } = this.#table;
    const open = new Int32Array(Math.ceil(plan.policies.length / 32)).fill(-1);
    for (const policy of this.#asking[column] ?? []) {
      const form = plan.policies[policy]?.form;
      if (form && !mayHold(form, column, code, codings)) {
        open[policy >>> 5] = (open[policy >>> 5] as number) & ~(1 << (policy & 31));
      }
    }
    const found = open.every((word) => word === -1) ? ALL_OPEN : open;
    (this.#known[column] ?? [])[code] = found;
    return found;
  }
}

/** Of a code that rules out no policy. */
export const ALL_OPEN = new Int32Array();

export function isOpen(open: Int32Array, policy: number): boolean {
  return open === ALL_OPEN || (((open[policy >>> 5] as number) >>> (policy & 31)) & 1) === 1;
}
