import type { Leaf } from "../condition/condition.ts";
import { isDay } from "../formula/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { RulesError } from "../rules-error.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { contentOfExpected, contentOfFact, contentOfName, factsUnder } from "./content.ts";
import { type NormalForm, normalFormOf } from "./normal-form.ts";

/** One thing that is read of every firm, with all the questions that live policies ask about it. */
export type Column = Readonly<{
  key: string;
  /** The fact itself, where a value alone answers; else the evaluator answers from everything it rests on. */
  fact?: FactDefinition;
  /** Facts of the vocabulary that it rests on. None: the same for every firm on one day. */
  inputs: readonly string[];
  /** One of the policies that ask; all others read the same here. */
  policy: Policy;
  /** Each distinct question once. A literal of a form names its place. */
  questions: readonly Leaf[];
}>;

/** A requirement in normal form, over columns instead of facts. */
export type Form = Literal | Readonly<{ kind: "all" | "any"; parts: readonly Form[] }>;
export type Literal = Readonly<{ kind: "literal"; column: number; question: number; isNegated: boolean }>;

/** What a form asks, in the order in which its policy is written. */
export function literalsOf(form: Form): readonly Literal[] {
  return form.kind === "literal" ? [form] : form.parts.flatMap(literalsOf);
}

export type PlannedPolicy = Readonly<{ policy: Policy; form: Form }>;

/** Policies as questions over columns, each question asked once however many policies ask it. */
export type SweepPlan = Readonly<{
  /** Day of the decisions, `YYYY-MM-DD`: what is derived from it holds for this day only. */
  asOf: string;
  columns: readonly Column[];
  policies: readonly PlannedPolicy[];
  /** Policies that columns cannot express; `decide` answers for them alone. */
  alone: readonly Readonly<{ policy: Policy; why: string }>[];
}>;

export type PlanOptions = Readonly<{ asOf: string; mostQuestions?: number }>;

/** Questions about one column; its codes count how they can be answered together. */
const MOST_QUESTIONS = 10_000;

/**
 * Plans policies together. Validity and subject are requirements, hence in it.
 * @throws RulesError facts-invalid when `asOf` is no day
 */
export function planSweep(
  policies: readonly Policy[],
  { asOf, mostQuestions = MOST_QUESTIONS }: PlanOptions,
): SweepPlan {
  if (!isDay(asOf)) throw new RulesError("facts-invalid", "asOf", `"${asOf}" is no day; write YYYY-MM-DD.`);
  const columns = new Columns(mostQuestions);
  const planned: PlannedPolicy[] = [];
  const alone: { policy: Policy; why: string }[] = [];
  for (const policy of policies) {
    const normal = normalFormOf(policy.requirements);
    const obstacle = columns.obstacleTo(normal, policy);
    if (obstacle !== undefined) alone.push({ policy, why: obstacle });
    else planned.push({ policy, form: columns.formOf(normal, policy) });
  }
  return { asOf, columns: columns.all(), policies: planned, alone };
}

type Growing = { key: string; inputs: readonly string[]; policy: Policy; fact?: FactDefinition; questions: Leaf[] };

class Columns {
  readonly #mostQuestions: number;
  readonly #columns: Growing[] = [];
  readonly #places = new Map<string, number>();
  readonly #questions = new Map<string, number>();

  constructor(mostQuestions: number) {
    this.#mostQuestions = mostQuestions;
  }

  all(): readonly Column[] {
    return this.#columns;
  }

  formOf(form: NormalForm, policy: Policy): Form {
    if (form.kind !== "literal") {
      return { kind: form.kind, parts: form.parts.map((part) => this.formOf(part, policy)) };
    }
    const { leaf, isNegated } = form;
    const column = this.#columnOf(leaf, policy);
    return { kind: "literal", column, question: this.#questionOf(leaf, policy, column), isNegated };
  }

  /** Why a policy cannot join, without leaving anything of it behind. */
  obstacleTo(form: NormalForm, policy: Policy): string | undefined {
    if (form.kind !== "literal") {
      for (const part of form.parts) {
        const obstacle = this.obstacleTo(part, policy);
        if (obstacle !== undefined) return obstacle;
      }
      return undefined;
    }
    const place = this.#places.get(keyOf(form.leaf, policy));
    const asked = place === undefined ? 0 : (this.#columns[place]?.questions.length ?? 0);
    if (asked < this.#mostQuestions) return undefined;
    return `${form.leaf.name}: ${asked} questions are asked about ${form.leaf.fact} already`;
  }

  #columnOf(leaf: Leaf, policy: Policy): number {
    const key = keyOf(leaf, policy);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const fact = plainFactOf(leaf, policy);
    const column = { key, inputs: inputsOf(leaf, policy), policy, questions: [], ...(fact && { fact }) };
    this.#places.set(key, this.#columns.length);
    return this.#columns.push(column) - 1;
  }

  #questionOf(leaf: Leaf, policy: Policy, column: number): number {
    const key = `${column} ${leaf.operator} ${contentOfExpected(leaf.expected, policy)}`;
    const known = this.#questions.get(key);
    if (known !== undefined) return known;
    const questions = this.#columns[column]?.questions ?? [];
    this.#questions.set(key, questions.length);
    return questions.push(leaf) - 1;
  }
}

/** The fact whose value alone answers, if it is one value and compared with a value of the text. */
function plainFactOf({ fact, expected }: Leaf, { vocabulary }: Policy): FactDefinition | undefined {
  const definition = vocabulary.facts.get(fact);
  const isPlain = definition && definition.type !== "list" && definition.type !== "series";
  return isPlain && expected.kind === "literal" ? definition : undefined;
}

function keyOf(leaf: Leaf, policy: Policy): string {
  const fact = plainFactOf(leaf, policy);
  if (fact) return contentOfFact(fact);
  const name = contentOfName(leaf.fact, policy);
  if (leaf.expected.kind === "literal") return JSON.stringify(["derived", leaf.fact, name]);
  return JSON.stringify(["compared", leaf.fact, name, leaf.operator, contentOfExpected(leaf.expected, policy)]);
}

function inputsOf({ fact, expected }: Leaf, policy: Policy): readonly string[] {
  const names = [fact, ...(expected.kind === "fact" ? [expected.id] : [])];
  const formula = expected.kind === "formula" ? expected.formula.facts : [];
  return [...new Set([...names, ...formula].flatMap((name) => factsUnder(name, policy)))].sort();
}
