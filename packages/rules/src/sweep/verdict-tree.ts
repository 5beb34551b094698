import type { Outcome } from "../decision.ts";
import type { Coding } from "./coding.ts";
import type { Form, SweepPlan } from "./plan.ts";

/**
 * Answers as bits: the higher for "may", both for "does". Then `and` of answers is the three-valued "all" and `or`
 * is "any", whether one answer is kept in a number or several side by side.
 */
export const NO = 0;
export const MAY = 2;
export const DOES = 3;

/** By the place of an answer (true, false, unknown, void), behind them the same under `not`. */
const bitsOf = Uint8Array.of(DOES, NO, MAY, NO, NO, DOES, MAY, NO);
const UNDER_NOT = 4;

export const outcomeOfBits: readonly Outcome[] = ["ineligible", "ineligible", "undetermined", "eligible"];

const ALL = 1;
const ANY = 2;

/**
 * The forms of all policies, one behind the other, so that a firm is asked without a walk through memory. A group is
 * its kind, the place behind it, and its parts; a literal is the complement of its column, and its question times
 * eight with UNDER_NOT. Of a group that part comes first which most often decides it.
 */
export type VerdictTrees = Readonly<{ words: Int32Array; starts: Int32Array }>;

/** Trees in the order of the plan. */
export function verdictTrees({ policies }: SweepPlan, codings: readonly Coding[]): VerdictTrees {
  const shares = new Map<string, number>();
  const words: number[] = [];
  const starts = policies.map(({ form }) => {
    const start = words.length;
    write(form, words, (part) => shareOfForm(part, codings, shares));
    return start;
  });
  return { words: Int32Array.from(words), starts: Int32Array.from(starts) };
}

function write(form: Form, words: number[], shareOf: (form: Form) => number): void {
  if (form.kind === "literal") {
    words.push(~form.column, form.question * 8 + (form.isNegated ? UNDER_NOT : 0));
    return;
  }
  const isAll = form.kind === "all";
  const at = words.push(isAll ? ALL : ANY, 0) - 1;
  const parts = form.parts.map((part) => ({ part, share: shareOf(part) }));
  parts.sort((a, b) => (isAll ? a.share - b.share : b.share - a.share));
  for (const { part } of parts) write(part, words, shareOf);
  words[at] = words.length;
}

/** How much of all values a form lets pass, roughly. */
function shareOfForm(form: Form, codings: readonly Coding[], shares: Map<string, number>): number {
  if (form.kind !== "literal") {
    const parts = form.parts.map((part) => shareOfForm(part, codings, shares));
    if (form.kind === "all") return parts.reduce((product, share) => product * share, 1);
    return Math.min(
      1,
      parts.reduce((sum, share) => sum + share, 0),
    );
  }
  const { column, question, isNegated } = form;
  const key = `${column} ${question} ${isNegated}`;
  const share = shares.get(key) ?? shareOfLiteral(codings[column] as Coding, question, isNegated ? UNDER_NOT : 0);
  shares.set(key, share);
  return share;
}

const MOST_ASKED = 64;

function shareOfLiteral(coding: Coding, question: number, negated: number): number {
  const step = Math.max(1, Math.floor(coding.size / MOST_ASKED));
  let [asked, passed] = [1, 0.5];
  for (let code = 1; code < coding.size; code += step) {
    asked += 1;
    if (bitsOf[(coding.answersOf(code)[question] as number) + negated] !== NO) passed += 1;
  }
  return passed / asked;
}

/** The answers of one firm, read when a tree asks for them; those of before beside them where a change is looked at. */
export class AnswersInView {
  readonly #trees: VerdictTrees;
  readonly #codings: readonly Coding[];
  readonly #read: (column: number) => number;
  readonly #now: (Uint8Array | undefined)[];
  readonly #then: (Uint8Array | undefined)[];

  /** @param read the code that the firm has in a column now */
  constructor(trees: VerdictTrees, codings: readonly Coding[], read: (column: number) => number) {
    this.#trees = trees;
    this.#codings = codings;
    this.#read = read;
    this.#now = new Array(codings.length).fill(undefined);
    this.#then = new Array(codings.length).fill(undefined);
  }

  /** Looks at another firm. @param before codes that it had until now, by column */
  begin(before?: ReadonlyMap<number, number>): void {
    this.#now.fill(undefined);
    if (!before) return;
    this.#then.fill(undefined);
    for (const [column, code] of before) this.#then[column] = this.#codings[column]?.answersOf(code);
  }

  /** Places of the answers to all questions about a column. */
  answers(column: number): Uint8Array {
    const known = this.#now[column];
    if (known !== undefined) return known;
    const answers = (this.#codings[column] as Coding).answersOf(this.#read(column));
    this.#now[column] = answers;
    return answers;
  }

  /** NO, MAY or DOES. */
  verdict(policy: number): number {
    return this.#verdict(this.#trees.starts[policy] as number);
  }

  /** What holds now in the lower two bits, and what held before in the two above them. */
  bothVerdicts(policy: number): number {
    return this.#both(this.#trees.starts[policy] as number);
  }

  #verdict(at: number): number {
    const { words } = this.#trees;
    const head = words[at] as number;
    const second = words[at + 1] as number;
    if (head < 0) return bitsOf[(this.answers(~head)[second >> 3] as number) + (second & UNDER_NOT)] as number;
    let sofar = head === ALL ? DOES : NO;
    for (let part = at + 2; part < second; part = behind(words, part)) {
      const bits = this.#verdict(part);
      sofar = head === ALL ? sofar & bits : sofar | bits;
      if (sofar === (head === ALL ? NO : DOES)) break;
    }
    return sofar;
  }

  #both(at: number): number {
    const { words } = this.#trees;
    const head = words[at] as number;
    const second = words[at + 1] as number;
    if (head < 0) {
      const now = this.answers(~head);
      const then = this.#then[~head] ?? now;
      const negated = second & UNDER_NOT;
      const bits = bitsOf[(now[second >> 3] as number) + negated] as number;
      return bits | ((bitsOf[(then[second >> 3] as number) + negated] as number) << 2);
    }
    let sofar = head === ALL ? BOTH : NO;
    for (let part = at + 2; part < second; part = behind(words, part)) {
      const bits = this.#both(part);
      sofar = head === ALL ? sofar & bits : sofar | bits;
      if (sofar === (head === ALL ? NO : BOTH)) break;
    }
    return sofar;
  }
}

/** It does, and did. */
const BOTH = DOES | (DOES << 2);

const behind = (words: Int32Array, at: number) => ((words[at] as number) < 0 ? at + 2 : (words[at + 1] as number));
