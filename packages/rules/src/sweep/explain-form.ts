import type { Condition } from "../condition/condition.ts";
import type { Outcome, Trace, TraceResult } from "../decision.ts";
import type { Answer } from "../formula/logic.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import type { FactState, Profile } from "../profile.ts";
import { answerPlaces } from "./coding.ts";
import type { FirmTable } from "./firm-table.ts";
import type { Form, PlannedPolicy } from "./plan.ts";
import type { AnswersInView } from "./verdict-tree.ts";

/** What a policy answers, and why, without its amount: that is computed by `decide`. */
export type ExplainedVerdict = Readonly<{
  policy: string;
  version: number;
  outcome: Outcome;
  /** Facts whose values are not known, under requirements that are open for want of them. */
  missing: readonly string[];
  /** The requirements as authored, each with its result; values that were found where they are known. */
  trace: Trace;
}>;

type Literal = Extract<Form, { kind: "literal" }>;
type Growing = { -readonly [Key in keyof Trace]: Trace[Key] };

/** States of one firm's facts by the column that asks about them: many requirements ask about few. */
export class StatesInView {
  #profile: Profile = {};
  readonly #states: (FactState | typeof NONE)[] = [];

  begin(profile: Profile): void {
    this.#profile = profile;
    this.#states.length = 0;
  }

  of(fact: string): FactState | undefined {
    return Object.hasOwn(this.#profile, fact) ? this.#profile[fact] : undefined;
  }

  /** Of a column whose requirements name this fact. */
  inColumn(column: number, fact: string): FactState | undefined {
    const known = this.#states[column] ?? this.of(fact) ?? NONE;
    this.#states[column] = known;
    return known === NONE ? undefined : (known as FactState);
  }
}

/** A requirement as it is told, all of one shape: those of a policy were each written with other fields. */
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
  column: number;
  question: number;
  /** What a fact that was looked up and is nothing comes to. */
  ofVoid: TraceResult;
}>;

/** The reasons of one policy, in its own words: a form has its literals in the order in which the policy is written. */
export class FormExplainer {
  readonly #policy: Policy;
  readonly #inputs: readonly (readonly string[])[];
  readonly #view: AnswersInView;
  readonly #root: Part;
  readonly #states: StatesInView;

  constructor({ policy, form }: PlannedPolicy, { plan }: FirmTable, view: AnswersInView, states: StatesInView) {
    this.#policy = policy;
    this.#inputs = plan.columns.map(({ inputs }) => inputs);
    this.#view = view;
    this.#states = states;
    this.#root = partOf(policy.requirements, literalsOf(form).values(), false);
  }

  /** Of the firm that is in view. */
  explain(outcome: Outcome): ExplainedVerdict {
    const { id, version } = this.#policy;
    const trace = this.#trace(this.#root);
    return { policy: id, version, outcome, missing: this.#missing(trace), trace };
  }

  #trace(part: Part): Trace {
    const { kind, name, clause, label, parts, operator } = part;
    if (kind === "leaf") return this.#leaf(part);
    const children: Trace[] = [];
    for (let at = 0; at < parts.length; at += 1) children.push(this.#trace(parts[at] as Part));
    const result = kind === "not" ? opposite[(children[0] as Trace).result] : together(kind, children);
    const trace: Growing = { name, result, operator, children };
    if (clause !== undefined) trace.clause = clause;
    if (label !== undefined) trace.label = label;
    return trace;
  }

  #leaf({ name, clause, label, fact, operator, expected, column, question, ofVoid }: Part): Trace {
    const answer = answerPlaces[this.#view.answers(column)[question] as number] as Answer;
    const trace: Growing = { name, result: answer === "void" ? ofVoid : answer, operator, children: NONE, fact };
    if (clause !== undefined) trace.clause = clause;
    if (label !== undefined) trace.label = label;
    if (expected !== undefined) trace.expected = expected;
    const state = this.#states.inColumn(column, fact);
    if (state?.state === "known") trace.actual = state.value;
    return trace;
  }

  #missing(trace: Trace): readonly string[] {
    if (trace.result !== "unknown") return NONE;
    const missing = new Set<string>();
    this.#gather(this.#root, trace, missing);
    return [...missing].sort();
  }

  /** Leaves that are unknown below nothing but what is unknown. */
  #gather({ kind, parts, column }: Part, { result, children }: Trace, missing: Set<string>): void {
    if (result !== "unknown") return;
    for (const [at, part] of parts.entries()) this.#gather(part, children[at] as Trace, missing);
    if (kind !== "leaf") return;
    for (const input of this.#inputs[column] ?? NONE) {
      if (this.#states.of(input)?.state !== "known") missing.add(input);
    }
  }
}

function partOf(condition: Condition, literals: Iterator<Literal>, isUnderNot: boolean): Part {
  const { kind, name, clause, label } = condition;
  const about = { kind, name, clause, label };
  const ofVoid = isUnderNot ? "true" : "false";
  if (kind !== "leaf") {
    const children = kind === "not" ? [condition.child] : condition.children;
    const parts = children.map((child) => partOf(child, literals, isUnderNot !== (kind === "not")));
    return { ...about, parts, fact: "", operator: kind, expected: undefined, column: -1, question: -1, ofVoid };
  }
  const { column, question } = literals.next().value as Literal;
  const { fact, operator } = condition;
  const expected = condition.expected.kind === "literal" ? condition.expected.json : undefined;
  return { ...about, parts: NONE, fact, operator, expected, column, question, ofVoid };
}

const NONE: readonly never[] = [];

function literalsOf(form: Form): readonly Literal[] {
  return form.kind === "literal" ? [form] : form.parts.flatMap(literalsOf);
}

const opposite: Readonly<Record<TraceResult, TraceResult>> = { true: "false", false: "true", unknown: "unknown" };

function together(kind: "all" | "any", children: readonly Trace[]): TraceResult {
  const decides = kind === "all" ? "false" : "true";
  let isOpen = false;
  for (const { result } of children) {
    if (result === decides) return decides;
    if (result === "unknown") isOpen = true;
  }
  return isOpen ? "unknown" : kind === "all" ? "true" : "false";
}
