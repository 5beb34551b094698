import type { Outcome } from "../decision.ts";
import type { Profile } from "../profile.ts";
import type { Coding } from "./coding.ts";
import type { FirmTable } from "./firm-table.ts";
import { outcomeOf } from "./form-outcome.ts";
import type { Form, PlannedPolicy, SweepPlan } from "./plan.ts";

/** A policy that answers otherwise now. */
export type ChangedVerdict = Readonly<{ policy: string; before: Outcome; after: Outcome }>;

const MOST_REMEMBERED = 10_000;

/** Leads from a fact to the questions that rest on it, and from a question to the policies that ask it. */
export class ChangeIndex {
  readonly #table: FirmTable;
  readonly #columnsOf: ReadonlyMap<string, readonly number[]>;
  readonly #askers = new Map<string, readonly number[]>();
  /** By column, then by question. */
  readonly #policiesOf: readonly (readonly ReadonlySet<number>[])[];

  constructor(table: FirmTable) {
    const { plan } = table;
    this.#table = table;
    const resting = plan.columns.flatMap(({ inputs }, column) => inputs.map((fact) => ({ fact, column })));
    const byFact = Map.groupBy(resting, ({ fact }) => fact);
    this.#columnsOf = new Map([...byFact].map(([fact, each]) => [fact, each.map(({ column }) => column)]));
    this.#policiesOf = policiesByQuestion(plan);
  }

  /**
   * Reads facts of a firm anew and decides only what can change: most new values answer every question as the
   * old one did.
   * @param profile all that is known of the firm now
   * @param facts those that may be other than before
   * @returns policies that answer otherwise, in the order of the plan
   */
  change(row: number, profile: Profile, facts: Iterable<string>): readonly ChangedVerdict[] {
    const columns = new Set([...facts].flatMap((fact) => this.#columnsOf.get(fact) ?? []));
    const before = this.#table.change(row, profile, columns);
    if (before.size === 0) return [];
    // Policies ask about the same few columns.
    const codes: (number | undefined)[] = [];
    const now = (column: number) => {
      codes[column] ??= this.#table.codeAt(row, column);
      return codes[column];
    };
    const then = (column: number) => before.get(column) ?? now(column);
    const found: ChangedVerdict[] = [];
    for (const policy of this.#askersOf(before, now)) {
      const [old, fresh] = [this.#outcome(policy, then), this.#outcome(policy, now)];
      if (old !== fresh) found.push({ policy: this.#planned(policy).policy.id, before: old, after: fresh });
    }
    return found;
  }

  /** What a policy answers for one firm of the table. @param policy its place in the plan */
  outcomeOf(policy: number, row: number): Outcome {
    return this.#outcome(policy, (column) => this.#table.codeAt(row, column));
  }

  /** Policies that ask a question whose answer is another now. */
  #askersOf(before: ReadonlyMap<number, number>, now: (column: number) => number): readonly number[] {
    const lists = [...before].map(([column, old]) => this.#askersBetween(column, old, now(column)));
    const [only] = lists;
    if (only && lists.length === 1) return only;
    return [...new Set(lists.flat())].sort((a, b) => a - b);
  }

  /** The same changes come again and again. */
  #askersBetween(column: number, old: number, fresh: number): readonly number[] {
    const key = `${column} ${old} ${fresh}`;
    const known = this.#askers.get(key);
    if (known) return known;
    const questions = (this.#table.codings[column] as Coding).questionsBetween(old, fresh);
    const policies = new Set(questions.flatMap((question) => [...(this.#policiesOf[column]?.[question] ?? [])]));
    const sorted = [...policies].sort((a, b) => a - b);
    if (this.#askers.size < MOST_REMEMBERED) this.#askers.set(key, sorted);
    return sorted;
  }

  #planned(policy: number): PlannedPolicy {
    const planned = this.#table.plan.policies[policy];
    if (!planned) throw new RangeError(`no policy ${policy} in the plan`);
    return planned;
  }

  #outcome(policy: number, codeOf: (column: number) => number): Outcome {
    return outcomeOf(this.#planned(policy).form, this.#table.codings, codeOf);
  }
}

function policiesByQuestion({ columns, policies }: SweepPlan): readonly (readonly ReadonlySet<number>[])[] {
  const asking = columns.map(({ questions }) => questions.map(() => new Set<number>()));
  const visit = (form: Form, policy: number) => {
    if (form.kind === "literal") asking[form.column]?.[form.question]?.add(policy);
    else for (const part of form.parts) visit(part, policy);
  };
  for (const [place, { form }] of policies.entries()) visit(form, place);
  return asking;
}
