import type { Outcome } from "../decision.ts";
import type { Profile } from "../profile.ts";
import { type ExplainedVerdict, FormExplainer, StatesInView } from "./explain-form.ts";
import type { FirmTable } from "./firm-table.ts";
import type { Form, PlannedPolicy } from "./plan.ts";
import { AnswersInView, NO, outcomeOfBits, verdictTrees } from "./verdict-tree.ts";
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
  readonly #nobody: readonly Outcome[];
  readonly #view: AnswersInView;
  readonly #explainers: FormExplainer[] = [];
  readonly #states = new StatesInView();
  #codes: Uint16Array = new Uint16Array();

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
    const trees = verdictTrees(table.plan, table.codings);
    this.#nobody = policies.map(() => "ineligible");
    this.#view = new AnswersInView(trees, table.codings, (column) => this.#codes[column] as number);
  }

  /** @returns what each policy answers, in the order of the plan */
  outcomes(profile: Profile): readonly Outcome[] {
    const outcomes = this.#nobody.slice();
    this.#eachOpen(profile, (policy, bits) => {
      outcomes[policy] = outcomeOfBits[bits] as Outcome;
    });
    return outcomes;
  }

  /** @returns all answers that are not "ineligible", each with its reasons, in the order of the plan */
  explained(profile: Profile): readonly ExplainedVerdict[] {
    const found: ExplainedVerdict[] = [];
    this.#states.begin(profile);
    this.#eachOpen(profile, (policy, bits) => {
      found.push(this.#explainerOf(policy).explain(outcomeOfBits[bits] as Outcome));
    });
    return found;
  }

  #explainerOf(policy: number): FormExplainer {
    const known = this.#explainers[policy];
    if (known) return known;
    const planned = this.#table.plan.policies[policy] as PlannedPolicy;
    const explainer = new FormExplainer(planned, this.#table, this.#view, this.#states);
    this.#explainers[policy] = explainer;
    return explainer;
  }

  /** Shows each policy that a firm may fit. */
  #eachOpen(profile: Profile, show: (policy: number, bits: number) => void): void {
    this.#codes = this.#table.codesOf(profile);
    this.#view.begin();
    const codes = this.#codes;
    const left = new Int32Array(Math.ceil(this.#nobody.length / 32)).fill(-1);
    for (let column = 0; column < codes.length; column += 1) {
      const open = this.#openFor(column, codes[column] as number);
      if (open === ALL_OPEN) continue;
      for (let word = 0; word < left.length; word += 1) left[word] = (left[word] as number) & (open[word] as number);
    }
    for (let word = 0; word < left.length; word += 1) {
      for (let bits = left[word] as number; bits !== 0; bits &= bits - 1) {
        const policy = word * 32 + 31 - Math.clz32(bits & -bits);
        const found = policy < this.#nobody.length ? this.#view.verdict(policy) : NO;
        if (found !== NO) show(policy, found);
      }
    }
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
    const found = open.every((word) => word === -1) ? ALL_OPEN : open;
    (this.#open[column] ?? [])[code] = found;
    return found;
  }
}

/** Of a code that rules out no policy. */
const ALL_OPEN = new Int32Array();
