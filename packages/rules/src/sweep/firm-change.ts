import type { Outcome } from "../decision.ts";
import type { Profile } from "../profile.ts";
import type { Coding } from "./coding.ts";
import type { FirmTable } from "./firm-table.ts";
import { isOpen, OpenPolicies } from "./open-policies.ts";
import { literalsOf, type SweepPlan } from "./plan.ts";
import { AnswersInView, outcomeOfBits, verdictTrees } from "./verdict-tree.ts";
import { rulingOut } from "./zones.ts";

/** A policy that answers otherwise now. */
export type ChangedVerdict = Readonly<{ policy: string; before: Outcome; after: Outcome }>;

const MOST_REMEMBERED = 10_000;

/** Leads from a fact to the questions that rest on it, and from a question to the policies that ask it. */
export class ChangeIndex {
  readonly #table: FirmTable;
  readonly #columnsOf: ReadonlyMap<string, readonly number[]>;
  readonly #askers = new Map<number, readonly number[]>();
  /** By column, then by question. */
  readonly #policiesOf: readonly (readonly ReadonlySet<number>[])[];
  readonly #view: AnswersInView;
  readonly #open: OpenPolicies;
  /** Columns that rule out most policies. */
  readonly #first: readonly number[];
  #row = 0;

  constructor(table: FirmTable) {
    const { plan } = table;
    this.#table = table;
    const resting = plan.columns.flatMap(({ inputs }, column) => inputs.map((fact) => ({ fact, column })));
    const byFact = Map.groupBy(resting, ({ fact }) => fact);
    this.#columnsOf = new Map([...byFact].map(([fact, each]) => [fact, each.map(({ column }) => column)]));
    this.#policiesOf = policiesByQuestion(plan);
    this.#open = new OpenPolicies(table);
    this.#first = rulingOut(plan, table.codings);
    for (const column of this.#first)
      for (let code = 0; code < (table.codings[column] as Coding).size; code += 1) this.#open.of(column, code);
    const trees = verdictTrees(plan, table.codings);
    this.#view = new AnswersInView(trees, table.codings, (column) => table.codeAt(this.#row, column));
  }

  /**
   * Reads facts of a firm anew and decides only what can change: most new values answer every question as the
   * old one did.
   * @param profile all that is known of the firm now
   * @param facts those that may be other than before
   * @returns policies that answer otherwise, in the order of the plan
   */
  change(row: number, profile: Profile, facts: Iterable<string>): readonly ChangedVerdict[] {
    const before = this.#table.change(row, profile, this.#columnsFor(facts));
    if (before.size === 0) return NOTHING;
    this.#row = row;
    this.#view.begin(before);
    const found: ChangedVerdict[] = [];
    const ruling: Int32Array[] = [];
    for (const column of this.#first)
      if (!before.has(column)) ruling.push(this.#open.of(column, this.#table.codeAt(row, column)));
    for (const policy of this.#askersOf(before)) {
      // What a place rules out, it ruled out before: such a policy need not even be looked up.
      if (!isOpenInAll(ruling, policy)) continue;
      // Most policies say no before and after: they leave at their first part, and the rest of the firm is not read.
      const both = this.#view.bothVerdicts(policy);
      const [fresh, old] = [both & 3, both >> 2];
      if (old !== fresh) found.push({ policy: this.#idOf(policy), before: nameOf(old), after: nameOf(fresh) });
    }
    return found;
  }

  /** What a policy answers for one firm of the table. @param policy its place in the plan */
  outcomeOf(policy: number, row: number): Outcome {
    if (!this.#table.plan.policies[policy]) throw new RangeError(`no policy ${policy} in the plan`);
    this.#row = row;
    this.#view.begin();
    return nameOf(this.#view.verdict(policy));
  }

  #columnsFor(facts: Iterable<string>): Iterable<number> {
    const lists = Array.from(facts, (fact) => this.#columnsOf.get(fact) ?? []);
    const [only = []] = lists;
    return lists.length < 2 ? only : new Set(lists.flat());
  }

  /** Policies that ask a question whose answer is another now. */
  #askersOf(before: ReadonlyMap<number, number>): readonly number[] {
    const lists = Array.from(before, ([column, old]) =>
      this.#askersBetween(column, old, this.#table.codeAt(this.#row, column)),
    );
    const [only] = lists;
    if (only && lists.length === 1) return only;
    return [...new Set(lists.flat())].sort((a, b) => a - b);
  }

  /** The same changes come again and again. */
  #askersBetween(column: number, old: number, fresh: number): readonly number[] {
    const key = (column * CODES + old) * CODES + fresh;
    const known = this.#askers.get(key);
    if (known) return known;
    const questions = (this.#table.codings[column] as Coding).questionsBetween(old, fresh);
    const policies = new Set(questions.flatMap((question) => [...(this.#policiesOf[column]?.[question] ?? [])]));
    const sorted = [...policies].sort((a, b) => a - b);
    if (this.#askers.size < MOST_REMEMBERED) this.#askers.set(key, sorted);
    return sorted;
  }

  #idOf(policy: number): string {
    return this.#table.plan.policies[policy]?.policy.id as string;
  }
}

function isOpenInAll(ruling: readonly Int32Array[], policy: number): boolean {
  for (const open of ruling) if (!isOpen(open, policy)) return false;
  return true;
}

const NOTHING: readonly ChangedVerdict[] = [];
/** More than a column has; a change of two codes is then one whole number. */
const CODES = 65_536;

const nameOf = (bits: number) => outcomeOfBits[bits] as Outcome;

function policiesByQuestion({ columns, policies }: SweepPlan): readonly (readonly ReadonlySet<number>[])[] {
  const asking = columns.map(({ questions }) => questions.map(() => new Set<number>()));
  for (const [place, { form }] of policies.entries())
    for (const { column, question } of literalsOf(form)) asking[column]?.[question]?.add(place);
  return asking;
}
