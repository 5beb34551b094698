import type { Layout } from "./block.ts";
import { type Choice, ClassCircuits, type Gate } from "./class-circuit.ts";
import type { Coding } from "./coding.ts";
import type { Form, Literal, SweepPlan } from "./plan.ts";

/** What is done to whole registers: one bit per firm of a block. */
export const AND = 0;
export const OR = 1;
/** `a` where not `b`. */
export const AND_NOT = 2;
/** `a`, and wherever not `b`. */
export const OR_NOT = 3;
export const NOT = 4;
/** `a` where `c`, elsewhere `b`. */
export const CHOOSE = 5;

/** `into` takes the outcome. Operations of fewer operands leave the later ones 0. */
export type Step = Readonly<{ operation: number; into: number; a: number; b: number; c: number }>;

/** A monotone formula over registers: a register, or a group whose parts are none of its own kind's ends. */
export type Bound = number | Readonly<{ operation: typeof AND | typeof OR; parts: readonly Bound[] }>;

/** A policy's two bounds. What is certain is also possible. */
export type PolicyBounds = Readonly<{ possible: Bound; certain: Bound }>;

/** Planes from one up to, but not with, another. */
export type PlaneRange = Readonly<{ from: number; to: number }>;

/**
 * A plan as operations on registers. The planes of a block come first, then `nobody` and `everybody`, then
 * answers that policies share, each computed once per block by the shared steps.
 */
export type Program = Readonly<{
  /** Planes that it looks at. */
  reads: readonly PlaneRange[];
  nobody: number;
  everybody: number;
  registers: number;
  shared: readonly Step[];
  policies: readonly PolicyBounds[];
  /** 1 for each policy that a firm of which nothing is known may, and does, fit: those behind the last one of a block. */
  ofNobody: Readonly<{ possible: Uint8Array; certain: Uint8Array }>;
}>;

/** What a program has to know of a column's codes. */
export type AnswersOfCodes = Pick<Coding, "codesAnswering">;

export function compileProgram(
  { policies }: Pick<SweepPlan, "policies">,
  codings: readonly AnswersOfCodes[],
  layout: Layout,
): Program {
  const answers = new SharedAnswers(codings, layout);
  const bounds = policies.map(({ form }) => ({
    possible: boundOf(form, answers, true),
    certain: boundOf(form, answers, false),
  }));
  const { nobody, everybody, registers, steps: shared } = answers;
  const reads = rangesOf(planesRead(shared, bounds, layout.planes));
  const ofNobody = {
    possible: Uint8Array.from(policies, ({ form }) => Number(holdsUnknown(form, codings, true))),
    certain: Uint8Array.from(policies, ({ form }) => Number(holdsUnknown(form, codings, false))),
  };
  return { reads, nobody, everybody, registers, shared, policies: bounds, ofNobody };
}

/** A form for code 0 of every column. */
function holdsUnknown(form: Form, codings: readonly AnswersOfCodes[], doesUnknownHold: boolean): boolean {
  const inner = (part: Form) => holdsUnknown(part, codings, doesUnknownHold);
  if (form.kind !== "literal") return form.kind === "all" ? form.parts.every(inner) : form.parts.some(inner);
  const wanted = form.isNegated ? "false" : "true";
  const answers = codings[form.column]?.codesAnswering(form.question, doesUnknownHold ? [wanted, "unknown"] : [wanted]);
  return answers?.[0] === 1;
}

function planesRead(shared: readonly Step[], policies: readonly PolicyBounds[], planes: number): ReadonlySet<number> {
  const read = [
    ...shared.flatMap(({ a, b, c }) => [a, b, c]),
    ...policies.flatMap(({ possible, certain }) => [...registersOf(possible), ...registersOf(certain)]),
  ];
  return new Set(read.filter((register) => register < planes));
}

/** Neighbouring planes together. */
function rangesOf(planes: ReadonlySet<number>): readonly PlaneRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const plane of [...planes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === plane) last.to += 1;
    else ranges.push({ from: plane, to: plane + 1 });
  }
  return ranges;
}

/** Registers that a bound reads. */
export function registersOf(bound: Bound): readonly number[] {
  return typeof bound === "number" ? [bound] : bound.parts.flatMap(registersOf);
}

export const isSameBound = (a: Bound, b: Bound) => textOf(a) === textOf(b);

/** Registers of class sets, each computed once per block. */
class SharedAnswers {
  registers: number;
  /** Steps of one column are together, so that its planes are at hand. */
  readonly #steps: Step[][];
  readonly #codings: readonly AnswersOfCodes[];
  readonly #layout: Layout;
  readonly #circuits = new Map<number, ClassCircuits>();
  readonly #registerOf = new Map<string, number>();
  readonly #made = new Map<Gate, number>();

