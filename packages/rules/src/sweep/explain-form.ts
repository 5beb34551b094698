import type { Condition } from "../condition/condition.ts";
import type { Outcome, Trace, TraceResult } from "../decision.ts";
import type { Answer } from "../formula/logic.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import type { FactState, Profile } from "../profile.ts";
import { answerPlaces } from "./coding.ts";
import type { FirmTable } from "./firm-table.ts";
import { type Literal, literalsOf, type PlannedPolicy } from "./plan.ts";
import type { AnswersInView } from "./verdict-tree.ts";

/** What a policy answers, and why, without its amount: that is computed by `decide`. */
export class ExplainedVerdict {
  readonly #form: FormExplainer;
  readonly #profile: Profile;
  readonly #results: Uint8Array;
  readonly #first: number;
  readonly outcome: Outcome;
  /** Facts whose values are not known, under requirements that are open for want of them. */
  readonly missing: readonly string[];

  constructor(form: FormExplainer, { profile, results, first }: Reasons, outcome: Outcome, missing: readonly string[]) {
    this.#form = form;
    this.#profile = profile;
    this.#results = results;
    this.#first = first;
    this.outcome = outcome;
    this.missing = missing;
  }

  get policy(): string {
    return this.#form.policy.id;
  }

  get version(): number {
    return this.#form.policy.version;
  }

  /** The requirements as authored, each with its result; values that were found where they are known. */
  get trace(): Trace {
    return this.#form.trace(this.#profile, this.#results, this.#first);
  }

  /** All of it, as a plain object has it. */
  toJSON() {
    const { policy, version, outcome, missing, trace } = this;
    return { policy, version, outcome, missing, trace };
  }
}

/** Facts of the firm in view, and room for the results of requirements: of many firms, for a buffer is dear to make. */
export class Reasons {
  profile: Profile = {};
  results = new Uint8Array(ROOM);
  first = 0;
  #next = 0;

  /** Room for so many results, from `first` on. */
  take(count: number): void {
    if (this.#next + count > this.results.length) {
      this.results = new Uint8Array(Math.max(ROOM, count));
      this.#next = 0;
    }
    this.first = this.#next;
    this.#next += count;
  }
}

const ROOM = 65_536;

type Growing = { -readonly [Key in keyof Trace]: Trace[Key] };

/** Which facts of one firm are not known, by the column that asks about them: many requirements ask about few. */
export class MissingInView {
  #profile: Profile = {};
  readonly #inputs: readonly (readonly string[])[];
  readonly #missing: (readonly string[] | undefined)[];

  constructor({ plan }: FirmTable) {
    this.#inputs = plan.columns.map(({ inputs }) => inputs);
    this.#missing = this.#inputs.map(() => undefined);
  }

  begin(profile: Profile): void {
    this.#profile = profile;
    this.#missing.fill(undefined);
  }

  in(column: number): readonly string[] {
    const known = this.#missing[column];
    if (known) return known;
    const missing = (this.#inputs[column] as readonly string[]).filter(
      (fact) => stateOf(this.#profile, fact)?.state !== "known",
    );
    this.#missing[column] = missing;
    return missing;
  }
}

function stateOf(profile: Profile, fact: string): FactState | undefined {
  return Object.hasOwn(profile, fact) ? profile[fact] : undefined;
}

/** A requirement as it is told. */
type Part = Readonly<{
  kind: Condition["kind"];
  name: string;
  clause: string | undefined;
  label: Bilingual | undefined;
  parts: readonly Part[];
  /** Of a leaf. */
  fact: string;
  operator: string;
  expected: Json | undefined;
  /** Its place among the requirements of the policy. */
  at: number;
}>;

/** Results as numbers, of which "all" is the least, "any" the greatest, and "not" what is missing to two. */
const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;
const resultNames: readonly TraceResult[] = ["false", "unknown", "true"];
const [LEAF, ALL, NOT] = [0, 1, 3];
const kinds: readonly Condition["kind"][] = ["leaf", "all", "any", "not"];
/** By the place of an answer; a fact that was looked up and is nothing comes to what the requirement says. */
const ofAnswer = answerPlaces.map((answer: Answer) => (answer === "void" ? -1 : resultNames.indexOf(answer)));

/** Numbers of each requirement: kind, place of the one above it in the policy, column, question, result of nothing. */
const WORDS = 5;

/** The reasons of one policy, in its own words: a form has its literals in the order in which the policy is written. */
export class FormExplainer {
  readonly policy: Policy;
  readonly #view: AnswersInView;
  readonly #missing: MissingInView;
  readonly #root: Part;
  /** Each requirement before those within it. */
  readonly #words: Int32Array;
  readonly #count: number;
  readonly #isOpen: Uint8Array;

