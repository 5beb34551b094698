import type { Outcome } from "../decision.ts";
import type { Profile } from "../profile.ts";
import { type ExplainedVerdict, FormExplainer, MissingInView, Reasons } from "./explain-form.ts";
import type { FirmTable } from "./firm-table.ts";
import { ALL_OPEN, OpenPolicies } from "./open-policies.ts";
import type { PlannedPolicy } from "./plan.ts";
import { AnswersInView, NO, outcomeOfBits, verdictTrees } from "./verdict-tree.ts";

/**
 * Decides one firm under all policies of a table, whether it is in the table or not. Each of its codes rules
 * out some policies by itself; few are left to be looked at.
 */
export class OneFirm {
  readonly #table: FirmTable;
  readonly #open: OpenPolicies;
  readonly #nobody: readonly Outcome[];
  readonly #view: AnswersInView;
  readonly #explainers: FormExplainer[] = [];
  readonly #missing: MissingInView;
  readonly #reasons = new Reasons();
  #codes: Uint16Array = new Uint16Array();

  constructor(table: FirmTable) {
    this.#table = table;
    this.#open = new OpenPolicies(table);
    this.#missing = new MissingInView(table);
    const trees = verdictTrees(table.plan, table.codings);
    this.#nobody = table.plan.policies.map(() => "ineligible");
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
    this.#missing.begin(profile);
    this.#reasons.profile = profile;
    this.#eachOpen(profile, (policy, bits) => {
      found.push(this.#explainerOf(policy).explain(outcomeOfBits[bits] as Outcome, this.#reasons));
    });
    return found;
  }

  #explainerOf(policy: number): FormExplainer {
    const known = this.#explainers[policy];
    if (known) return known;
    const planned = this.#table.plan.policies[policy] as PlannedPolicy;
    const explainer = new FormExplainer(planned, this.#view, this.#missing);
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
      const open = this.#open.of(column, codes[column] as number);
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
}