  readonly nobody: number;
  readonly everybody: number;

  constructor(codings: readonly AnswersOfCodes[], layout: Layout) {
    this.#codings = codings;
    this.#layout = layout;
    this.nobody = layout.planes;
    this.everybody = layout.planes + 1;
    this.registers = layout.planes + 2;
    this.#steps = codings.map(() => []);
  }

  /** In an order in which each finds what it needs. */
  get steps(): readonly Step[] {
    return this.#steps.flat();
  }

  /** The register of a literal: who meets it for certain, or who may. */
  of({ column, question, isNegated }: Literal, doesUnknownHold: boolean): number {
    const certain = this.#answering(column, question, isNegated ? "false" : "true");
    if (!doesUnknownHold) return certain;
    return this.#either(certain, this.#answering(column, question, "unknown"), column);
  }

  #answering(column: number, question: number, answer: "true" | "false" | "unknown"): number {
    const key = `${column} ${question} ${answer}`;
    const known = this.#registerOf.get(key);
    if (known !== undefined) return known;
    const members = (this.#codings[column] as AnswersOfCodes).codesAnswering(question, [answer]);
    const register = this.#make(this.#circuitsOf(column).of(members), column);
    this.#registerOf.set(key, register);
    return register;
  }

  /** Who is unknown is mostly the same for all questions about a column, so this is one step more. */
  #either(a: number, b: number, column: number): number {
    if (a === b || b === this.nobody || a === this.everybody) return a;
    if (a === this.nobody || b === this.everybody) return b;
    const key = `${a} or ${b}`;
    const known = this.#registerOf.get(key);
    if (known !== undefined) return known;
    const into = this.#add({ operation: OR, a, b, c: 0 }, column);
    this.#registerOf.set(key, into);
    return into;
  }

  #circuitsOf(column: number): ClassCircuits {
    const { first, widths } = this.#layout;
    const known = this.#circuits.get(column) ?? new ClassCircuits(first[column] as number, widths[column] as number);
    this.#circuits.set(column, known);
    return known;
  }

  #make(gate: Gate, column: number): number {
    if (gate.kind === "false") return this.nobody;
    if (gate.kind === "true") return this.everybody;
    if (gate.kind === "plane") return gate.plane;
    const known = this.#made.get(gate);
    if (known !== undefined) return known;
    const into = this.#add(
      stepOf(gate, (inner) => this.#make(inner, column)),
      column,
    );
    this.#made.set(gate, into);
    return into;
  }

  #add(step: Omit<Step, "into">, column: number): number {
    const into = this.registers;
    this.registers += 1;
    this.#steps[column]?.push({ ...step, into });
    return into;
  }
}

function stepOf({ plane, yes, no }: Choice, make: (gate: Gate) => number): Omit<Step, "into"> {
  if (yes.kind === "true") return { operation: OR, a: plane, b: make(no), c: 0 };
  if (no.kind === "false") return { operation: AND, a: plane, b: make(yes), c: 0 };
  if (yes.kind === "false" && no.kind === "true") return { operation: NOT, a: plane, b: 0, c: 0 };
  if (yes.kind === "false") return { operation: AND_NOT, a: make(no), b: plane, c: 0 };
  if (no.kind === "true") return { operation: OR_NOT, a: make(yes), b: plane, c: 0 };
  return { operation: CHOOSE, a: make(yes), b: make(no), c: plane };
}

/** A form as a formula over registers, without parts that hold for everybody or nobody. */
function boundOf(form: Form, answers: SharedAnswers, doesUnknownHold: boolean): Bound {
  if (form.kind === "literal") return answers.of(form, doesUnknownHold);
  return groupOf(
    form.kind === "all" ? AND : OR,
    form.parts.map((part) => boundOf(part, answers, doesUnknownHold)),
    answers,
  );
}

function groupOf(operation: typeof AND | typeof OR, parts: readonly Bound[], { nobody, everybody }: Ends): Bound {
  const decides = operation === AND ? nobody : everybody;
  const idle = operation === AND ? everybody : nobody;
  if (parts.includes(decides)) return decides;
  const distinct = [...new Map(parts.filter((part) => part !== idle).map((part) => [textOf(part), part])).values()];
  const [only] = distinct;
  if (only === undefined) return idle;
  if (distinct.length === 1) return only;
  // Single answers first: they cost nothing, and may leave nobody for the groups.
  return {
    operation,
    parts: distinct.toSorted((a, b) => Number(typeof a !== "number") - Number(typeof b !== "number")),
  };
}

type Ends = Readonly<{ nobody: number; everybody: number }>;

function textOf(bound: Bound): string {
  return typeof bound === "number" ? String(bound) : `(${bound.operation} ${bound.parts.map(textOf).join(" ")})`;
}
