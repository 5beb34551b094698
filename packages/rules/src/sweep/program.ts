import type { Layout } from "./block.ts";
import { type Choice, ClassCircuits, type Gate } from "./class-circuit.ts";
import type { Coding } from "./coding.ts";
import type { Form, SweepPlan } from "./plan.ts";

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
/** As AND; where nobody is left the policy is over for this block. */
export const AND_OR_LEAVE = 6;

/** `into` takes the outcome. Operations of fewer operands leave the later ones 0. */
export type Step = Readonly<{ operation: number; into: number; a: number; b: number; c: number }>;

/** A policy's two bounds: the registers that hold them after its steps. What is certain is also possible. */
export type PolicySteps = Readonly<{
  steps: readonly Step[];
  possible: number;
  certain: number;
}>;

/**
 * A plan as steps over registers. The planes of a block come first, then `nobody` and `everybody`, then
 * answers that policies share, then room for what a policy puts aside.
 */
export type Program = Readonly<{
  planes: number;
  nobody: number;
  everybody: number;
  registers: number;
  shared: readonly Step[];
  policies: readonly PolicySteps[];
}>;

export function compileProgram({ policies }: SweepPlan, codings: readonly Coding[], layout: Layout): Program {
  const answers = new SharedAnswers(codings, layout);
  const bounds = policies.map(({ form }) => ({
    possible: boundOf(form, answers, true),
    certain: boundOf(form, answers, false),
  }));
  const asideFrom = answers.registers;
  let registers = asideFrom;
  const written = bounds.map(({ possible, certain }): PolicySteps => {
    const steps: Step[] = [];
    const first = write(possible, { steps, aside: asideFrom, isRoot: true });
    // The possible bound stays where it is while the certain one is found.
    const second =
      textOf(possible) === textOf(certain) ? first : write(certain, { steps, aside: asideFrom + 1, isRoot: false });
    for (const { into } of steps) registers = Math.max(registers, into + 1);
    return { steps, possible: first, certain: second };
  });
  const { nobody, everybody, steps: shared } = answers;
  return { planes: layout.planes, nobody, everybody, registers, shared, policies: written };
}

/** A monotone formula over registers. */
type Bound = number | Readonly<{ operation: number; parts: readonly Bound[] }>;

/** Registers of class sets, each computed once per block. */
class SharedAnswers {
  readonly steps: Step[] = [];
  registers: number;
  readonly #codings: readonly Coding[];
  readonly #layout: Layout;
  readonly #circuits = new Map<number, ClassCircuits>();
  readonly #registerOf = new Map<string, number>();
  readonly #made = new Map<Gate, number>();

  readonly nobody: number;
  readonly everybody: number;

  constructor(codings: readonly Coding[], layout: Layout) {
    this.#codings = codings;
    this.#layout = layout;
    this.nobody = layout.planes;
    this.everybody = layout.planes + 1;
    this.registers = layout.planes + 2;
  }

  /** The register of a literal: who meets it for certain, or who may. */
  of({ column, question, isNegated }: Extract<Form, { kind: "literal" }>, doesUnknownHold: boolean): number {
    const key = `${column} ${question} ${isNegated} ${doesUnknownHold}`;
    const known = this.#registerOf.get(key);
    if (known !== undefined) return known;
    const wanted = isNegated ? "false" : "true";
    const coding = this.#codings[column] as Coding;
    const members = coding.codesAnswering(question, doesUnknownHold ? [wanted, "unknown"] : [wanted]);
    const register = this.#make(this.#circuitsOf(column).of(members));
    this.#registerOf.set(key, register);
    return register;
  }

  #circuitsOf(column: number): ClassCircuits {
    const { first, widths } = this.#layout;
    const known = this.#circuits.get(column) ?? new ClassCircuits(first[column] as number, widths[column] as number);
    this.#circuits.set(column, known);
    return known;
  }

  #make(gate: Gate): number {
    if (gate.kind === "false") return this.nobody;
    if (gate.kind === "true") return this.everybody;
    if (gate.kind === "plane") return gate.plane;
    const known = this.#made.get(gate);
    if (known !== undefined) return known;
    const step = stepOf(gate, (inner) => this.#make(inner));
    const into = this.registers;
    this.registers += 1;
    this.steps.push({ ...step, into });
    this.#made.set(gate, into);
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

function groupOf(operation: number, parts: readonly Bound[], { nobody, everybody }: Ends): Bound {
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

type Place = Readonly<{ steps: Step[]; aside: number; isRoot: boolean }>;

/** @returns the register that holds the bound after the steps */
function write(bound: Bound, { steps, aside, isRoot }: Place): number {
  if (typeof bound === "number") return bound;
  const operation = isRoot && bound.operation === AND ? AND_OR_LEAVE : bound.operation;
  let sofar: number | undefined;
  for (const part of bound.parts) {
    const register = write(part, { steps, aside: sofar === aside ? aside + 1 : aside, isRoot: false });
    if (sofar !== undefined) {
      steps.push({ operation, into: aside, a: sofar, b: register, c: 0 });
      sofar = aside;
    } else sofar = register;
  }
  return sofar as number;
}
