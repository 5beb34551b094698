import type { Outcome } from "../decision.ts";
import type { Profile } from "../profile.ts";
import type { FirmTable } from "./firm-table.ts";
import { outcomeOf } from "./form-outcome.ts";
import type { Form } from "./plan.ts";
import { mayHold } from "./zones.ts";

/**
 * Decides one firm under all policies of a table, whether it is in the table or not. Each of its codes rules
 * out some policies by itself; few are left to be looked at.
 */
export class OneFirm {
  readonly #table: FirmTable;
  /** Policies that ask about a column. */
  readonly #asking: readonly (readonly number[])[];
  /** By column and code: a bit for each policy that is not ruled out. */
  readonly #open: (Int32Array | undefined)[][];

  constructor(table: FirmTable) {
    this.#table = table;
    const { columns, policies } = table.plan;
    const asking = columns.map((): Set<number> => new Set());
    const visit = (form: Form, policy: number) => {
      if (form.kind === "literal") asking[form.column]?.add(policy);
      else for (const part of form.parts) visit(part, policy);
    };
    for (const [place, { form }] of policies.entries()) visit(form, place);
    this.#asking = asking.map((each) => [...each]);
    this.#open = columns.map(() => []);
  }

  /** @returns what each policy answers, in the order of the plan */
  outcomes(profile: Profile): readonly Outcome[] {
    const { plan, codings } = this.#table;
    const codes = this.#table.codesOf(profile);
    const codeOf = (column: number) => codes[column] as number;
    const left = new Int32Array(Math.ceil(plan.policies.length / 32)).fill(-1);
    for (let column = 0; column < codes.length; column += 1) {
      const open = this.#openFor(column, codeOf(column));
      for (let word = 0; word < left.length; word += 1) left[word] = (left[word] as number) & (open[word] as number);
    }
    return plan.policies.map(({ form }, policy) => {
      const isLeft = ((left[policy >>> 5] as number) >>> (policy & 31)) & 1;
      return isLeft ? outcomeOf(form, codings, codeOf) : "ineligible";
    });
  }

  #openFor(column: number, code: number): Int32Array {
    const known = this.#open[column]?.[code];
    if (known) return known;
    const { plan, codings } = this.#table;
    const open = new Int32Array(Math.ceil(plan.policies.length / 32)).fill(-1);
    for (const policy of this.#asking[column] ?? []) {
      const form = plan.policies[policy]?.form;
      if (form && !mayHold(form, column, code, codings)) {
        open[policy >>> 5] = (open[policy >>> 5] as number) & ~(1 << (policy & 31));
      }
    }
    (this.#open[column] ?? [])[code] = open;
    return open;
  }
}