  constructor({ policy, form }: PlannedPolicy, view: AnswersInView, missing: MissingInView) {
    this.policy = policy;
    this.#view = view;
    this.#missing = missing;
    const words: number[] = [];
    this.#root = partOf(policy.requirements, literalsOf(form).values(), words, 0, FALSE);
    this.#words = Int32Array.from(words);
    this.#count = words.length / WORDS;
    this.#isOpen = new Uint8Array(this.#count);
  }

  /** Of the firm that is in view. */
  explain(outcome: Outcome, reasons: Reasons): ExplainedVerdict {
    reasons.take(this.#count);
    this.#judge(reasons);
    return new ExplainedVerdict(this, reasons, outcome, this.#missingOf(reasons));
  }

  trace(profile: Profile, results: Uint8Array, first: number): Trace {
    const told = ({ kind, name, clause, label, parts, fact, operator, expected, at }: Part): Trace => {
      const result = resultNames[results[first + at] as number] as TraceResult;
      const trace: Growing = { name, result, operator, children: parts.map(told) };
      if (clause !== undefined) trace.clause = clause;
      if (label !== undefined) trace.label = label;
      if (kind !== "leaf") return trace;
      trace.fact = fact;
      if (expected !== undefined) trace.expected = expected;
      const state = stateOf(profile, fact);
      if (state?.state === "known") trace.actual = state.value;
      return trace;
    };
    return told(this.#root);
  }

  /** From the last requirement to the first: what is within a group is judged before it. */
  #judge({ results, first }: Reasons): void {
    const words = this.#words;
    for (let part = 0; part < this.#count; part += 1)
      results[first + part] = words[part * WORDS] === ALL ? TRUE : FALSE;
    for (let part = this.#count - 1; part >= 0; part -= 1) {
      const word = part * WORDS;
      const kind = words[word] as number;
      let result = results[first + part] as number;
      if (kind === LEAF) {
        const answers = this.#view.answers(words[word + 2] as number);
        result = ofAnswer[answers[words[word + 3] as number] as number] as number;
        if (result < 0) result = words[word + 4] as number;
      } else if (kind === NOT) result = TRUE - result;
      results[first + part] = result;
      if (part === 0) break;
      const above = first + (words[word + 1] as number);
      const kindAbove = words[(words[word + 1] as number) * WORDS];
      const sofar = results[above] as number;
      if (kindAbove === NOT || (kindAbove === ALL ? result < sofar : result > sofar)) results[above] = result;
    }
  }

  /** Leaves that are unknown below nothing but what is unknown. */
  #missingOf({ results, first }: Reasons): readonly string[] {
    const words = this.#words;
    const isOpen = this.#isOpen;
    if (results[first] !== UNKNOWN) return NONE;
    const found: string[] = [];
    for (let part = 0; part < this.#count; part += 1) {
      const word = part * WORDS;
      const isBelowOpen = part === 0 || isOpen[words[word + 1] as number] === 1;
      isOpen[part] = isBelowOpen && results[first + part] === UNKNOWN ? 1 : 0;
      if (isOpen[part] === 0 || words[word] !== LEAF) continue;
      for (const fact of this.#missing.in(words[word + 2] as number)) insert(found, fact);
    }
    return found;
  }
}

/** Into a short list in order, once. */
function insert(found: string[], fact: string): void {
  let at = found.length;
  while (at > 0 && (found[at - 1] as string) > fact) at -= 1;
  if (at > 0 && found[at - 1] === fact) return;
  found.splice(at, 0, fact);
}

function partOf(
  condition: Condition,
  literals: Iterator<Literal>,
  words: number[],
  above: number,
  ofVoid: number,
): Part {
  const { kind, name, clause, label } = condition;
  const place = words.length / WORDS;
  const about = { kind, name, clause, label, at: place };
  if (kind !== "leaf") {
    words.push(kinds.indexOf(kind), above, -1, -1, ofVoid);
    const children = kind === "not" ? [condition.child] : condition.children;
    const within = kind === "not" ? TRUE - ofVoid : ofVoid;
    const parts = children.map((child) => partOf(child, literals, words, place, within));
    return { ...about, parts, fact: "", operator: kind, expected: undefined };
  }
  const { column, question } = literals.next().value as Literal;
  words.push(LEAF, above, column, question, ofVoid);
  const { fact, operator } = condition;
  const expected = condition.expected.kind === "literal" ? condition.expected.json : undefined;
  return { ...about, parts: NONE, fact, operator, expected };
}

const NONE: readonly never[] = [];
